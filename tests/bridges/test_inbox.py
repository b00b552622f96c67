"""The one queue of a call."""

import pytest

from bridges.events import LegDigit, LegEnded
from bridges.inbox import HungUp, Inbox
from bridges.journey import Waited
from bridges.types import EndCause

OVER = LegEnded(leg="a", cause=EndCause.NORMAL)


async def test_what_came_before_the_end_is_read_before_it_and_the_end_for_ever() -> None:
    inbox = Inbox()
    digit = LegDigit(leg="a", digit="1")
    inbox.put(digit)
    inbox.put(OVER)
    assert await inbox.next() == digit
    for _ in range(2):
        with pytest.raises(HungUp) as over:
            await inbox.next()
        assert over.value.event == OVER


async def test_a_pause_ends_with_the_call() -> None:
    inbox = Inbox()
    await inbox.pause(0)
    inbox.put(OVER)
    with pytest.raises(HungUp):
        await inbox.pause(1000)


async def test_the_last_alarm_counts() -> None:
    inbox = Inbox()
    inbox.wait(1000)
    inbox.wait(0.001)
    assert await inbox.next() == Waited()
    inbox.wait(0.001)
    inbox.wait(0)
    inbox.put(LegDigit(leg="a", digit="1"))
    assert isinstance(await inbox.next(), LegDigit)
