"""Every reason that the rules can give, given once."""

from collections.abc import Callable
from typing import Any

import pytest

from conferences.core import billing
from conferences.core import board as b
from conferences.core import calls as k
from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import polls as p
from conferences.core import recording as r
from conferences.core import slides as s
from conferences.core.figures import MOST_POINTS, Colour, Stroke, Width
from conferences.core.rules import Reason, Refused
from conferences.core.rules.calls import MOST_DIALS
from conferences.core.shared_links import ShareLink
from conferences.core.words import SYSTEM, BillingAsked, ChatFiles, Dialers, LegKind, Policy, RecordMode, Role
from tests.conferences.histories_board import FIGURES
from tests.conferences.meeting import Meeting

OF_THE_EDGE = {
    Reason.MALFORMED,
    Reason.TOO_LARGE,
    Reason.TOO_FAST,
    Reason.BUSY,
    Reason.SEAT_INVALID,
    Reason.PIN_WRONG,
    Reason.GUESTS_NOT_ALLOWED,
    Reason.ROOM_NOT_ALLOWED,
    Reason.SIGN_IN_REFUSED,
    Reason.SIGN_IN_UNAVAILABLE,
    Reason.ACCOUNT_FULL,
    Reason.BILLING_CODE_TRIES,
    Reason.UNKNOWN_FORMAT,
    Reason.NEEDS_OFFICE,
    Reason.FILE_EMPTY,
    Reason.FILE_TYPE,
    Reason.TOO_MANY_FILES,
    Reason.PICTURE_BROKEN,
}
"""Given by consumers, views and services; the rules never give them."""


def open_meeting(policy: Policy | None = None) -> Meeting:
    meeting = Meeting(policy)
    for who in ("alice", "bob"):
        meeting.joins(who)
    return meeting


def locked() -> None:
    meeting = open_meeting()
    meeting.does("alice", c.LockConference())
    meeting.refuses(SYSTEM, meeting.joining("carol"), Reason.LOCKED)


def full() -> None:
    meeting = open_meeting(Policy(seats=2))
    meeting.refuses(SYSTEM, meeting.joining("carol"), Reason.FULL)


def removed() -> None:
    meeting = open_meeting()
    meeting.does("alice", c.RemoveParticipant(participant="bob"))
    meeting.refuses(SYSTEM, meeting.joining("bob"), Reason.REMOVED)


def ended() -> None:
    meeting = open_meeting()
    meeting.does("alice", c.EndConference())
    meeting.refuses("alice", c.RaiseHand(), Reason.ENDED)


def too_many_documents() -> None:
    meeting = open_meeting()
    for number in range(s.MOST_DOCUMENTS):
        meeting.brings("alice", f"document-{number}")
    one_more = s.OfferDocument(document="one-more", name="One more", url="/documents/one-more/")
    meeting.refuses("alice", one_more, Reason.TOO_MANY_DOCUMENTS)


def no_page() -> None:
    meeting = open_meeting()
    meeting.brings("alice", "plans", pages=3)
    meeting.refuses("alice", s.TurnPage(document="plans", page=4), Reason.NO_PAGE)


def waiting() -> None:
    meeting = open_meeting(Policy(lobby=True))
    meeting.refuses("alice", c.RemoveParticipant(participant="bob"), Reason.IS_WAITING)


QUICK = p.OpenPoll(kind=p.PollKind.YES_NO)
POLL = 7


def polled() -> Meeting:
    meeting = open_meeting()
    meeting.does("alice", QUICK)
    assert meeting.state.polls[0].id == POLL
    return meeting


def too_many() -> None:
    meeting = open_meeting()
    for _ in range(p.POLLS_KEPT):
        meeting.does("alice", QUICK)
    meeting.refuses("alice", QUICK, Reason.TOO_MANY)


def stopped() -> None:
    meeting = polled()
    meeting.does("alice", p.StopPoll(poll=POLL))
    meeting.refuses("bob", p.AnswerPoll(poll=POLL, choices=(0,)), Reason.POLL_STOPPED)


def answered() -> None:
    meeting = polled()
    meeting.does("bob", p.AnswerPoll(poll=POLL, choices=(0,)))
    meeting.refuses("bob", p.AnswerPoll(poll=POLL, choices=(1,)), Reason.ANSWERED)


PLACE: dict[str, Any] = {"document": "plans", "page": 1}


def planned() -> Meeting:
    meeting = open_meeting()
    meeting.brings("alice", "plans")
    return meeting


def page_full() -> None:
    meeting = planned()
    for number in range(b.SHAPES_KEPT):
        meeting.does("alice", b.AddShape(**PLACE, shape=f"s{number}", figure=FIGURES["line"]))
    one_more = b.AddShape(**PLACE, shape="more", figure=FIGURES["line"])
    meeting.refuses("alice", one_more, Reason.PAGE_FULL)


def too_much_drawn() -> None:
    meeting = planned()
    long = Stroke(colour=Colour.RED, width=Width.THIN, points=(1, 2) * MOST_POINTS)
    for number in range(b.INK_KEPT // (2 * MOST_POINTS + 30)):
        meeting.does("alice", b.AddShape(**PLACE, shape=f"s{number}", figure=long))
    one_more = b.AddShape(**PLACE, shape="more", figure=long)
    meeting.refuses("alice", one_more, Reason.TOO_MUCH_DRAWN)


def on_the_phone() -> Meeting:
    """Carol phones."""
    meeting = open_meeting(Policy(callers_unmute=False))
    meeting.phones("carol")
    return meeting


def unmute_off() -> None:
    meeting = on_the_phone()
    meeting.does("alice", c.MuteAll())
    meeting.refuses("carol", c.UnmuteMicrophone(), Reason.UNMUTE_OFF)


def callers_off() -> None:
    meeting = open_meeting(Policy(callers_allowed=False))
    meeting.refuses(SYSTEM, meeting.joining("carol", kind=LegKind.PHONE), Reason.CALLERS_OFF)


def too_many_calls() -> None:
    meeting = open_meeting()
    for number in range(MOST_DIALS):
        meeting.dials("alice", f"call-{number}")
    meeting.refuses("alice", k.DialOut(number="110"), Reason.TOO_MANY_CALLS)


def already_on_the_phone() -> None:
    meeting = on_the_phone()
    meeting.does("alice", k.MergeCall(participant="carol", into="bob"))
    meeting.phones("mallory")
    meeting.refuses("alice", k.MergeCall(participant="mallory", into="bob"), Reason.ON_THE_PHONE)


def asking_for_a_code() -> Meeting:
    meeting = open_meeting()
    subscribed = billing.ConferenceSubscribed(
        subscription=billing.Subscription(), asked=BillingAsked.MANDATORY, codes=("PO-##",), at=meeting.now
    )
    meeting.happens(subscribed)
    return meeting


GIVEN: dict[Reason, Callable[[], object]] = {
    Reason.BILLING_CODE_NEEDED: lambda: asking_for_a_code().refuses(
        "alice", billing.SetBillingCode(code=""), Reason.BILLING_CODE_NEEDED
    ),
    Reason.BILLING_CODE_WRONG: lambda: asking_for_a_code().refuses(
        "alice", billing.SetBillingCode(code="PO-7"), Reason.BILLING_CODE_WRONG
    ),
    Reason.NAME_NEEDED: lambda: open_meeting().refuses(
        "bob", c.RenameParticipant(name=" "), Reason.NAME_NEEDED
    ),
    Reason.LOCKED: locked,
    Reason.FULL: full,
    Reason.REMOVED: removed,
    Reason.ENDED: ended,
    Reason.NOT_ALLOWED: lambda: open_meeting().refuses("bob", c.MuteAll(), Reason.NOT_ALLOWED),
    Reason.NOT_HERE: lambda: open_meeting().refuses("mallory", c.RaiseHand(), Reason.NOT_HERE),
    Reason.IS_WAITING: waiting,
    Reason.NOT_WAITING: lambda: open_meeting().refuses(
        "alice", c.AdmitParticipant(participant="bob"), Reason.NOT_WAITING
    ),
    Reason.LAST_HOST: lambda: open_meeting().refuses(
        "alice", c.SetRole(participant="alice", role=Role.GUEST), Reason.LAST_HOST
    ),
    Reason.NOT_INCLUDED: lambda: open_meeting(Policy(sharing=False)).refuses(
        "alice", c.ShareScreen(), Reason.NOT_INCLUDED
    ),
    Reason.SHARING_OFF: lambda: open_meeting(Policy(guests_share=False)).refuses(
        "bob", c.ShareScreen(), Reason.SHARING_OFF
    ),
    Reason.TOO_MANY_DOCUMENTS: too_many_documents,
    Reason.NO_DOCUMENT: lambda: open_meeting().refuses(
        "alice", s.PresentDocument(document="plans"), Reason.NO_DOCUMENT
    ),
    Reason.NO_PAGE: no_page,
    Reason.DRAWING_OFF: lambda: planned().refuses(
        "bob", b.AddShape(**PLACE, shape="s1", figure=FIGURES["line"]), Reason.DRAWING_OFF
    ),
    Reason.PAGE_FULL: page_full,
    Reason.TOO_MUCH_DRAWN: too_much_drawn,
    Reason.GONE: lambda: open_meeting().refuses("alice", p.StopPoll(poll=99), Reason.GONE),
    Reason.TOO_MANY: too_many,
    Reason.OPTIONS_NEEDED: lambda: open_meeting().refuses(
        "alice", p.OpenPoll(kind=p.PollKind.SINGLE, question="Tea?", options=("Yes",)), Reason.OPTIONS_NEEDED
    ),
    Reason.CHOICE_NEEDED: lambda: polled().refuses("bob", p.AnswerPoll(poll=POLL), Reason.CHOICE_NEEDED),
    Reason.POLL_STOPPED: stopped,
    Reason.ANSWERED: answered,
    Reason.FILES_OFF: lambda: open_meeting(Policy(chat_files=ChatFiles.NOBODY)).refuses(
        "alice", h.AttachFile(), Reason.FILES_OFF
    ),
    Reason.ADDRESS_WRONG: lambda: open_meeting().refuses(
        "alice", ShareLink(url="data:,x"), Reason.ADDRESS_WRONG
    ),
    Reason.CALLERS_OFF: callers_off,
    Reason.CALLING_OFF: lambda: open_meeting(Policy(dial_out=Dialers.NOBODY)).refuses(
        "alice", k.DialOut(number="110"), Reason.CALLING_OFF
    ),
    Reason.NUMBER_WRONG: lambda: open_meeting().refuses(
        "alice", k.DialOut(number="{110}"), Reason.NUMBER_WRONG
    ),
    Reason.TOO_MANY_CALLS: too_many_calls,
    Reason.NO_CALL: lambda: open_meeting().refuses("alice", k.CancelDial(call="call"), Reason.NO_CALL),
    Reason.NOT_A_CALLER: lambda: open_meeting().refuses(
        "alice", k.MergeCall(participant="bob", into="alice"), Reason.NOT_A_CALLER
    ),
    Reason.ON_THE_PHONE: already_on_the_phone,
    Reason.NOT_ON_THE_PHONE: lambda: open_meeting().refuses("bob", k.SplitCall(), Reason.NOT_ON_THE_PHONE),
    Reason.UNMUTE_OFF: unmute_off,
    Reason.RECORDING_OFF: lambda: open_meeting(Policy(recording=RecordMode.OFF)).refuses(
        "alice", r.StartRecording(), Reason.RECORDING_OFF
    ),
    Reason.RECORDED_ALWAYS: lambda: open_meeting(Policy(recording=RecordMode.ALWAYS)).refuses(
        "alice", r.StopRecording(), Reason.RECORDED_ALWAYS
    ),
    Reason.NOT_RECORDED: lambda: open_meeting().refuses("alice", r.GoLive(), Reason.NOT_RECORDED),
    Reason.TEXT_NEEDED: lambda: open_meeting().refuses("bob", h.SendChat(text=" "), Reason.TEXT_NEEDED),
}


@pytest.mark.parametrize("reason", sorted(set(Reason) - OF_THE_EDGE))
def test_every_reason_of_the_rules_is_given(reason: Reason) -> None:
    GIVEN[reason]()


def test_a_refusal_says_its_reason() -> None:
    refused = Refused(Reason.LOCKED)
    assert refused.reason is Reason.LOCKED
    assert str(refused) == "locked"
