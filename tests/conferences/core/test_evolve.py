"""What is true after a fact; and that a picture, kept by facts alone, stays the picture of the truth."""

from typing import get_args

import pytest
from hypothesis import given, settings

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.evolve import evolve, handled
from conferences.core.state import CHAT_KEPT, State
from conferences.core.words import SYSTEM, DropReason, LeftReason, Role, Status
from tests.conferences.meeting import BEGIN, CAST, Meeting
from tests.conferences.pictures import keep
from tests.conferences.stories import Story, stories


@given(stories())
@settings(max_examples=60, deadline=None)
def test_a_picture_and_the_events_heard_since_are_a_fresh_picture(story: Story) -> None:
    meeting = story.told()
    for viewer in CAST:
        truth, picture = State(), None
        for event in meeting.events:
            before, truth = truth, evolve(truth, event)
            picture = keep(picture, event, viewer, before, truth)
            if viewer in truth.participants:
                assert picture == truth.seen_by(viewer)


def test_something_follows_from_every_event() -> None:
    assert handled() == set(get_args(e.AnyEvent))


def test_what_is_no_event_has_no_consequence() -> None:
    with pytest.raises(TypeError):
        evolve(State(), e.Event(at=1))  # type: ignore[arg-type] # that is the point


def test_every_event_is_counted(meeting: Meeting) -> None:
    assert meeting.state.seq == len(meeting.events)


def test_a_state_is_never_changed_only_replaced(meeting: Meeting) -> None:
    before, participants = meeting.state, dict(meeting.state.participants)
    meeting.does("bob", c.RaiseHand())
    assert before.participants == participants
    assert not before.participants["bob"].hand


def test_people_stand_in_the_order_in_which_they_came_in(lobby: Meeting) -> None:
    lobby.does("alice", c.AdmitParticipant(participant="carol"))
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    assert lobby.roster == ["alice", "carol", "bob"]


def test_only_the_last_lines_of_the_chat_are_kept_at_hand(meeting: Meeting) -> None:
    for number in range(CHAT_KEPT + 1):
        meeting.does("bob", c.SendChat(text=str(number)))
    assert len(meeting.state.chat) == CHAT_KEPT
    assert meeting.state.chat[0].text == "1"


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


def test_since_when_something_is_so_is_kept_until_it_is_not(meeting: Meeting) -> None:
    alone = Meeting()
    assert alone.state.empty_since == BEGIN
    alone.joins("alice")
    assert (alone.state.empty_since, alone.state.lone_since) == (0, BEGIN)
    alone.wait(5)
    alone.does(SYSTEM, c.DropLeg(leg=alone.leg_of("alice"), reason=DropReason.NETWORK))
    assert alone.state.lone_since == BEGIN
    assert meeting.state.lone_since == 0
