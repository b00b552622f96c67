"""Who did what, and who watched."""

import pytest

from auth_gateway.models import AuditEntry, User
from recording.audit import SAME_OPENING_MS, audit_note, recording_opened
from recording.models import Deed, Recording, RecordingAudit
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_openings_within_an_hour_are_one_line(recording: Recording, mallory: User) -> None:
    for at in (BEGIN, BEGIN + 1, BEGIN + SAME_OPENING_MS - 1, BEGIN + SAME_OPENING_MS):
        recording_opened(recording=recording, by=mallory, now=at)
    recording_opened(recording=recording, by=None, now=BEGIN)
    lines = RecordingAudit.objects.order_by("pk").values_list("name", "times")
    assert list(lines) == [("Mallory Moss", 3), ("Mallory Moss", 1), ("", 1)]


def test_a_line_says_who_did_it_when_the_account_is_gone(recording: Recording, mallory: User) -> None:
    audit_note(recording=recording, deed=Deed.RENAMED, by=mallory, now=BEGIN, details="x" * 300)
    mallory.delete()
    line = RecordingAudit.objects.get()
    assert (line.by, line.name, len(line.details)) == (None, "Mallory Moss", 200)
    assert str(line) == f"{recording.pk}: renamed it"


def test_every_line_stands_in_the_servers_audit_log_too(recording: Recording, mallory: User) -> None:
    recording_opened(recording=recording, by=mallory, now=BEGIN)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.who, entry.at) == ("recording opened", "mallory", BEGIN)
    assert recording.pk in entry.subject
