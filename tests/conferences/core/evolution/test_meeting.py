"""What follows from people who come, go, lead and talk."""

import pytest

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.words import LeftReason, Role, Status
from tests.conferences.meeting import Meeting


def test_people_stand_in_the_order_in_which_they_came_in(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="carol"))
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert lobby.roster == ["alice", "carol", "bob"]


def test_the_end_leaves_nobody_and_no_warning(meeting: Meeting) -> None:
    meeting.wait(24 * 3600 - 60)
    assert meeting.state.warning is not None
    meeting.does("alice", c.EndConference())
    after = meeting.state
    assert (after.status, after.warning, after.participants, after.legs) == (Status.ENDED, None, {}, {})


def test_a_departed_seat_is_remembered_with_its_role(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", c.LeaveConference())
    assert meeting.state.departed["bob"].role is Role.PRESENTER
    assert not meeting.state.departed["bob"].removed
    meeting.joins("bob")
    assert "bob" not in meeting.state.departed


@pytest.mark.parametrize("reason", [LeftReason.REMOVED, LeftReason.DENIED])
def test_who_was_sent_away_is_remembered_so(meeting: Meeting, reason: LeftReason) -> None:
    meeting.happens(e.ParticipantLeft(participant="bob", reason=reason, at=meeting.now))
    assert meeting.state.departed["bob"].removed


def test_the_account_of_a_seat_is_known_while_it_is_taken(meeting: Meeting) -> None:
    meeting.joins("mallory", account="mallory")
    assert meeting.state.accounts == {"mallory": "mallory"}
    meeting.does("mallory", c.LeaveConference())
    assert meeting.state.accounts == {}
    assert meeting.state.departed["mallory"].account == "mallory"
