"""What a conference comes to."""

from typing import Literal

import pytest

from billing.legs import Leg
from billing.tally import bill
from conferences.core import billing as b
from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core import events as e
from conferences.core import recording as r
from conferences.core.words import SYSTEM, DropReason, EndReason, LegKind, Policy
from tests.conferences.meeting import BEGIN, Meeting

MINUTE = 60


@pytest.fixture
def morning() -> Meeting:
    """Alice by web, from the beginning; it is her account."""
    meeting = Meeting(Policy(empty_s=7 * 86_400, lone_s=7 * 86_400))
    meeting.happens(
        b.ConferenceSubscribed(
            subscription=b.Subscription(
                room="123456789", subscriber="alice", account="ACME", billing_code="A1"
            ),
            at=BEGIN,
        )
    )
    meeting.joins("alice", account="alice")
    return meeting


def ends(meeting: Meeting) -> None:
    meeting.does("alice", c.EndConference())


def legs(meeting: Meeting) -> dict[tuple[str, str], Leg]:
    return {(leg.participant, leg.type): leg for leg in bill("c", meeting.events).legs}


def calls(meeting: Meeting, who: str, *, direction: Literal["in", "out"] = "in") -> None:
    """By phone; what the bridge says of the call follows."""
    meeting.joins(who, kind=LegKind.PHONE, name="+49 … 123")
    [leg] = [
        id for id, leg in meeting.state.legs.items() if leg.participant == who and leg.kind is LegKind.PHONE
    ]
    meeting.events.append(
        k.CallBegan(
            participant=who, leg=leg, call=f"call-{who}", bridge="office", direction=direction,
            caller="+4930123", dialled="+4989555", started_at=meeting.now - 9_000,
            answered_at=meeting.now - 8_000, at=meeting.now,
        )
    )  # fmt: skip


def test_what_has_not_ended_is_not_billed(morning: Meeting) -> None:
    with pytest.raises(ValueError, match="not ended"):
        bill("c", morning.events)


def test_a_conference_says_who_pays_how_long_and_how_many(morning: Meeting) -> None:
    morning.wait(10 * MINUTE)
    morning.joins("bob")
    morning.wait(50 * MINUTE)
    morning.does("alice", b.SetBillingCode(code="PO-77"))
    ends(morning)
    told = bill("c", morning.events).conference
    assert (told["account"], told["subscriber"], told["room"]) == ("ACME", "alice", "123456789")
    assert (told["billing_code"], told["duration_s"], told["end_reason"]) == ("PO-77", 3600, "host")
    assert (told["peak_legs"], told["peak_web"], told["peak_phone"], told["persons"]) == (2, 2, 0, 2)
    assert (told["port_minutes_web"], told["port_minutes_dialin"]) == (60 + 50, 0)


def test_a_caller_merged_with_a_web_participant_is_one_person_with_two_legs(morning: Meeting) -> None:
    morning.joins("bob", name="Bob")
    morning.wait(MINUTE)
    morning.phones("mallory")
    morning.wait(MINUTE)
    morning.does("alice", k.MergeCall(participant="mallory", into="bob"))
    morning.joins("bob", kind=LegKind.PHONE)
    morning.wait(8 * MINUTE)
    morning.does(SYSTEM, k.EndCall(call="call-of-mallory", cause=k.CallCause.NORMAL))
    ends(morning)
    told = legs(morning)
    assert set(told) == {("alice", "web"), ("bob", "web"), ("bob", "dialin")}
    web, phone = told["bob", "web"], told["bob", "dialin"]
    assert web.person == phone.person != told["alice", "web"].person
    assert (web.sibling, phone.sibling, told["alice", "web"].sibling) == (phone.id, web.id, "")
    assert (phone.call, phone.cause, phone.duration_s) == ("call-of-mallory", "normal", 9 * MINUTE)
    assert (phone.display_name, web.duration_s) == ("Bob", 10 * MINUTE)
    assert bill("c", morning.events).conference["persons"] == 2


def test_who_is_parted_from_a_caller_is_two_persons_again(morning: Meeting) -> None:
    morning.joins("bob")
    morning.phones("mallory")
    morning.does("alice", k.MergeCall(participant="mallory", into="bob"))
    morning.joins("bob", kind=LegKind.PHONE)
    morning.wait(MINUTE)
    morning.does("alice", k.SplitCall(participant="bob"))
    morning.joins("mallory", kind=LegKind.PHONE)
    morning.wait(MINUTE)
    ends(morning)
    told = legs(morning)
    assert told["mallory", "dialin"].duration_s == 2 * MINUTE
    assert told["mallory", "dialin"].person != told["bob", "web"].person
    assert told["bob", "web"].sibling == ""


def test_a_merged_caller_whose_phone_never_comes_back_was_there_until_then(morning: Meeting) -> None:
    morning.joins("bob")
    morning.phones("mallory")
    morning.wait(MINUTE)
    morning.does("alice", k.MergeCall(participant="mallory", into="bob"))
    morning.wait(60 * MINUTE)
    ends(morning)
    assert legs(morning)["bob", "dialin"].duration_s == MINUTE


def test_every_call_is_a_leg_of_its_own(morning: Meeting) -> None:
    for call in ("first", "second"):
        morning.dials("alice", call, to="alice")
        morning.phones("alice", call=call, dialled=True)
        morning.wait(MINUTE)
        morning.does(SYSTEM, k.EndCall(call=call, cause=k.CallCause.NORMAL))
        morning.wait(5 * MINUTE)
    ends(morning)
    phones = [leg for leg in bill("c", morning.events).legs if leg.type == "dialout"]
    assert [(leg.call, leg.duration_s) for leg in phones] == [("first", MINUTE), ("second", MINUTE)]


def test_a_call_has_its_numbers_and_how_it_ended(morning: Meeting) -> None:
    calls(morning, "caller", direction="out")
    morning.events.append(
        k.CallEnded(
            participant="caller", call="call-caller", cause=k.CallCause.NORMAL, sip_code=200, q850=16,
            codec="PCMA", mos=4.2, loss_percent=0.5, jitter_ms=3.0, at=morning.now,
        )
    )  # fmt: skip
    ends(morning)
    leg = legs(morning)["caller", "dialout"]
    assert (leg.caller, leg.dialled, leg.bridge, leg.call) == (
        "+4930123",
        "+4989555",
        "office",
        "call-caller",
    )
    assert (leg.cause, leg.q850, leg.codec, leg.mos) == ("normal", 16, "PCMA", 4.2)
    assert leg.answered_at == BEGIN - 8_000


def test_who_comes_back_in_time_has_one_leg(morning: Meeting) -> None:
    morning.joins("bob")
    morning.does(SYSTEM, c.DropLeg(leg=list(morning.state.legs)[-1], reason=DropReason.NETWORK))
    morning.wait(30)
    morning.joins("bob")
    morning.wait(30)
    morning.does("bob", c.LeaveConference())
    morning.wait(5 * MINUTE)
    morning.joins("bob")
    morning.wait(MINUTE)
    ends(morning)
    stays = [leg for leg in bill("c", morning.events).legs if leg.participant == "bob"]
    assert [(leg.duration_s, leg.reconnects) for leg in stays] == [(60, 1), (60, 0)]


def test_a_leg_whose_server_died_ends_when_it_was_heard_of_last(morning: Meeting) -> None:
    morning.wait(MINUTE)
    leg = next(iter(morning.state.legs))
    seen_at = morning.now
    morning.wait(3600)
    morning.happens(
        e.LegClosed(participant="alice", leg=leg, reason=DropReason.SERVER, seen_at=seen_at, at=morning.now),
        e.ConferenceEnded(reason=EndReason.EMPTY, at=morning.now),
    )
    told = bill("c", morning.events)
    assert (told.legs[0].duration_s, told.legs[0].estimated) == (60, True)
    assert told.conference["estimated"]


def test_waiting_is_told_apart_and_makes_no_minutes() -> None:
    meeting = Meeting(Policy(lobby=True))
    meeting.joins("bob")
    meeting.joins("carol")
    meeting.wait(3 * MINUTE)
    meeting.joins("alice")
    meeting.wait(MINUTE)
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    meeting.wait(MINUTE)
    meeting.does("alice", k.HoldInLobby(participant="bob"))
    meeting.wait(MINUTE)
    ends(meeting)
    told = legs(meeting)
    assert (told["bob", "web"].duration_s, told["bob", "web"].present_s) == (6 * MINUTE, MINUTE)
    assert (told["carol", "web"].duration_s, told["carol", "web"].present_s) == (6 * MINUTE, 0)
    assert told["alice", "web"].waited_ms == 0
    assert bill("c", meeting.events).conference["port_minutes_web"] == 1 + 3


def test_a_caller_who_hung_up_in_the_lobby_was_never_present() -> None:
    meeting = Meeting(Policy(lobby=True))
    meeting.joins("alice")
    meeting.phones("mallory")
    meeting.wait(MINUTE)
    meeting.does(SYSTEM, k.EndCall(call="call-of-mallory", cause=k.CallCause.NORMAL))
    ends(meeting)
    assert (legs(meeting)["mallory", "dialin"].waited_ms, legs(meeting)["mallory", "dialin"].present_s) == (
        60_000,
        0,
    )


def test_what_was_recorded_counts_without_pauses(morning: Meeting) -> None:
    morning.does("alice", r.StartRecording())
    morning.wait(MINUTE)
    morning.does("alice", r.PauseRecording())
    morning.wait(MINUTE)
    morning.does("alice", r.ResumeRecording())
    morning.wait(MINUTE)
    ends(morning)
    assert bill("c", morning.events).conference["recorded_s"] == 2 * MINUTE


def test_a_recording_that_was_refused_at_its_beginning_recorded_nothing(morning: Meeting) -> None:
    morning.does("alice", r.StartRecording())
    started = morning.state.recording
    assert started
    morning.wait(1)
    morning.does(SYSTEM, r.FailRecording(recording=started.id, reason=r.StopReason.MINUTES))
    morning.does("alice", c.EndConference())
    assert bill("c", morning.events).conference["recorded_s"] == 0


def test_the_time_in_which_a_server_was_gone_costs_nothing(morning: Meeting) -> None:
    morning.wait(MINUTE)
    seen_at = morning.now
    morning.wait(3600)
    drop = c.DropLeg(leg=morning.leg_of("alice"), reason=DropReason.SERVER, seen_at=seen_at)
    morning.does(SYSTEM, drop)
    morning.wait(10)
    morning.joins("alice")
    morning.wait(50)
    ends(morning)
    told = bill("c", morning.events)
    assert (told.legs[0].duration_s, told.legs[0].reconnects) == (2 * MINUTE, 1)
    assert (told.legs[0].outage_ms, told.legs[0].estimated) == (3_600_000, True)
    assert told.conference["port_minutes_web"] == 2


def test_nobody_leaves_before_they_came(morning: Meeting) -> None:
    seen_at = morning.now - 3000
    drop = c.DropLeg(leg=morning.leg_of("alice"), reason=DropReason.SERVER, seen_at=seen_at)
    morning.does(SYSTEM, drop)
    morning.happens(e.ConferenceEnded(reason=EndReason.EMPTY, at=morning.now))
    assert bill("c", morning.events).legs[0].duration_s == 0


def test_the_same_journal_gives_the_same_records(morning: Meeting) -> None:
    calls(morning, "caller")
    ends(morning)
    assert bill("c", morning.events) == bill("c", morning.events)
