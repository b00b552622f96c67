"""Coming, coming back, dropping, leaving."""

import pytest
from msgspec.structs import replace

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.messages import AnyEvent
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, DropReason, LeftReason, LegKind, Policy, Role, Status
from tests.conferences.meeting import Meeting


def drop(meeting: Meeting, who: str) -> list[AnyEvent]:
    return meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of(who), reason=DropReason.NETWORK))


# Arriving


def test_a_guest_who_comes_before_the_host_waits() -> None:
    meeting = Meeting()
    assert meeting.joins("bob") is Role.WAITING
    assert meeting.state.status is Status.WAITING


def test_the_host_opens_the_conference_and_all_who_waited_come_in() -> None:
    meeting = Meeting()
    meeting.joins("bob")
    meeting.joins("carol")
    meeting.joins("alice")
    assert meeting.state.status is Status.OPEN
    assert [meeting[who].role for who in ("alice", "bob", "carol")] == [Role.HOST, Role.GUEST, Role.GUEST]


def test_the_first_guest_opens_a_room_that_starts_without_host() -> None:
    meeting = Meeting(Policy(start_without_host=True))
    assert meeting.joins("bob") is Role.GUEST
    assert meeting.state.status is Status.OPEN


def test_with_a_lobby_nobody_comes_in_unasked_even_when_it_starts_without_host() -> None:
    meeting = Meeting(Policy(start_without_host=True, lobby=True))
    assert meeting.joins("bob") is Role.WAITING
    meeting.joins("alice")
    assert meeting["bob"].role is Role.WAITING
    assert meeting.joins("carol") is Role.WAITING


def test_guests_come_straight_in_once_it_is_open(meeting: Meeting) -> None:
    assert meeting.joins("mallory") is Role.GUEST


def test_a_name_is_cleaned_before_others_see_it() -> None:
    meeting = Meeting()
    meeting.joins("bob", name=" Bob\u202e \n  Builder ")
    assert meeting["bob"].name == "Bob Builder"


def test_nobody_comes_in_without_a_name() -> None:
    meeting = Meeting()
    meeting.refuses(SYSTEM, meeting.joining("bob", name="\u200b \u202e"), Reason.NAME_NEEDED)


def test_a_phone_is_shown_as_one(meeting: Meeting) -> None:
    meeting.joins("mallory", kind=LegKind.PHONE)
    assert meeting["mallory"].phone


def test_nobody_is_admitted_to_a_full_conference() -> None:
    meeting = Meeting(Policy(seats=2))
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.refuses(SYSTEM, meeting.joining("carol"), Reason.FULL)


def test_who_waits_also_takes_one_of_the_seats() -> None:
    meeting = Meeting(Policy(seats=1))
    meeting.joins("bob")
    meeting.refuses(SYSTEM, meeting.joining("carol"), Reason.FULL)


def test_the_host_gets_into_a_full_conference() -> None:
    meeting = Meeting(Policy(seats=1, start_without_host=True))
    meeting.joins("bob")
    assert meeting.joins("alice") is Role.HOST


def test_nobody_comes_into_a_locked_conference_but_the_host(meeting: Meeting) -> None:
    meeting.does("alice", c.LockConference())
    meeting.refuses(SYSTEM, meeting.joining("mallory"), Reason.LOCKED)
    assert meeting.joins("another_host", entitled=True) is Role.HOST


def test_a_conference_that_ended_takes_nobody(meeting: Meeting) -> None:
    meeting.does("alice", c.EndConference())
    meeting.refuses(SYSTEM, meeting.joining("bob"), Reason.ENDED)


# Coming back


def test_who_drops_keeps_seat_role_and_hand(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", c.RaiseHand())
    before = meeting["bob"]
    drop(meeting, "bob")
    assert not meeting["bob"].connected
    meeting.wait(59)
    meeting.joins("bob")
    assert meeting["bob"] == before
    assert meeting.roster.count("bob") == 1


def test_a_second_tab_takes_the_seat_from_the_first(meeting: Meeting) -> None:
    first = meeting.leg_of("bob")
    events = meeting.does(SYSTEM, meeting.joining("bob"))
    assert isinstance(events[0], e.LegClosed)
    assert (events[0].leg, events[0].reason) == (first, DropReason.REPLACED)
    assert not any(isinstance(event, e.ParticipantReturned | e.ParticipantJoined) for event in events)
    assert meeting["bob"].connected


def test_a_phone_beside_the_browser_takes_nothing_away(meeting: Meeting) -> None:
    meeting.joins("bob", kind=LegKind.PHONE)
    assert len([leg for leg in meeting.state.legs.values() if leg.participant == "bob"]) == 2
    drop(meeting, "bob")
    assert meeting["bob"].connected
    drop(meeting, "bob")
    assert not meeting["bob"].connected


def test_a_leg_is_dropped_once(meeting: Meeting) -> None:
    leg = meeting.leg_of("bob")
    drop(meeting, "bob")
    assert meeting.does(SYSTEM, c.DropLeg(leg=leg, reason=DropReason.NETWORK)) == []


def test_the_host_gets_the_role_back_after_the_seat_was_given_up(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    drop(meeting, "bob")
    meeting.wait(61)
    assert "bob" not in meeting
    assert meeting.joins("bob") is Role.HOST


def test_who_was_in_comes_back_through_lock_and_lobby(meeting: Meeting) -> None:
    drop(meeting, "bob")
    meeting.wait(61)
    meeting.does("alice", c.LockConference())
    meeting.does("alice", c.ChangePolicy(lobby=True))
    assert meeting.joins("bob") is Role.GUEST


def test_who_only_waited_does_not_come_back_through_a_lock(lobby: Meeting) -> None:
    lobby.does("bob", c.LeaveConference())
    lobby.does("alice", c.LockConference())
    lobby.refuses(SYSTEM, lobby.joining("bob"), Reason.LOCKED)


def test_who_was_removed_stays_out(meeting: Meeting) -> None:
    meeting.does("alice", c.RemoveParticipant(participant="bob"))
    meeting.refuses(SYSTEM, meeting.joining("bob"), Reason.REMOVED)


def test_an_account_that_was_removed_stays_out_by_any_seat(meeting: Meeting) -> None:
    meeting.joins("mallory", account="mallory")
    meeting.does("alice", c.RemoveParticipant(participant="mallory"))
    meeting.refuses(SYSTEM, meeting.joining("mallory2", account="mallory"), Reason.REMOVED)
    assert meeting.joins("mallory3") is Role.GUEST, "nobody knows that this is the same person"


def test_the_owner_cannot_be_kept_out(meeting: Meeting) -> None:
    meeting.does("alice", c.PassRole(participant="bob"))
    meeting.does("alice", c.LeaveConference())
    meeting.does("bob", c.LockConference())
    assert meeting.joins("alice") is Role.HOST


# Leaving, removing, renaming


def test_who_leaves_is_gone_with_all_legs(meeting: Meeting) -> None:
    meeting.joins("bob", kind=LegKind.PHONE)
    events = meeting.does("bob", c.LeaveConference())
    assert [type(event).__name__ for event in events] == ["LegClosed", "LegClosed", "ParticipantLeft"]
    assert "bob" not in meeting
    assert not any(leg.participant == "bob" for leg in meeting.state.legs.values())


def test_who_waits_may_leave(lobby: Meeting) -> None:
    lobby.does("bob", c.LeaveConference())
    assert "bob" not in lobby


def test_who_is_removed_is_told_by_whom(meeting: Meeting) -> None:
    left = meeting.does("alice", c.RemoveParticipant(participant="bob"))[-1]
    assert isinstance(left, e.ParticipantLeft)
    assert (left.reason, left.by) == (LeftReason.REMOVED, "alice")
    assert "bob" in meeting.hearers_of(left)


def test_a_host_by_grace_does_not_remove_the_host_by_right(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.refuses("bob", c.RemoveParticipant(participant="alice"), Reason.NOT_ALLOWED)


@pytest.mark.parametrize(
    ("who", "reason"), [("nobody", Reason.NOT_HERE), ("bob", Reason.IS_WAITING)], ids=["absent", "waiting"]
)
def test_only_who_is_in_can_be_removed(lobby: Meeting, who: str, reason: Reason) -> None:
    lobby.refuses("alice", c.RemoveParticipant(participant=who), reason)


def test_a_guest_renames_oneself_and_nobody_else(meeting: Meeting) -> None:
    meeting.does("bob", c.RenameParticipant(name=" Bobby "))
    assert meeting["bob"].name == "Bobby"
    meeting.refuses("bob", c.RenameParticipant(name="Fool", participant="carol"), Reason.NOT_ALLOWED)


def test_a_host_renames_others(meeting: Meeting) -> None:
    meeting.does("alice", c.RenameParticipant(name="Robert", participant="bob"))
    assert meeting["bob"].name == "Robert"


def test_the_same_name_again_is_no_news(meeting: Meeting) -> None:
    assert meeting.does("bob", c.RenameParticipant(name=" Bob ")) == []


def test_a_new_name_must_be_one(meeting: Meeting) -> None:
    meeting.refuses("bob", c.RenameParticipant(name=" \t "), Reason.NAME_NEEDED)


# Who vouches for them


def test_on_whose_account_somebody_comes_stands_in_the_journal(meeting: Meeting) -> None:
    join = replace(meeting.joining("mallory", account="mallory"), tenant="ACME", billing_code="PO-77")
    opened = [event for event in meeting.does(SYSTEM, join) if isinstance(event, e.LegOpened)]
    assert [(leg.tenant, leg.billing_code) for leg in opened] == [("ACME", "PO-77")]


def test_a_presenter_is_one_from_the_door_on(meeting: Meeting) -> None:
    meeting.does(SYSTEM, replace(meeting.joining("mallory"), presenter=True))
    assert meeting["mallory"].role is Role.PRESENTER


@pytest.mark.parametrize("policy", [Policy(), Policy(lobby=True)], ids=["before the host", "in the lobby"])
def test_a_presenter_who_waited_is_one_when_let_in(policy: Policy) -> None:
    meeting = Meeting(policy)
    meeting.does(SYSTEM, replace(meeting.joining("mallory"), presenter=True))
    before = meeting["mallory"].role
    meeting.joins("alice")
    meeting.does("alice", c.AdmitAll())
    assert (before, meeting["mallory"].role) == (Role.WAITING, Role.PRESENTER)


@pytest.mark.parametrize("policy", [Policy(), Policy(lobby=True)], ids=["inside", "in the lobby"])
def test_whose_account_is_revoked_goes_and_may_come_back_with_a_new_seat(policy: Policy) -> None:
    meeting = Meeting(policy)
    meeting.joins("alice")
    meeting.joins("bob", account="bob")
    revoked = meeting.does(SYSTEM, c.RevokeAccount(account="bob"))
    assert [event.reason for event in revoked if isinstance(event, e.ParticipantLeft)] == [LeftReason.REVOKED]
    assert "bob" not in meeting
    meeting.joins("bob", account="bob")
    assert "bob" in meeting


def test_nobody_goes_for_an_account_that_is_not_here(meeting: Meeting) -> None:
    assert meeting.does(SYSTEM, c.RevokeAccount(account="mallory")) == []


# By phone


@pytest.mark.parametrize(
    "policy", [Policy(callers_allowed=False), Policy(lobby=True)], ids=["closed", "lobby"]
)
def test_whom_we_call_comes_in_where_other_callers_do_not(policy: Policy) -> None:
    meeting = Meeting(policy)
    meeting.joins("alice")
    meeting.does("alice", c.LockConference())
    meeting.dials("alice", "one")
    assert meeting.phones("bob", call="one", dialled=True) is Role.GUEST
    meeting.refuses(SYSTEM, meeting.joining("carol", kind=LegKind.PHONE))


def test_the_host_opens_it_by_phone() -> None:
    meeting = Meeting()
    assert meeting.phones("bob") is Role.WAITING
    assert meeting.phones("alice", entitled=True) is Role.HOST
    assert [meeting[who].microphone for who in ("alice", "bob")] == [True, True]


def test_not_even_the_host_phones_where_nobody_may() -> None:
    meeting = Meeting(Policy(callers_allowed=False))
    joining = meeting.joining("alice", entitled=True, kind=LegKind.PHONE)
    meeting.refuses(SYSTEM, joining, Reason.CALLERS_OFF)
