"""What is done to one call on its bridge."""

import logging
from pathlib import Path

import pytest
from msgspec import structs

from bridges.handset import Handset
from bridges.journey import Line
from bridges.prompts import Prompts
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.simulator.phones import Phone
from bridges.types import EndCause

HELLO = [Line("welcome", "en")]


@pytest.fixture
async def bridge() -> Adapter:
    return Adapter("sim", Config())


@pytest.fixture
async def phone(bridge: Adapter) -> Phone:
    return bridge.phones.calls_us("+4930111", "+4930222")


@pytest.fixture
async def handset(bridge: Adapter, phone: Phone, tmp_path: Path) -> Handset:
    return Handset(bridge, phone.leg, Prompts(tmp_path, tmp_path))


async def test_what_is_done_is_done_to_the_phone(handset: Handset, phone: Phone) -> None:
    assert await handset.say(HELLO)
    await handset.play_music()
    assert phone.playing == handset.playing != ""
    await handset.join("123456789", muted=True)
    assert phone.info.room == "123456789"
    assert handset.playing == ""
    assert await handset.mute(False)
    await handset.leave()
    assert phone.info.room == ""


async def test_what_a_bridge_cannot_is_not_asked_of_it(
    bridge: Adapter, handset: Handset, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    assert await handset.set_volume(6)
    assert phone.volume == 6
    bridge.capabilities = structs.replace(bridge.capabilities, volume=False)
    assert not await handset.set_volume(12)
    assert (phone.volume, caplog.text) == (6, "")


async def test_a_bridge_that_is_away_is_lived_with(
    bridge: Adapter, handset: Handset, caplog: pytest.LogCaptureFixture
) -> None:
    bridge.goes_down()
    assert not await handset.say(HELLO)
    assert not await handset.mute(True)
    await handset.hang_up(EndCause.NORMAL)
    assert "could not play" in caplog.text


async def test_a_call_that_is_gone_is_no_news(
    bridge: Adapter, handset: Handset, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bridge.phones.hangs_up(phone.leg)
    assert not await handset.say(HELLO)
    assert not caplog.text
