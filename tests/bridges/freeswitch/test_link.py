"""The connection comes about again by itself, and what it tells stays in its order."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest

from bridges.errors import BridgeTimeout, BridgeUnavailable, ProtocolError
from bridges.events import AnyBridgeEvent, BridgeDown, BridgeUp, LegDigit, RoomClosed
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket, Fields
from bridges.freeswitch.link import Link
from tests.bridges.freeswitch.house import QUICK, SECRET, SimulatedFreeSwitch, simulated
from tests.bridges.patience import within_patience

LEG = "34fca2a2-ff59-4b2a-b008-69d7651d0deb"


class Watch:
    """A link whose looks and observations a test says."""

    def __init__(self, rig: SimulatedFreeSwitch) -> None:
        self.rig = rig
        self.up: list[AnyBridgeEvent] = [BridgeUp()]
        self.looked = asyncio.Event()
        self.may_look = asyncio.Event()
        self.may_look.set()
        config = Config(host="127.0.0.1", password=SECRET, port=rig.wire.port)
        self.link = Link("fs", config, QUICK, look=self._look, observe=self._observe)
        self.events = self.link.events()

    async def _look(self, socket: EventSocket) -> list[AnyBridgeEvent]:
        self.looked.set()
        await self.may_look.wait()
        if not self.up:
            raise ProtocolError("What is there cannot be read")
        return self.up

    def _observe(self, fields: Fields) -> Iterable[AnyBridgeEvent]:
        return [LegDigit(leg=LEG, digit=str(int(fields["DTMF-Digit"])))]

    def press(self, digit: str) -> None:
        self.rig.switch.tell({"Event-Name": "DTMF", "DTMF-Digit": digit})

    async def next(self) -> AnyBridgeEvent:
        async with within_patience("something is told"):
            return await anext(self.events)


@asynccontextmanager
async def watching() -> AsyncIterator[Watch]:
    async with simulated() as rig:
        watch = Watch(rig)
        staying = asyncio.create_task(watch.link.stay())
        yield watch
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)


async def test_what_happens_while_we_look_is_told_after_what_we_saw() -> None:
    async with watching() as watch:
        watch.may_look.clear()
        await watch.looked.wait()
        watch.press("1")
        watch.may_look.set()
        assert [await watch.next(), await watch.next()] == [BridgeUp(), LegDigit(leg=LEG, digit="1")]


async def test_a_break_is_told_once_and_then_that_it_is_back() -> None:
    async with watching() as watch:
        assert await watch.next() == BridgeUp()
        await watch.rig.cut()
        assert isinstance(await watch.next(), BridgeDown)
        with pytest.raises(BridgeUnavailable):
            _ = watch.link.socket
        await watch.rig.mend()
        assert await watch.next() == BridgeUp()


async def test_what_cannot_be_read_is_tried_again() -> None:
    async with watching() as watch:
        up, watch.up = watch.up, []
        assert await watch.next() == BridgeDown(reason="What is there cannot be read")
        watch.up = up
        assert await watch.next() == BridgeUp()


async def test_an_odd_event_is_passed_over() -> None:
    async with watching() as watch:
        await watch.next()
        watch.press("?")
        watch.press("2")
        assert await watch.next() == LegDigit(leg=LEG, digit="2")


async def test_what_was_waited_for_comes_or_not_or_the_connection_breaks() -> None:
    async with watching() as watch:
        await watch.next()
        seen: list[str] = []
        waiting = asyncio.create_task(watch.link.until(lambda: bool(seen), "it came"))
        await asyncio.sleep(0)
        seen.append("it")
        watch.link.tell([RoomClosed(room="123456789")])
        await waiting
        waiting = asyncio.create_task(watch.link.until(lambda: False, "it came"))
        await asyncio.sleep(0)
        await watch.rig.cut()
        with pytest.raises(BridgeUnavailable):
            await waiting


async def test_waiting_has_an_end() -> None:
    async with watching() as watch:
        await watch.next()
        watch.link.timing = QUICK._replace(answers_within=0.01)
        with pytest.raises(BridgeTimeout, match="it came"):
            await watch.link.until(lambda: False, "it came")
