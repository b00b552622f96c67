"""Chores are done beside, end when told so, and fail without harm."""

import asyncio

import pytest

from bridges.chores import Chores
from bridges.errors import BridgeTimeout
from tests.bridges.patience import until


async def test_what_goes_wrong_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise BridgeTimeout("It did not answer")

    chores = Chores("Asterisk pbx")
    chores.begin(fails())
    await until(lambda: "Asterisk pbx: It did not answer" in caplog.text, "it is logged")


async def test_what_nobody_expected_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    async def breaks() -> None:
        raise KeyError("leg")

    Chores("Asterisk pbx").begin(breaks())
    await until(lambda: "Asterisk pbx failed." in caplog.text, "it is logged")
    assert "KeyError: 'leg'" in caplog.text


async def test_none_goes_on_when_all_are_ended() -> None:
    chores = Chores("Janus")

    async def waits_in_vain() -> None:
        await asyncio.Event().wait()

    waits = chores.begin(waits_in_vain())
    await chores.end()
    assert waits.cancelled()
