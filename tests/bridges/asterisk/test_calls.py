"""What is known of calls, and that each change is told once."""

import pytest
from msgspec import structs

from bridges.asterisk.calls import TALKS, Calls
from bridges.asterisk.counting import Counted
from bridges.events import (
    LegAnswered,
    LegArrived,
    LegEnded,
    LegJoined,
    LegLeft,
    LegMeasured,
    LegMuted,
    LegRinging,
    LegTalking,
)
from bridges.types import Direction, EndCause, Leg, LegState

ROOM = "123456789"
ARRIVED = Leg(leg="a", vendor="PJSIP/1", state=LegState.ARRIVED, direction=Direction.IN, caller="+4930")
INSIDE = structs.replace(ARRIVED, state=LegState.JOINED, room=ROOM)
DIALING = Leg(leg="o", vendor="", state=LegState.DIALING, direction=Direction.OUT)


@pytest.fixture
def calls() -> Calls:
    calls = Calls()
    calls.arrives(ARRIVED)
    return calls


def test_a_call_arrives_once(calls: Calls) -> None:
    assert Calls().arrives(ARRIVED) == [LegArrived(leg="a", info=ARRIVED)]
    assert calls.arrives(ARRIVED) == []


def test_a_call_joins_once_and_keeps_what_is_known_of_it(calls: Calls) -> None:
    (joined,) = calls.joins(structs.replace(INSIDE, caller="", vendor="PJSIP/2"))
    assert isinstance(joined, LegJoined)
    assert (joined.info.caller, joined.info.vendor, joined.info.room) == ("+4930", "PJSIP/2", ROOM)
    assert calls.joins(INSIDE) == []
    assert calls.inside(ROOM) == [calls["a"]]


def test_joining_again_may_tell_a_mute_that_was_missed(calls: Calls) -> None:
    calls.joins(INSIDE)
    assert calls.joins(structs.replace(INSIDE, muted=True)) == [LegMuted(leg="a", muted=True)]


def test_who_came_without_us_joins_too() -> None:
    assert Calls().joins(INSIDE) == [LegJoined(leg="a", info=INSIDE)]


def test_who_leaves_is_silent_first_and_leaves_once(calls: Calls) -> None:
    calls.joins(INSIDE)
    calls.talks("a", TALKS)
    assert calls.leaves("a") == [LegTalking(leg="a", level=0), LegLeft(leg="a")]
    assert calls.leaves("a") == []


def test_a_call_that_we_place_rings_once_and_is_answered_once(calls: Calls) -> None:
    calls.put(DIALING)
    assert calls.rings("o") == [LegRinging(leg="o")]
    assert calls.rings("o") == []
    assert calls.answers("o") == [LegAnswered(leg="o")]
    assert calls.answers("o") == []


def test_a_call_ends_with_a_cause_of_the_telephone_network(calls: Calls) -> None:
    calls.put(DIALING)
    assert calls.is_over("a", q850=0) == [LegEnded(leg="a", cause=EndCause.NORMAL)]
    assert calls.is_over("o", q850=0, sip_code=480) == [
        LegEnded(leg="o", cause=EndCause.NO_ANSWER, sip_code=480)
    ]


def test_how_a_call_sounds_is_that_of_late_and_at_its_end_of_all_of_it(calls: Calls) -> None:
    calls.measures("a", Counted(100, 0, 1.0), "ulaw")
    (lately,) = calls.measures("a", Counted(150, 50, 1.0), "ulaw")
    assert isinstance(lately, LegMeasured)
    assert lately.quality.loss_percent == 50.0
    (ended,) = calls.is_over("a", q850=16)
    assert isinstance(ended, LegEnded)
    assert (ended.quality.loss_percent, ended.quality.codec) == (25.0, "ulaw")
    assert calls.measures("a", Counted(1), "ulaw") == []


def test_nothing_is_told_of_strangers() -> None:
    calls = Calls()
    assert not [*calls.answers("x"), *calls.leaves("x"), *calls.is_over("x", q850=16)]
