"""A real process, with a caller who exists only in memory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bridges.errors import BridgeUnavailable
from bridges.events import AnyBridgeEvent, LegArrived
from bridges.sip import protocol as p
from bridges.sip.link import Link
from bridges.sip.service import Service
from bridges.sip.settings import Config, Settings
from bridges.types import EndCause
from tests.bridges.patience import until, within_patience


class House:
    """`settings` is what an admin has said last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.settings = Settings(control="", secret="s", config=Config(), synthetic_callers=1)
        self.is_readable = True
        self.waits = asyncio.Event()
        self.told: asyncio.Queue[AnyBridgeEvent] = asyncio.Queue()
        self.service = Service(self._read, self._waits, look_s=0.05)
        self._loop = asyncio.get_running_loop()

    def say(self, name: str) -> None:
        """That the process is reached there."""
        self.settings = msgspec.structs.replace(self.settings, control=f"unix:{self._folder / name}")

    def _read(self) -> Settings:
        if not self.is_readable:
            raise OSError("The database is away.")
        return self.settings

    def _waits(self) -> None:
        self._loop.call_soon_threadsafe(self.waits.set)

    async def link(self, name: str) -> Link:
        async with within_patience(f"{name} is there"):
            while True:
                try:
                    return await Link.open(f"unix:{self._folder / name}", "s", self.told.put_nowait)
                except BridgeUnavailable:
                    await asyncio.sleep(0.02)

    async def call(self) -> str:
        async with within_patience("somebody calls"):
            while not isinstance(event := await self.told.get(), LegArrived):
                pass
        return event.leg


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path)
    house.say("old")
    running = asyncio.create_task(asyncio.to_thread(house.service.run))
    yield house
    house.service.end()
    assert await running == 0


async def test_new_settings_count_when_no_call_is_up(house: House, caplog: pytest.LogCaptureFixture) -> None:
    link = await house.link("old")
    leg = await house.call()
    house.say("new")
    async with within_patience("it waits for the call"):
        await house.waits.wait()
    assert msgspec.json.decode(await link.ask(p.AskStatus()), type=p.Status).outdated
    await link.ask(p.HangUp(leg=leg, cause=EndCause.NORMAL))
    async with within_patience("the process has ended"):
        await link.lost
    await house.link("new")
    assert "started anew with its new settings" in caplog.text


async def test_what_cannot_be_read_changes_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    link = await house.link("old")
    house.is_readable = False
    await until(lambda: "The database is away." in caplog.text, "it is said")
    assert not link.lost.done()
