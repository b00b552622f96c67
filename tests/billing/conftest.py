"""The cast's conferences, to be billed."""

import pytest

from conferences.core import commands as c
from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room
from conferences.services import conference_current
from tests.conferences.meeting import BEGIN, Meeting


@pytest.fixture
def ended(room: Room) -> str:
    """Alice and Bob met for ten minutes."""
    meeting = Meeting()
    meeting.joins("alice", account="alice")
    meeting.joins("bob")
    meeting.wait(600)
    meeting.does("alice", c.EndConference())
    conference = conference_current(room.pk, now=BEGIN)
    JournalEntry.objects.filter(conference=conference, seq=1).delete()
    first, *others = meeting.events
    JournalEntry.objects.bulk_create(entries(conference, 1, [first]))
    JournalEntry.objects.bulk_create(entries(conference, 3, others))
    Conference.objects.filter(pk=conference).update(ended_at=meeting.now)
    return conference
