"""What is known of calls, and that each change is told once."""

import pytest

from bridges.errors import LegGone
from bridges.events import LegDigit, LegEnded, LegHeld, LegMuted, LegRinging, LegTalking
from bridges.known_calls import KnownCalls
from bridges.types import Direction, EndCause, Leg, LegState

ANNA = Leg(leg="anna", vendor="channel/1", state=LegState.JOINED, direction=Direction.IN, room="123456789")
CALLED = Leg(leg="bert", vendor="", state=LegState.DIALING, direction=Direction.OUT)


@pytest.fixture
def calls() -> KnownCalls:
    calls = KnownCalls()
    calls.put(ANNA)
    calls.put(CALLED)
    return calls


def ended(leg: str, cause: EndCause = EndCause.NORMAL) -> LegEnded:
    return LegEnded(leg=leg, cause=cause, q850=16)


def test_who_is_in_a_room_is_known(calls: KnownCalls) -> None:
    assert calls.inside("123456789") == [calls["anna"]]


def test_who_is_muted_does_not_talk(calls: KnownCalls) -> None:
    assert calls.talks("anna", 5) == [LegTalking(leg="anna", level=5)]
    assert calls.talks("anna", 6) == []
    assert calls.mutes("anna", muted=True) == [
        LegMuted(leg="anna", muted=True),
        LegTalking(leg="anna", level=0),
    ]
    assert calls.talks("anna", 5) == calls.mutes("anna", muted=True) == []
    assert calls.mutes("anna", muted=False) == [LegMuted(leg="anna", muted=False)]


def test_hold_is_told_once(calls: KnownCalls) -> None:
    assert calls.holds("anna", held=True) == [LegHeld(leg="anna", held=True)]
    assert calls.holds("anna", held=True) == []


def test_only_keys_are_digits(calls: KnownCalls) -> None:
    assert calls.presses("anna", "#") == [LegDigit(leg="anna", digit="#")]
    assert [len(calls.presses("anna", key)) for key in ("0", "*", "X", "10", "")] == [1, 1, 0, 0, 0]


def test_a_call_that_we_place_rings_once(calls: KnownCalls) -> None:
    assert calls.rings("bert") == [LegRinging(leg="bert")]
    assert calls.rings("bert") == []


def test_who_says_first_why_it_ends_is_right(calls: KnownCalls) -> None:
    calls.will_end("anna", EndCause.KICKED)
    calls.will_end("anna", EndCause.NORMAL)
    assert calls.is_ending("anna")
    assert calls.ends(ended("anna", EndCause.BUSY)) == [ended("anna", EndCause.KICKED)]
    assert calls.ends(ended("anna")) == []
    assert not calls.is_ending("anna")


def test_whose_ringing_ends_without_a_reason_was_cancelled(calls: KnownCalls) -> None:
    calls.rings("bert")
    assert calls.ends(ended("bert")) == [ended("bert", EndCause.CANCELLED)]


def test_nothing_is_told_of_strangers(calls: KnownCalls) -> None:
    told = [
        calls.rings("x"), calls.mutes("x", muted=True), calls.talks("x", 5), calls.holds("x", held=True),
        calls.presses("x", "1"), calls.ends(ended("x")),
    ]  # fmt: skip
    calls.will_end("x", EndCause.KICKED)
    assert not any(told)
    assert not calls.is_ending("x")
    with pytest.raises(LegGone):
        _ = calls["x"]


def test_a_snapshot_says_who_is_left(calls: KnownCalls) -> None:
    calls.will_end("anna", EndCause.KICKED)
    calls.keep_only({"bert"})
    assert ("anna" in calls, "bert" in calls, calls.is_ending("anna")) == (False, True, False)
