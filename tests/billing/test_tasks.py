"""What ended is billed, whatever was lost on the way."""

import pytest

from billing import tasks
from billing.models import Kind, Record
from conferences.models import Conference, JournalEntry
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_what_nobody_billed_is_found(ended: str) -> None:
    tasks.look_after_conferences()
    tasks.look_after_conferences()
    assert Record.objects.filter(kind=Kind.CONFERENCE).get().subject == ended


def test_one_that_cannot_be_read_does_not_keep_others_waiting(ended: str) -> None:
    room = Conference.objects.get(pk=ended).room
    Conference.objects.create(id="broken", room=room, created_at=BEGIN, ended_at=BEGIN)
    assert not JournalEntry.objects.filter(conference="broken").exists()
    tasks.look_after_conferences()
    assert Record.objects.filter(kind=Kind.CONFERENCE).get().subject == ended
