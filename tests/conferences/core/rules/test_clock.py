"""What time brings about: seats given up, questions, warnings, ends."""

import pytest
from msgspec.structs import replace

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules import due_at
from conferences.core.words import (
    SYSTEM,
    DropReason,
    EndReason,
    HostLeaves,
    LeftReason,
    Policy,
    Role,
    Status,
)
from tests.conferences.meeting import BEGIN, Meeting


def drop(meeting: Meeting, who: str) -> None:
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of(who), reason=DropReason.NETWORK))


def kinds(events: list[e.AnyEvent]) -> list[type[e.AnyEvent]]:
    return [type(event) for event in events]


# Ticking


def test_a_tick_before_anything_is_due_does_nothing(meeting: Meeting) -> None:
    assert meeting.does(SYSTEM, c.Tick()) == []


def test_a_tick_that_comes_late_does_what_is_due_one_thing_at_a_time(meeting: Meeting) -> None:
    drop(meeting, "bob")
    drop(meeting, "carol")
    meeting.now += 3600_000
    assert kinds(meeting.does(SYSTEM, c.Tick())) == [e.ParticipantLeft]
    assert kinds(meeting.does(SYSTEM, c.Tick())) == [e.ParticipantLeft]


def test_what_ended_is_due_nevermore(meeting: Meeting) -> None:
    meeting.does("alice", c.EndConference())
    assert due_at(meeting.state) is None


# Seats


def test_a_seat_is_kept_for_a_minute(meeting: Meeting) -> None:
    drop(meeting, "bob")
    assert meeting.wait(59) == []
    (left,) = meeting.wait(1)
    assert isinstance(left, e.ParticipantLeft)
    assert (left.participant, left.reason, left.by) == ("bob", LeftReason.LOST, SYSTEM)


def test_who_came_back_in_time_stays(meeting: Meeting) -> None:
    drop(meeting, "bob")
    meeting.wait(59)
    meeting.joins("bob")
    meeting.wait(60)
    assert "bob" in meeting


# Nobody there


def test_a_conference_to_which_nobody_comes_ends_after_a_minute() -> None:
    meeting = Meeting()
    assert meeting.wait(59) == []
    meeting.wait(1)
    assert meeting.end_reason is EndReason.EMPTY


def test_a_conference_that_all_have_left_ends_after_a_minute(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        meeting.does(who, c.LeaveConference())
    meeting.wait(60)
    assert meeting.end_reason is EndReason.EMPTY


def test_who_comes_within_the_minute_finds_it_running(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        meeting.does(who, c.LeaveConference())
    meeting.wait(59)
    assert meeting.joins("bob") is Role.GUEST
    meeting.wait(60)
    assert meeting.state.status is Status.OPEN


def test_people_who_wait_in_vain_for_a_host_are_released_after_a_quarter_of_an_hour() -> None:
    meeting = Meeting()
    meeting.joins("bob")
    meeting.wait(600)
    meeting.joins("carol")
    assert meeting.wait(299) == []
    meeting.wait(1)
    assert meeting.end_reason is EndReason.NO_HOST


def test_a_host_in_time_keeps_it_from_ending() -> None:
    meeting = Meeting()
    meeting.joins("bob")
    meeting.wait(899)
    meeting.joins("alice")
    meeting.wait(60)
    assert meeting.state.status is Status.OPEN


def test_people_who_still_wait_in_the_lobby_when_all_others_left_are_released_too(lobby: Meeting) -> None:
    lobby.does("alice", c.LeaveConference())
    lobby.wait(900)
    assert lobby.end_reason is EndReason.NO_HOST


# Alone


@pytest.fixture
def alone() -> Meeting:
    meeting = Meeting()
    meeting.joins("alice")
    return meeting


def test_a_lone_participant_is_asked_after_ten_minutes_and_has_two_to_answer(alone: Meeting) -> None:
    assert alone.wait(599) == []
    (asked,) = alone.wait(1)
    assert isinstance(asked, e.PresenceAsked)
    assert asked.answer_by == BEGIN + 720_000
    assert alone.wait(119) == []
    alone.wait(1)
    assert alone.end_reason is EndReason.LONE


def test_a_lone_participant_who_answers_is_asked_again_ten_minutes_later(alone: Meeting) -> None:
    alone.wait(600)
    alone.does("alice", c.StayInConference())
    assert alone.wait(599) == []
    assert kinds(alone.wait(1)) == [e.PresenceAsked]


def test_company_is_an_answer(alone: Meeting) -> None:
    alone.wait(600)
    alone.joins("bob")
    assert alone.state.answer_by == 0
    assert alone.wait(3600) == []


def test_who_is_alone_again_is_asked_again(alone: Meeting) -> None:
    alone.wait(600)
    alone.joins("bob")
    alone.wait(60)
    alone.does("bob", c.LeaveConference())
    assert alone.wait(599) == []
    assert kinds(alone.wait(1)) == [e.PresenceAsked]


def test_two_are_never_asked(meeting: Meeting) -> None:
    meeting.does("carol", c.LeaveConference())
    assert meeting.wait(3600) == []


def test_who_waits_alone_for_the_host_is_not_asked() -> None:
    meeting = Meeting(Policy(wait_for_host_s=3600))
    meeting.joins("bob")
    assert meeting.wait(1800) == []


# The host leaves


def leaving(host_leaves: HostLeaves) -> Meeting:
    meeting = Meeting(Policy(host_leaves=host_leaves, host_leaves_after_s=300))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.does("alice", c.LeaveConference())
    return meeting


def test_without_a_host_it_ends_after_a_grace_of_a_minute() -> None:
    meeting = leaving(HostLeaves.END)
    assert meeting.wait(59) == []
    meeting.wait(1)
    assert meeting.end_reason is EndReason.HOST_LEFT


def test_a_host_back_within_the_grace_keeps_it_running() -> None:
    meeting = leaving(HostLeaves.END)
    meeting.wait(59)
    meeting.joins("alice")
    assert meeting.wait(120) == []


def test_without_a_host_it_is_warned_after_the_grace_and_ends_later() -> None:
    meeting = leaving(HostLeaves.END_LATER)
    assert meeting.wait(59) == []
    (warned,) = meeting.wait(1)
    assert isinstance(warned, e.ConferenceWarned)
    assert (warned.reason, warned.ends_at) == (EndReason.HOST_LEFT, BEGIN + 360_000)
    assert meeting.wait(299) == []
    meeting.wait(1)
    assert meeting.end_reason is EndReason.HOST_LEFT


def test_a_host_who_comes_back_lifts_the_warning() -> None:
    meeting = leaving(HostLeaves.END_LATER)
    meeting.wait(60)
    meeting.joins("alice")
    assert kinds(meeting.events[-1:]) == [e.WarningLifted]
    assert meeting.state.warning is None
    assert meeting.wait(600) == []


def test_a_new_host_made_by_the_admin_lifts_the_warning() -> None:
    meeting = leaving(HostLeaves.END_LATER)
    meeting.wait(60)
    meeting.does(SYSTEM, c.SetRole(participant="bob", role=Role.HOST))
    assert meeting.state.warning is None


def test_it_carries_on_without_a_host_where_it_may() -> None:
    assert leaving(HostLeaves.CARRY_ON).wait(3600) == []


def test_where_no_host_ever_was_none_has_left() -> None:
    meeting = Meeting(Policy(host_leaves=HostLeaves.END, start_without_host=True))
    meeting.joins("bob")
    meeting.joins("carol")
    assert meeting.wait(3600) == []


def test_a_host_who_passed_the_role_on_may_leave() -> None:
    meeting = Meeting(Policy(host_leaves=HostLeaves.END))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.does("alice", c.PassRole(participant="bob"))
    meeting.does("alice", c.LeaveConference())
    assert meeting.wait(3600) == []


def test_a_host_who_only_drops_has_not_left_until_the_seat_is_given_up() -> None:
    meeting = Meeting(Policy(host_leaves=HostLeaves.END))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    drop(meeting, "alice")
    assert kinds(meeting.wait(60)) == [e.ParticipantLeft]
    assert meeting.wait(59) == []
    meeting.wait(1)
    assert meeting.end_reason is EndReason.HOST_LEFT


# Length


def test_a_conference_is_warned_ten_minutes_before_its_greatest_length() -> None:
    meeting = Meeting(Policy(length_s=3600))
    meeting.joins("alice")
    meeting.joins("bob")
    assert meeting.wait(2999) == []
    (warned,) = meeting.wait(1)
    assert isinstance(warned, e.ConferenceWarned)
    assert (warned.reason, warned.ends_at) == (EndReason.LENGTH, BEGIN + 3600_000)
    meeting.wait(600)
    assert meeting.end_reason is EndReason.LENGTH


def test_a_conference_shorter_than_the_warning_is_warned_at_once() -> None:
    meeting = Meeting(Policy(length_s=300))
    meeting.joins("alice")
    assert kinds(meeting.wait(0)) == [e.ConferenceWarned]


def test_a_lifted_warning_uncovers_the_one_below() -> None:
    meeting = Meeting(Policy(length_s=1200, host_leaves=HostLeaves.END_LATER, host_leaves_after_s=900))
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.wait(500)
    meeting.does("alice", c.LeaveConference())
    meeting.wait(120)
    assert meeting.state.warning is not None
    assert meeting.state.warning.reason is EndReason.LENGTH or meeting.now < BEGIN + 660_000
    meeting.joins("alice")
    meeting.wait(10)
    assert meeting.state.warning is not None
    assert meeting.state.warning.reason is EndReason.LENGTH


# Lock


def test_a_conference_locks_itself() -> None:
    meeting = Meeting(Policy(auto_lock_s=300))
    meeting.joins("alice")
    meeting.joins("bob")
    assert meeting.wait(299) == []
    (locked,) = meeting.wait(1)
    assert isinstance(locked, e.ConferenceLocked)
    assert locked.by == SYSTEM


def test_a_host_who_unlocks_has_the_last_word() -> None:
    meeting = Meeting(Policy(auto_lock_s=300))
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.wait(300)
    meeting.does("alice", c.UnlockConference())
    assert meeting.wait(3000) == []


def test_it_does_not_lock_itself_before_it_is_open() -> None:
    meeting = Meeting(Policy(auto_lock_s=60))
    meeting.joins("bob")
    assert meeting.wait(600) == []


# Policies of no patience: what is due at once happens at once, and comes to an end


@pytest.mark.parametrize(
    "field", ["seat_s", "empty_s", "wait_for_host_s", "lone_s", "lone_answer_s", "length_s", "host_grace_s"]
)
def test_no_patience_at_all_is_no_endless_loop(field: str) -> None:
    meeting = Meeting(replace(Policy(host_leaves=HostLeaves.END), **{field: 0}))
    meeting.joins("bob")
    meeting.wait(0)
    assert len(meeting.events) < 10
