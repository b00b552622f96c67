"""What is known of calls, and that each change is told once."""

import pytest
from msgspec import structs

from bridges.asterisk.calls import Calls
from bridges.errors import LegGone
from bridges.events import (
    LegAnswered,
    LegArrived,
    LegEnded,
    LegHeld,
    LegJoined,
    LegLeft,
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
    calls.talks("a", talking=True)
    assert calls.leaves("a") == [LegTalking(leg="a", level=0), LegLeft(leg="a")]
    assert calls.leaves("a") == []


def test_who_is_muted_does_not_talk(calls: Calls) -> None:
    calls.joins(INSIDE)
    assert calls.talks("a", talking=True) == [LegTalking(leg="a", level=5)]
    assert calls.talks("a", talking=True) == []
    assert calls.mutes("a", muted=True) == [LegMuted(leg="a", muted=True), LegTalking(leg="a", level=0)]
    assert calls.talks("a", talking=True) == []
    assert calls.mutes("a", muted=False) == [LegMuted(leg="a", muted=False)]


def test_hold_is_told_once(calls: Calls) -> None:
    assert calls.holds("a", held=True) == [LegHeld(leg="a", held=True)]
    assert calls.holds("a", held=True) == []


def test_only_keys_are_digits(calls: Calls) -> None:
    assert [len(calls.presses("a", key)) for key in ("0", "*", "#", "X", "10", "")] == [1, 1, 1, 0, 0, 0]


def test_a_call_that_we_place_rings_once_and_is_answered_once(calls: Calls) -> None:
    calls.put(DIALING)
    assert calls.rings("o") == [LegRinging(leg="o")]
    assert calls.rings("o") == []
    assert calls.answers("o") == [LegAnswered(leg="o")]
    assert calls.answers("o") == []


def test_who_says_first_why_it_ends_is_right(calls: Calls) -> None:
    calls.will_end("a", EndCause.KICKED)
    calls.will_end("a", EndCause.NORMAL)
    assert calls.is_ending("a")
    assert calls.ends("a", q850=17) == [LegEnded(leg="a", cause=EndCause.KICKED, q850=17)]
    assert calls.ends("a", q850=17) == []
    assert not calls.is_ending("a")


def test_whose_ringing_ends_without_a_reason_was_cancelled(calls: Calls) -> None:
    calls.put(DIALING)
    calls.rings("o")
    assert calls.ends("o", q850=16) == [LegEnded(leg="o", cause=EndCause.CANCELLED, q850=16)]


def test_nothing_is_told_of_strangers() -> None:
    calls = Calls()
    told = [
        calls.rings("x"), calls.answers("x"), calls.leaves("x"), calls.mutes("x", muted=True),
        calls.talks("x", talking=True), calls.holds("x", held=True), calls.presses("x", "1"),
    ]  # fmt: skip
    calls.will_end("x", EndCause.KICKED)
    assert not any(told)
    assert not calls.is_ending("x")
    with pytest.raises(LegGone):
        _ = calls["x"]


def test_a_snapshot_says_who_is_left(calls: Calls) -> None:
    calls.put(DIALING)
    calls.will_end("a", EndCause.KICKED)
    calls.keep_only({"o"})
    assert ("a" in calls, "o" in calls, calls.is_ending("a")) == (False, True, False)
    calls.forget("o")
    assert "o" not in calls
