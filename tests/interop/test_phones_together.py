"""A real phone at the embedded bridge, and callers of another bridge, in one conference."""

import os
import signal
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from bridges.base import SAMPLE_RATE
from bridges.models import Bridge
from bridges.sip import adapter, link
from bridges.sip.adapter import Adapter
from conferences.core.words import Role
from conferences.journal import crossing
from conferences.models import Room
from tests.bridges.janus.rig import JanusRig
from tests.bridges.patience import until
from tests.bridges.town import PIN, Town, town_furnish
from tests.interop.janus import Janus
from tests.interop.phones import AUDIBLE, INAUDIBLE, LOCALHOST, OurPhone, OurPhones, amplitude, sip_port

pytestmark = pytest.mark.interop

NORTH, SOUTH, WEST = 500.0, 800.0, 1200.0


class Place:
    """The town, the address of its embedded bridge, and phones that can call it."""

    def __init__(self, town: Town, port: int, phones: OurPhones) -> None:
        self.town = town
        self.uri = f"sip:49301234567@{LOCALHOST}:{port}"
        self.phones = phones

    async def calls(self, keys: str, *, hz: float = NORTH) -> OurPhone:
        phone = await self.phones.answered(self.uri, hz)
        await phone.call.send_dtmf(keys)
        return phone

    async def host(self) -> OurPhone:
        phone = await self.calls(f"{self.town.room.code}#*{PIN}#")
        await self.town.becomes(
            lambda state: [person.role for person in state.participants.values()] == [Role.HOST], "a host"
        )
        return phone

    @property
    def embedded(self) -> Adapter:
        bridge = self.town.telephones.keeper.bridge("sip")
        assert isinstance(bridge, Adapter)
        return bridge

    def south_hears(self, hz: float) -> float:
        """How loud, where the callers of the other bridge are."""
        media = self.town.bridge.media.get(self.town.room.code)
        heard = media.heard if media else deque[bytes]()
        frames = b"".join(list(heard)[-25:])
        return amplitude(np.frombuffer(frames, np.int16), SAMPLE_RATE, hz)


@pytest.fixture
async def place(aroom: Room, tmp_path: Path) -> AsyncIterator[Place]:
    port = sip_port()

    def furnish() -> None:
        town_furnish(aroom, "sim")
        row = Bridge(key="sip", type="sip", label="Embedded")
        row.config = {"listen_address": LOCALHOST, "port": port}
        row.save()

    await crossing(furnish)()
    town = Town(aroom, tmp_path)
    async with OurPhones.open() as phones:
        await town.opens("sim", "sip")
        try:
            yield Place(town, port, phones)
        finally:
            await town.closes()


async def test_phones_of_two_bridges_hear_each_other_and_nobody_himself(place: Place) -> None:
    town = place.town
    phone = await place.host()
    south = await town.guest()
    town.bridge.phones.talks(south.leg, SOUTH)
    await phone.until_hears(SOUTH, but_not=[NORTH])
    usual = phone.hears(SOUTH)
    await phone.call.send_dtmf("*4")
    await until(lambda: phone.hears(SOUTH) > 1.8 * usual, "louder")
    await until(lambda: place.south_hears(NORTH) > AUDIBLE, "the phone is heard at the other bridge")
    assert place.south_hears(SOUTH) < INAUDIBLE
    await phone.call.send_dtmf("*6")
    await until(lambda: place.south_hears(NORTH) < INAUDIBLE, "who is muted is not heard")
    await phone.call.hangup()
    await town.becomes(lambda state: list(state.calls) == [south.leg], "the phone has left")
    await until(lambda: len(town.telephones.media) == 1, "its bridge is left")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(signal.SIGKILL, id="killed"),
        pytest.param(signal.SIGSTOP, id="hangs", marks=pytest.mark.campaign),
    ],
)
async def test_a_bridge_that_is_gone_comes_back_and_its_callers_are_told_gone(
    place: Place, fault: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "ANSWERED_WITHIN_S", 0.5)
    monkeypatch.setattr(adapter, "LOOK_S", 0.2)
    town = place.town
    await place.host()
    south = await town.guest()
    await until(lambda: len(town.telephones.media) == 2, "two media legs")
    before = place.embedded.process_id
    os.kill(before, fault)
    await town.becomes(lambda state: list(state.calls) == [south.leg], "its callers are gone")
    assert place.embedded.process_id not in (0, before)
    town.bridge.phones.talks(south.leg, SOUTH)
    phone = await place.calls(f"{town.room.code}##")
    await town.becomes(lambda state: len(state.calls) == 2, "it takes calls")
    await phone.until_hears(SOUTH)


async def test_callers_of_three_bridges_hear_each_other(place: Place) -> None:
    town = place.town
    with Janus() as janus:
        async with JanusRig.of(janus.port) as rig:
            config = msgspec.to_builtins(rig.config(rooms=(town.room.code,)))

            def add() -> None:
                row = Bridge(key="janus", type="janus", label="Janus")
                row.config = config
                row.save()

            await crossing(add)()
            await town.telephones.keeper.look()
            await until(lambda: town.telephones.keeper.is_up("janus"), "Janus is up")
            phone = await place.host()
            south = await town.guest()
            town.bridge.phones.talks(south.leg, SOUTH)
            west = await rig.gateway.call(town.room.code, "+4930777")
            west.talk(WEST)
            await town.becomes(lambda state: len(state.calls) == 3, "three calls")
            await west.ear.hears(NORTH, SOUTH)
            await west.ear.hears_no(WEST)
            await phone.until_hears(SOUTH, WEST, but_not=[NORTH])
            await until(
                lambda: min(place.south_hears(NORTH), place.south_hears(WEST)) > AUDIBLE,
                "both are heard at the simulated bridge",
            )
            assert place.south_hears(SOUTH) < INAUDIBLE
            who = next(person.id for person in town.state.participants.values() if "777" in person.name)
            await west.hang_up()
            await town.becomes(lambda state: who not in state.participants, "the caller of Janus has left")
