"""Who is called on, who is shown large, and how long is left."""

import pytest

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core import floor as f
from conferences.core.messages import ClientCommand
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting


@pytest.mark.parametrize(
    "command", [f.CallNext(), f.MoveSpotlight(participant="bob"), f.StartTimer(seconds=60), f.StopTimer()]
)
def test_guests_do_not_rule_the_floor(meeting: Meeting, command: ClientCommand) -> None:
    meeting.refuses("bob", command, Reason.NOT_ALLOWED)


def test_the_first_hand_is_called_on(meeting: Meeting) -> None:
    for who in ("carol", "bob"):
        meeting.does(who, c.RaiseHand())
    lowered, asked = meeting.does("alice", f.CallNext())
    assert lowered == e.HandLowered(participant="carol", by="alice", at=meeting.now)
    assert asked == e.UnmuteAsked(participant="alice", to="carol", at=meeting.now)
    assert meeting["bob"].hand


def test_who_speaks_already_is_not_asked_to_unmute(meeting: Meeting) -> None:
    meeting.does("carol", c.UnmuteMicrophone())
    meeting.does("carol", c.RaiseHand())
    assert [type(event) for event in meeting.does("alice", f.CallNext())] == [e.HandLowered]


def test_without_hands_nobody_is_called_on(meeting: Meeting) -> None:
    assert meeting.does("alice", f.CallNext()) == []


def test_a_host_lights_somebody_and_nobody(meeting: Meeting) -> None:
    meeting.does("alice", f.MoveSpotlight(participant="bob"))
    assert meeting.state.seen_by("carol").spotlight == "bob"
    assert meeting.does("alice", f.MoveSpotlight(participant="bob")) == []
    meeting.does("alice", f.MoveSpotlight())
    assert meeting.state.spotlight == ""
    meeting.refuses("alice", f.MoveSpotlight(participant="mallory"), Reason.NOT_HERE)


def test_a_presenter_sets_the_timer_and_stops_it(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", f.StartTimer(seconds=90))
    assert meeting.state.timer == f.Timer(started_at=meeting.now, ends_at=meeting.now + 90_000)
    meeting.does("bob", f.StopTimer())
    assert meeting.state.timer is None
    assert meeting.does("bob", f.StopTimer()) == []
