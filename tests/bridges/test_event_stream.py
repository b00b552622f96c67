"""Events come in their order, and whoever makes too many waits."""

import asyncio

from bridges.event_stream import EventStream
from bridges.events import LegDigit, LegTalking

DIGIT = LegDigit(leg="a", digit="1")


async def test_events_come_in_their_order() -> None:
    stream = EventStream()
    events = [LegDigit(leg="a", digit=digit) for digit in "123"]
    for event in events:
        stream.tell(event)
    reader = aiter(stream)
    assert [await anext(reader) for _ in events] == events


async def test_who_makes_events_waits_for_who_reads_them() -> None:
    stream = EventStream()
    await stream.space()
    for _ in range(EventStream.FULL):
        stream.tell(DIGIT)
    waiting = asyncio.create_task(stream.space())
    reader = aiter(stream)
    for _ in range(EventStream.FULL // 2):
        assert not waiting.done()
        await anext(reader)
    await anext(reader)
    await waiting


async def test_a_busy_reader_is_spared_levels_of_talking() -> None:
    stream = EventStream()
    for _ in range(EventStream.BUSY + 1):
        stream.tell(DIGIT)
    stream.tell(LegTalking(leg="a", level=5))
    stream.tell(LegTalking(leg="a", level=0))
    reader = aiter(stream)
    told = [await anext(reader) for _ in range(EventStream.BUSY + 2)]
    assert told[-1] == LegTalking(leg="a", level=0)
