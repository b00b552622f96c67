"""What a conference goes under in the books."""

import pytest
from msgspec.structs import replace

from conferences.core import billing as b
from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.rules.billing import fits
from conferences.core.words import SYSTEM, BillingAsked, Role
from tests.conferences.meeting import BEGIN, Meeting


def test_a_host_gives_the_conference_a_code_and_takes_it_back(meeting: Meeting) -> None:
    meeting.does("alice", b.SetBillingCode(code="  PO\n77 "))
    assert meeting.state.billing_code == "PO 77"
    assert meeting.does("alice", b.SetBillingCode(code="PO 77")) == []
    meeting.does("alice", b.SetBillingCode(code=""))
    assert meeting.state.billing_code == ""


def test_nobody_else_does(meeting: Meeting) -> None:
    meeting.refuses("bob", b.SetBillingCode(code="x"), Reason.NOT_ALLOWED)
    meeting.refuses("mallory", b.SetBillingCode(code="x"), Reason.NOT_HERE)


def test_presenters_see_the_code_and_guests_do_not(meeting: Meeting) -> None:
    meeting.does("alice", b.SetBillingCode(code="PO-77"))
    assert meeting.state.seen_by("bob").billing_code == ""
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    assert meeting.state.seen_by("bob").billing_code == "PO-77"


def wanting(meeting: Meeting, *codes: str, must: bool = False, owners: str = "") -> None:
    """What the room asks of its hosts."""
    subscription = b.Subscription(billing_code=owners)
    asked = BillingAsked.MANDATORY if must else BillingAsked.OPTIONAL
    meeting.happens(b.ConferenceSubscribed(subscription=subscription, asked=asked, codes=codes, at=BEGIN))


def comes(meeting: Meeting, who: str, code: str) -> list[object]:
    joining = replace(meeting.joining(who), billing_code=code)
    return [event for event in meeting.does(SYSTEM, joining) if isinstance(event, b.BillingCodeSet)]


@pytest.mark.parametrize(
    ("code", "accepted", "is_right"),
    [
        ("anything", (), True),
        ("PO-77", ("PO-77",), True),
        ("po-77", ("PO-77",), True),
        ("PO-78", ("PO-77", "PO-78"), True),
        ("PO-7", ("PO-77",), False),
        ("4711", ("####",), True),
        ("47112", ("####",), False),
        ("47a1", ("####",), False),
        ("٤٧١١", ("####",), False),
        ("ACME/2026", ("ACME/*",), True),
        ("a?[x]", ("A?[X]",), True),
        ("ab", ("a?",), False),
        ("x", ("[x]",), False),
        ("a" * 64, ("*a" * 30 + "b",), False),
    ],
)  # fmt: skip
def test_codes_fit_or_not(code: str, accepted: tuple[str, ...], is_right: bool) -> None:
    assert fits(code, accepted) is is_right


def test_a_code_that_is_not_accepted_is_refused(meeting: Meeting) -> None:
    wanting(meeting, "PO-##")
    meeting.refuses("alice", b.SetBillingCode(code="PO-7"), Reason.BILLING_CODE_WRONG)
    meeting.does("alice", b.SetBillingCode(code="PO-77"))
    meeting.does("alice", b.SetBillingCode(code=""))


def test_one_that_must_be_said_is_not_taken_away(meeting: Meeting) -> None:
    wanting(meeting, must=True)
    meeting.does("alice", b.SetBillingCode(code="PO-77"))
    meeting.refuses("alice", b.SetBillingCode(code=" "), Reason.BILLING_CODE_NEEDED)


def test_the_code_that_a_host_brings_holds_until_a_host_says_another() -> None:
    meeting = Meeting()
    wanting(meeting, "PO-##")
    assert comes(meeting, "alice", "PO-77")
    assert meeting.state.billing_code == "PO-77"
    meeting.does("alice", b.SetBillingCode(code="PO-78"))
    meeting.does("alice", c.LeaveConference())
    assert comes(meeting, "alice", "PO-77") == []
    assert meeting.state.billing_code == "PO-78"


def test_what_guests_bring_and_what_is_not_accepted_is_not_the_conferences() -> None:
    meeting = Meeting()
    wanting(meeting, "PO-##", owners="PO-11")
    assert comes(meeting, "bob", "PO-77") == []
    assert comes(meeting, "alice", "else") == []
    assert comes(meeting, "alice", "PO-11") == [], "it is the owner's anyway"
