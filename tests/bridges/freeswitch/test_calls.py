"""Each change of a call is told once."""

import pytest
from msgspec import structs

from bridges.events import (
    LegAnswered,
    LegArrived,
    LegEnded,
    LegJoined,
    LegLeft,
    LegPlayed,
    LegRinging,
)
from bridges.freeswitch.calls import Calls, quality_of
from bridges.types import Direction, EndCause, Leg, LegState, Quality

ROOM = "123456789"
ANNA = Leg(leg="anna", vendor="sofia/internal/anna", state=LegState.ARRIVED, direction=Direction.IN)
INSIDE = structs.replace(ANNA, state=LegState.JOINED, room=ROOM)
CALLED = Leg(leg="bert", vendor="", state=LegState.DIALING, direction=Direction.OUT)


@pytest.fixture
def calls() -> Calls:
    return Calls()


def test_a_call_that_is_parked_arrived_was_answered_or_left(calls: Calls) -> None:
    assert calls.is_ours(ANNA, "PCMU") == [LegArrived(leg="anna", info=ANNA)]
    assert calls.is_ours(ANNA, "PCMU") == []
    assert calls.joins(INSIDE, "7") == [LegJoined(leg="anna", info=INSIDE)]
    assert calls.is_ours(ANNA, "PCMU") == [LegLeft(leg="anna")]
    calls.put(CALLED)
    assert calls.is_ours(CALLED, "PCMA") == [LegAnswered(leg="bert", codec="PCMA")]


def test_whom_we_lead_is_not_gone_by_leaving_a_room_and_whoever_else_is(calls: Calls) -> None:
    calls.is_ours(ANNA, "")
    calls.joins(INSIDE, "7")
    assert calls.leaves("anna", ROOM) == []
    calls.joins(structs.replace(INSIDE, leg="by-menu"), "8")
    assert calls.leaves("by-menu", "987654321") == []
    assert calls.leaves("by-menu", ROOM) == [LegEnded(leg="by-menu", cause=EndCause.NORMAL)]


def test_a_sound_ends_once_and_before_what_ends_it(calls: Calls) -> None:
    calls.put(ANNA)
    calls.playing["anna"] = "music"
    assert calls.has_played("anna", "older") == []
    assert calls.joins(INSIDE, "7")[0] == LegPlayed(leg="anna", play="music")
    assert calls.has_played("anna", "music") == []
    calls.playing["anna"] = "hello"
    told = calls.ends(LegEnded(leg="anna", cause=EndCause.NORMAL))
    assert told == [LegPlayed(leg="anna", play="hello"), LegEnded(leg="anna", cause=EndCause.NORMAL)]


def test_a_call_without_a_channel_ends_with_its_job_and_another_with_its_channel(calls: Calls) -> None:
    calls.put(CALLED)
    assert calls.comes_to_nothing("bert", EndCause.CONGESTION) == [
        LegEnded(leg="bert", cause=EndCause.CONGESTION)
    ]
    assert calls.comes_to_nothing("bert", EndCause.CONGESTION) == []
    calls.put(CALLED)
    calls.exists("bert", "sofia/external/1")
    assert calls.rings("bert") == [LegRinging(leg="bert")]
    assert calls.rings("bert") == []
    assert calls.comes_to_nothing("bert", EndCause.NO_ANSWER) == []
    assert calls.ends(LegEnded(leg="bert", cause=EndCause.NORMAL)) == [
        LegEnded(leg="bert", cause=EndCause.NO_ANSWER)
    ]


def test_of_whom_a_snapshot_does_not_have_nothing_is_kept(calls: Calls) -> None:
    calls.is_ours(ANNA, "")
    calls.joins(INSIDE, "7")
    calls.playing["anna"] = "music"
    calls.keep_only(set())
    assert not calls.legs
    assert not calls.led
    assert not calls.members
    assert not calls.playing


def test_quality_is_what_freeswitch_counted_if_it_did() -> None:
    assert quality_of("4.50", "198", "2", "PCMU") == Quality(mos=4.5, loss_percent=1.0, codec="PCMU")
    assert quality_of("", "", "", "") == quality_of("nan?", "x", "y", "") == Quality()
