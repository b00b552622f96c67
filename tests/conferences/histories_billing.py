"""Plots of billing. `histories.py` gathers them."""

from conferences.core import billing as b
from tests.conferences.histories import plot, three
from tests.conferences.meeting import BEGIN, Meeting


@plot("alice", three)
def billing(meeting: Meeting) -> None:
    """It is said who pays; a host gives the conference a code of its own, and takes it back"""
    meeting.happens(b.ConferenceSubscribed(subscription=b.Subscription(account="ACME"), at=BEGIN))
    meeting.does("alice", b.SetBillingCode(code="PO-77"))
    meeting.does("alice", b.SetBillingCode(code=" "))


@plot("bob", three)
def billing_of_a_guest(meeting: Meeting) -> None:
    """A guest hears nothing of the code"""
    meeting.does("alice", b.SetBillingCode(code="PO-77"))
