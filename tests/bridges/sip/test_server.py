import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges.errors import BridgeAuthFailed, BridgeUnavailable, LegGone, NotSupported
from bridges.events import AnyBridgeEvent, LegLeft
from bridges.sip import protocol as p
from bridges.sip.link import Link
from bridges.sip.server import ControlServer, Leader


async def carry_out(command: p.AnyCommand, _leader: Leader) -> str:
    if isinstance(command, p.Leave):
        raise LegGone(command.leg)
    return "well"


def ignored(_event: AnyBridgeEvent) -> None: ...


class House:
    def __init__(self, folder: Path) -> None:
        self.address = f"unix:{folder / 'control'}"
        self.leaders: list[Leader | None] = []
        self.server = ControlServer("secret", carry_out, self.leaders.append)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path)
    await house.server.start(house.address)
    yield house
    await house.server.stop()


async def test_who_knows_the_secret_leads_asks_and_is_told(house: House) -> None:
    told: asyncio.Queue[AnyBridgeEvent] = asyncio.Queue()
    link = await Link.open(house.address, "secret", told.put_nowait)
    assert await link.ask(p.AskStatus()) == "well"
    with pytest.raises(LegGone):
        await link.ask(p.Leave(leg="a"))
    house.server.tell(LegLeft(leg="a"))
    assert await told.get() == LegLeft(leg="a")
    link.close()


async def test_who_does_not_know_it_is_refused(house: House) -> None:
    with pytest.raises(BridgeAuthFailed):
        await Link.open(house.address, "guess", ignored)
    assert house.leaders == []


async def test_the_newest_leads_and_who_watches_does_not(house: House) -> None:
    first = await Link.open(house.address, "secret", ignored)
    second = await Link.open(house.address, "secret", ignored)
    assert await first.lost
    watching = await Link.open(house.address, "secret", ignored, watches=True)
    with pytest.raises(NotSupported):
        await watching.ask(p.Leave(leg="a"))
    assert await second.ask(p.AskStatus()) == "well"
    watching.close()
    second.close()


@pytest.mark.parametrize("hostile", [b"\x00" * 100 + b"\n", b"{}\n", b"x" * (p.LONGEST_LINE + 10)])
async def test_who_talks_nonsense_is_cut_off(house: House, hostile: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(house.address.removeprefix("unix:"))
    writer.write(hostile)
    await reader.readline()
    with pytest.raises((asyncio.IncompleteReadError, OSError)):
        await reader.readexactly(1_000_000)
    writer.close()
    assert house.leaders == []


async def test_nobody_is_there(tmp_path: Path) -> None:
    with pytest.raises(BridgeUnavailable):
        await Link.open(f"unix:{tmp_path / 'nobody'}", "secret", ignored)
