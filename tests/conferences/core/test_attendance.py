"""Who was there when, as the journal tells it."""

from hypothesis import given, settings

from conferences.core import commands as c
from conferences.core.attendance import TOLD_BY, Attendee, Stay, attendance
from conferences.core.calls import HoldInLobby, MergeCall
from conferences.core.words import SYSTEM, DropReason, LegKind, Role
from tests.conferences.meeting import BEGIN, Meeting
from tests.conferences.stories import Story, stories


def at(second: int) -> int:
    return BEGIN + second * 1000


def drops(meeting: Meeting, who: str, reason: DropReason = DropReason.NETWORK) -> None:
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of(who), reason=reason))


def of(meeting: Meeting, name: str) -> Attendee:
    (found,) = [person for person in attendance(meeting.events) if person.name == name]
    return found


def test_a_stay_goes_from_coming_to_leaving(meeting: Meeting) -> None:
    meeting.wait(90)
    meeting.does("bob", c.LeaveConference())
    meeting.wait(30)
    assert of(meeting, "Bob").stays == (Stay(at(0), at(90)),)
    alice = of(meeting, "Alice")
    assert (alice.is_present, alice.present_ms(meeting.now), alice.last_leaving) == (True, 120_000, None)
    assert (alice.role, alice.account, alice.phone, alice.waits) == (Role.HOST, "", False, ())


def test_who_comes_back_in_time_was_never_gone(meeting: Meeting) -> None:
    drops(meeting, "bob")
    meeting.wait(59)
    meeting.joins("bob")
    meeting.wait(41)
    meeting.does("bob", c.LeaveConference())
    assert of(meeting, "Bob").stays == (Stay(at(0), at(100)),)


def test_who_does_not_come_back_went_when_the_connection_did(meeting: Meeting) -> None:
    meeting.wait(10)
    drops(meeting, "bob")
    meeting.wait(100)
    meeting.joins("bob")
    meeting.wait(5)
    bob = of(meeting, "Bob")
    assert bob.stays == (Stay(at(0), at(10)), Stay(at(110)))
    assert bob.present_ms(meeting.now) == 15_000


def test_a_server_that_takes_over_ends_no_stay(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        drops(meeting, who, DropReason.SERVER)
    meeting.wait(5)
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    assert [person.stays for person in attendance(meeting.events)] == [(Stay(at(0)),)] * 3


def test_the_end_ends_every_stay_also_of_who_had_just_lost_the_connection(meeting: Meeting) -> None:
    meeting.wait(10)
    drops(meeting, "bob")
    meeting.wait(10)
    meeting.does("alice", c.EndConference())
    assert of(meeting, "Bob").stays == (Stay(at(0), at(10)),)
    assert of(meeting, "Carol").stays == (Stay(at(0), at(20)),)


def test_waiting_counts_apart(lobby: Meeting) -> None:
    lobby.wait(40)
    lobby.does("alice", c.AdmitParticipant(participant="bob"))
    lobby.wait(20)
    lobby.does("alice", c.DenyParticipant(participant="carol"))
    bob, carol = of(lobby, "Bob"), of(lobby, "Carol")
    assert (bob.waits, bob.stays) == ((Stay(at(0), at(40)),), (Stay(at(40)),))
    assert (carol.waits, carol.stays, carol.first_arrival) == ((Stay(at(0), at(60)),), (), None)
    assert carol.waited_ms(lobby.now) == 60_000


def test_names_and_the_highest_role_are_remembered(meeting: Meeting) -> None:
    meeting.does("bob", c.RenameParticipant(name="Robert"))
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    robert = of(meeting, "Robert")
    assert (robert.names, robert.role) == (("Robert", "Bob"), Role.PRESENTER)


def test_one_account_is_one_person_whatever_their_seats(meeting: Meeting) -> None:
    meeting.joins("desk", account="dora", name="Dora")
    meeting.wait(10)
    meeting.joins("phone", account="dora", name="Dora by phone", kind=LegKind.PHONE)
    meeting.wait(10)
    meeting.does("desk", c.LeaveConference())
    meeting.wait(10)
    meeting.does("phone", c.LeaveConference())
    dora = of(meeting, "Dora by phone")
    assert dora.stays == (Stay(at(0), at(30)),)
    assert (dora.names, dora.account, dora.phone) == (("Dora by phone", "Dora"), "dora", True)


def test_guests_of_one_name_are_as_many_as_their_seats(meeting: Meeting) -> None:
    meeting.joins("mallory", name="Bob")
    assert [person.name for person in attendance(meeting.events)] == ["Alice", "Bob", "Carol", "Bob"]


@given(stories())
@settings(max_examples=40, deadline=None)
def test_whatever_happens_stays_are_in_order_and_the_needed_events_suffice(story: Story) -> None:
    meeting = story.told()
    people = attendance(meeting.events)
    assert people == attendance(event for event in meeting.events if isinstance(event, TOLD_BY))
    for person in people:
        moments = [moment for stay in person.stays for moment in (stay.began, stay.ended or meeting.now)]
        assert moments == sorted(moments)
    assert sum(person.is_present for person in people) <= len(meeting.state.admitted())


def test_a_caller_and_who_they_were_merged_with_are_one(meeting: Meeting) -> None:
    meeting.wait(5)
    meeting.phones("mallory")
    meeting.wait(10)
    meeting.does("alice", MergeCall(participant="mallory", into="bob"))
    meeting.wait(15)
    meeting.does("bob", c.LeaveConference())
    assert [person.name for person in attendance(meeting.events)] == ["Alice", "Bob", "Carol"]
    bob = of(meeting, "Bob")
    assert (bob.names, bob.phone, bob.stays) == (("Bob", "Mallory"), True, (Stay(at(0), at(30)),))


def test_who_is_held_back_waits_and_stays_later(meeting: Meeting) -> None:
    meeting.wait(10)
    meeting.does("alice", HoldInLobby(participant="bob"))
    meeting.wait(5)
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    bob = of(meeting, "Bob")
    assert (bob.stays, bob.waits) == ((Stay(at(0), at(10)), Stay(at(15))), (Stay(at(10), at(15)),))
