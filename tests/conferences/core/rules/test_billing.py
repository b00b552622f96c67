"""What a conference goes under in the books."""

from conferences.core import billing as b
from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting


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
