"""Phones: who may call them, how their calls come and go, and who is one person by phone and by web."""

import pytest

from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.hearing import hearers
from conferences.core.messages import AnyEvent
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, Dialers, DropReason, LeftReason, LegKind, Policy, Role
from tests.conferences.meeting import Meeting

ANSWERED = k.DialStatus.ANSWERED


def kinds(events: list[AnyEvent]) -> list[type[AnyEvent]]:
    return [type(event) for event in events]


def ends(meeting: Meeting, call: str, cause: k.CallCause = k.CallCause.NORMAL) -> list[AnyEvent]:
    return meeting.does(SYSTEM, k.EndCall(call=call, cause=cause))


def together(meeting: Meeting, caller: str = "mallory", person: str = "bob") -> None:
    """The caller phones, is merged with the person, and the phone's client is back as them."""
    meeting.phones(caller)
    meeting.does("alice", k.MergeCall(participant=caller, into=person))
    meeting.joins(person, kind=LegKind.PHONE)


def drops(meeting: Meeting, who: str, kind: LegKind, reason: DropReason = DropReason.NETWORK) -> None:
    leg = next(id for id, leg in meeting.state.legs.items() if (leg.participant, leg.kind) == (who, kind))
    meeting.does(SYSTEM, c.DropLeg(leg=leg, reason=reason))


# Calling


def test_a_host_has_somebody_called_and_everybody_sees_how_it_goes(meeting: Meeting) -> None:
    (asked,) = meeting.does("alice", k.DialOut(number=" 0171  55542 ", name=" Dave "))
    assert asked == k.CallAsked(
        participant="alice", number="0171 55542", name="Dave", to_me=False, at=meeting.now
    )
    meeting.does(
        SYSTEM, k.PlaceCall(call="one", bridge="office", number="+4917155542", label="Dave", by="alice")
    )
    assert meeting.state.seen_by("bob").dials == {"one": k.Dial(call="one", label="Dave", by="alice")}
    meeting.does(SYSTEM, k.ReportDial(call="one", status=ANSWERED))
    assert meeting.state.dials["one"].status is ANSWERED
    meeting.phones("mallory", call="one", dialled=True)
    assert meeting.state.dials == {}
    assert meeting.state.calls["one"].participant == "mallory"


def test_hosts_alone_are_told_how_a_caller_said_their_name(lobby: Meeting) -> None:
    lobby.phones("mallory", spoken_name="key1")
    named = lobby.events[-1]
    assert isinstance(named, k.CallNamed)
    assert hearers(named, lobby.state, lobby.state) == frozenset({"alice"})
    assert lobby.state.seen_by("alice").spoken_names == {"mallory": "key1"}
    assert lobby.state.seen_by("bob").spoken_names == {}
    assert lobby.state.seen_by("mallory").spoken_names == {}


def test_who_waits_sees_nobody_called(lobby: Meeting) -> None:
    lobby.dials("alice", "one")
    assert lobby.state.seen_by("bob").dials == {}


@pytest.mark.parametrize(
    ("allowed", "by", "to_me", "reason"),
    [
        (Dialers.NOBODY, "alice", False, Reason.CALLING_OFF),
        (Dialers.NOBODY, "bob", True, Reason.CALLING_OFF),
        (Dialers.HOSTS, "bob", False, Reason.NOT_ALLOWED),
        (Dialers.HOSTS, "bob", True, Reason.NOT_ALLOWED),
        (Dialers.EVERYONE, "bob", False, Reason.NOT_ALLOWED),
    ],
)
def test_who_may_not_have_phones_called(allowed: Dialers, by: str, to_me: bool, reason: Reason) -> None:
    meeting = Meeting(Policy(dial_out=allowed))
    for who in ("alice", "bob"):
        meeting.joins(who)
    meeting.refuses(by, k.DialOut(number="110", to_me=to_me), reason)


def test_one_is_called_once_and_not_if_one_is_on_the_phone() -> None:
    meeting = Meeting(Policy(dial_out=Dialers.EVERYONE))
    for who in ("alice", "bob"):
        meeting.joins(who)
    meeting.dials("bob", "mine", to="bob")
    assert meeting.does("bob", k.DialOut(number="110", to_me=True)) == []
    meeting.phones("bob", call="mine", dialled=True)
    assert (meeting["bob"].web, meeting["bob"].phone, meeting["bob"].microphone) == (True, True, True)
    meeting.refuses("bob", k.DialOut(number="110", to_me=True), Reason.ON_THE_PHONE)


@pytest.mark.parametrize("number", ["{110}", "<script>", "-1", "11\x00", "+49|30"])
def test_what_is_no_number_is_refused(meeting: Meeting, number: str) -> None:
    meeting.refuses("alice", k.DialOut(number=number), Reason.NUMBER_WRONG)


def test_a_number_is_one_line(meeting: Meeting) -> None:
    (asked,) = meeting.does("alice", k.DialOut(number="+49\r\n30"))
    assert isinstance(asked, k.CallAsked)
    assert asked.number == "+49 30"


def test_hosts_and_whoever_asked_may_cancel(meeting: Meeting) -> None:
    meeting.dials("alice", "one")
    meeting.refuses("bob", k.CancelDial(call="one"), Reason.NOT_ALLOWED)
    (failed,) = meeting.does("alice", k.CancelDial(call="one"))
    assert isinstance(failed, k.CallFailed)
    assert (failed.cause, failed.by) == (k.CallCause.CANCELLED, "alice")
    assert meeting.state.dials == {}


def test_who_asked_to_be_called_and_leaves_is_not_called(meeting: Meeting) -> None:
    meeting.dials("alice", "mine", to="alice")
    failed, left = meeting.does("alice", c.LeaveConference())[1:]
    assert isinstance(failed, k.CallFailed)
    assert isinstance(left, e.ParticipantLeft)


def test_news_of_dials_that_come_late_or_twice_change_nothing(meeting: Meeting) -> None:
    meeting.dials("alice", "one")
    placed = k.PlaceCall(call="one", bridge="office", number="1", label="1", by="alice")
    meeting.does(SYSTEM, k.ReportDial(call="one", status=ANSWERED))
    for late in (
        placed,
        k.ReportDial(call="one", status=k.DialStatus.RINGING),
        k.ReportDial(call="two", status=ANSWERED),
        k.FailDial(call="two", cause=k.CallCause.BUSY),
    ):
        assert meeting.does(SYSTEM, late) == []


def test_who_went_while_their_call_was_prepared_is_not_called(meeting: Meeting) -> None:
    placed = k.PlaceCall(call="one", bridge="office", number="1", label="1", by="bob", to="bob")
    meeting.does("bob", c.LeaveConference())
    meeting.refuses(SYSTEM, placed, Reason.NOT_HERE)


# Coming and going


def test_a_caller_is_heard_at_once(meeting: Meeting) -> None:
    meeting.phones("mallory")
    caller = meeting["mallory"]
    assert (caller.phone, caller.web, caller.microphone) == (True, False, True)


def test_a_caller_is_muted_on_entry_if_the_room_says_so() -> None:
    meeting = Meeting(Policy(mute_on_entry=True, callers_unmute=False))
    meeting.joins("alice")
    meeting.phones("mallory")
    assert not meeting["mallory"].microphone
    meeting.refuses("mallory", c.UnmuteMicrophone(), Reason.UNMUTE_OFF)


def test_a_call_begins_once(meeting: Meeting) -> None:
    meeting.phones("mallory")
    again = k.BeginCall(
        participant="mallory", leg="leg-9", call="call-of-mallory", bridge="office", direction="in"
    )
    assert meeting.does(SYSTEM, again) == []
    meeting.does("mallory", c.LeaveConference())
    other = k.BeginCall(participant="mallory", leg="leg-9", call="other", bridge="office", direction="in")
    meeting.refuses(SYSTEM, other, Reason.NOT_HERE)


def test_a_caller_on_hold_or_badly_heard_is_shown_so(meeting: Meeting) -> None:
    meeting.phones("mallory")
    for _ in range(2):
        meeting.does(SYSTEM, k.ReportHold(call="call-of-mallory", held=True))
        meeting.does(SYSTEM, k.ReportQuality(call="call-of-mallory", quality="poor"))
    assert (meeting["mallory"].held, meeting["mallory"].line) == (True, "poor")
    assert sum(isinstance(event, k.CallHeld | k.CallMeasured) for event in meeting.events) == 2


@pytest.mark.parametrize(
    ("cause", "reason"),
    [(k.CallCause.NORMAL, LeftReason.LEFT), (k.CallCause.BRIDGE_LOST, LeftReason.LOST)],
)
def test_with_the_call_the_caller_is_gone(meeting: Meeting, cause: k.CallCause, reason: LeftReason) -> None:
    meeting.phones("mallory")
    ended, _, left = ends(meeting, "call-of-mallory", cause)
    assert isinstance(ended, k.CallEnded)
    assert isinstance(left, e.ParticipantLeft)
    assert (left.reason, meeting.state.calls) == (reason, {})
    assert ends(meeting, "call-of-mallory") == []


def test_the_call_of_who_was_removed_ends_afterwards(meeting: Meeting) -> None:
    meeting.phones("mallory")
    meeting.does("alice", c.RemoveParticipant(participant="mallory"))
    assert kinds(ends(meeting, "call-of-mallory", k.CallCause.KICKED)) == [k.CallEnded]


def test_the_journal_ends_every_call_before_the_conference(meeting: Meeting) -> None:
    meeting.phones("mallory")
    meeting.dials("alice", "one")
    assert kinds(meeting.does("alice", c.EndConference())) == [
        k.CallFailed,
        k.CallEnded,
        e.ConferenceEnded,
    ]
    assert (meeting.state.calls, meeting.state.dials) == ({}, {})


def test_a_server_that_dies_takes_no_call_with_it(meeting: Meeting) -> None:
    meeting.phones("mallory")
    drops(meeting, "mallory", LegKind.PHONE, DropReason.SERVER)
    assert not meeting["mallory"].connected
    assert meeting.state.calls["call-of-mallory"].participant == "mallory"
    meeting.does("alice", c.MuteAll())
    meeting.joins("mallory", kind=LegKind.PHONE)
    assert meeting["mallory"].connected
    assert not meeting["mallory"].microphone


# One person


def test_a_caller_and_somebody_on_the_page_become_one(meeting: Meeting) -> None:
    meeting.phones("mallory")
    meeting.does("mallory", c.RaiseHand())
    meeting.does("alice", c.MuteMicrophone(participant="mallory"))
    merged, closed = meeting.does("alice", k.MergeCall(participant="mallory", into="bob"))
    assert meeting.hearers_of(merged) == {"alice", "bob", "carol", "mallory"}
    assert isinstance(closed, e.LegClosed)
    bob = meeting["bob"]
    assert "mallory" not in meeting
    assert (bob.web, bob.phone, bob.microphone, bool(bob.hand)) == (True, True, False, True)
    assert meeting.does(SYSTEM, meeting.joining("bob", kind=LegKind.PHONE))
    assert meeting.state.calls["call-of-mallory"].origin == "mallory"


def test_the_rights_of_who_phoned_with_the_pin_go_with_them(meeting: Meeting) -> None:
    meeting.phones("mallory")
    meeting.does("alice", c.SetRole(participant="mallory", role=Role.HOST))
    meeting.does("alice", k.MergeCall(participant="mallory", into="bob"))
    assert meeting["bob"].role is Role.HOST


def test_only_a_caller_is_merged_and_only_with_somebody_on_a_page(meeting: Meeting) -> None:
    meeting.refuses("alice", k.MergeCall(participant="bob", into="carol"), Reason.NOT_A_CALLER)
    for caller in ("mallory", "dave"):
        meeting.phones(caller)
    meeting.refuses("alice", k.MergeCall(participant="mallory", into="dave"), Reason.ON_THE_PHONE)
    meeting.refuses("bob", k.MergeCall(participant="mallory", into="bob"), Reason.NOT_ALLOWED)
    meeting.refuses("alice", k.MergeCall(participant="mallory", into="nobody"), Reason.NOT_HERE)


def test_the_owner_on_the_phone_is_not_given_away(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.phones("mallory", entitled=True)
    meeting.refuses("bob", k.MergeCall(participant="mallory", into="carol"), Reason.NOT_ALLOWED)


def test_they_are_two_again(meeting: Meeting) -> None:
    together(meeting)
    meeting.does("alice", k.SplitCall(participant="bob"))
    bob, mallory = meeting["bob"], meeting["mallory"]
    assert (bob.phone, bob.microphone, bob.connected) == (False, False, True)
    assert (mallory.phone, mallory.web, mallory.microphone, mallory.connected) == (True, False, True, False)
    assert meeting.state.calls["call-of-mallory"].participant == "mallory"
    meeting.joins("mallory", kind=LegKind.PHONE)
    assert meeting["mallory"].connected


def test_who_was_muted_by_a_host_stays_so_when_parted() -> None:
    meeting = Meeting(Policy(callers_unmute=False))
    for who in ("alice", "bob"):
        meeting.joins(who)
    together(meeting)
    meeting.does("alice", c.MuteMicrophone(participant="bob"))
    meeting.does("alice", k.SplitCall(participant="bob"))
    meeting.joins("mallory", kind=LegKind.PHONE)
    assert not meeting["mallory"].microphone
    meeting.refuses("mallory", c.UnmuteMicrophone(), Reason.UNMUTE_OFF)
    meeting.does("bob", c.UnmuteMicrophone())


def test_a_phone_that_was_nobody_elses_hangs_up(meeting: Meeting) -> None:
    meeting.dials("alice", "mine", to="alice")
    meeting.phones("alice", call="mine", dialled=True)
    parted, closed = meeting.does("alice", k.SplitCall())
    assert isinstance(parted, k.CallSplit)
    assert isinstance(closed, e.LegClosed)
    assert (parted.origin, meeting["alice"].phone) == ("", False)
    meeting.joins("alice")
    assert not meeting["alice"].phone
    (ended,) = ends(meeting, "mine")
    assert isinstance(ended, k.CallEnded)
    assert ended.participant == "alice"


def test_oneself_may_leave_the_phone(meeting: Meeting) -> None:
    together(meeting)
    meeting.refuses("carol", k.SplitCall(participant="bob"), Reason.NOT_ALLOWED)
    meeting.does("bob", k.SplitCall(hang_up=True))
    assert "mallory" not in meeting
    assert not meeting["bob"].phone


def test_whose_phone_ends_stays_on_the_page_and_is_muted(meeting: Meeting) -> None:
    together(meeting)
    ended, closed, reached = ends(meeting, "call-of-mallory", k.CallCause.MEDIA_LOST)
    assert kinds([ended, closed, reached]) == [k.CallEnded, e.LegClosed, e.ParticipantReached]
    assert (meeting["bob"].phone, meeting["bob"].microphone) == (False, False)


def test_whose_page_is_gone_stays_on_the_phone(meeting: Meeting) -> None:
    together(meeting)
    meeting.does("bob", c.StartCamera())
    drops(meeting, "bob", LegKind.WEB)
    bob = meeting["bob"]
    assert (bob.connected, bob.web, bob.phone, bob.camera) == (True, False, True, False)
    meeting.joins("bob")
    assert (meeting["bob"].web, meeting["bob"].microphone) == (True, True)


def test_whose_page_and_phone_end_after_each_other_is_lost(meeting: Meeting) -> None:
    together(meeting)
    drops(meeting, "bob", LegKind.WEB, DropReason.SERVER)
    ends(meeting, "call-of-mallory")
    assert not meeting["bob"].connected
    meeting.wait(61)
    assert "bob" not in meeting


def test_a_phone_without_a_call_that_drops_is_gone(meeting: Meeting) -> None:
    meeting.joins("bob", kind=LegKind.PHONE)
    assert meeting["bob"].phone
    drops(meeting, "bob", LegKind.PHONE)
    assert not meeting["bob"].phone
