"""Plots of billing. `histories.py` gathers them."""

from msgspec.structs import replace

from conferences.core import billing as b
from conferences.core.words import SYSTEM
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


@plot("alice", lambda meeting: meeting.happens(_asking()))
def billing_code_brought(meeting: Meeting) -> None:
    """A host brings the code"""
    meeting.does(SYSTEM, replace(meeting.joining("alice"), billing_code="PO-77"))
    meeting.does("alice", b.SetBillingCode(code="PO-78"))


def _asking() -> b.ConferenceSubscribed:
    return b.ConferenceSubscribed(subscription=b.Subscription(), codes=("PO-##",), at=BEGIN)
