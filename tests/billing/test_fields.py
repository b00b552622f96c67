"""What may be named is what records hold."""

from msgspec import to_builtins

from billing.fields import CONFERENCE, FIELDS, KINDS, LEG
from billing.models import Kind
from billing.tally import bill
from conferences.core import commands as c
from tests.conferences.meeting import Meeting


def test_what_may_be_named_is_what_the_tally_says() -> None:
    meeting = Meeting()
    meeting.joins("alice", account="alice")
    meeting.wait(60)
    meeting.does("alice", c.EndConference())
    made = bill("c1", meeting.events)
    assert set(made.conference) <= set(CONFERENCE)
    assert set(LEG) == {*to_builtins(made.legs[0]), "duration_s", "present_s"}


def test_every_kind_of_record_can_be_mapped() -> None:
    assert set(KINDS) == set(FIELDS) == set(Kind.values)
