"""What workers do from time to time."""

import pytest

from conferences.clock import now
from conferences.core.commands import EndConference
from recording import storage, tasks
from recording.models import Recording
from recording.retention import DAY_MS
from tests.recording.archive import files_of
from tests.recording.test_sessions import Book, book, row  # noqa: F401 - `book` is a fixture

pytestmark = pytest.mark.django_db


def test_recordings_are_warned_of_and_deleted(recording: Recording) -> None:
    Recording.objects.update(kept_until=now() - 1)
    tasks.warn_of_the_end()
    recording.refresh_from_db()
    assert recording.warned_at
    tasks.expire_recordings()
    assert Recording.objects.exists(), "it was warned of just now"
    Recording.objects.update(warned_at=now() - 2 * DAY_MS)
    tasks.expire_recordings()
    assert not Recording.objects.exists()


def test_what_a_killed_server_did_not_say_is_said(book: Book) -> None:  # noqa: F811 - the fixture
    seq = book.starts()
    book.settles(seq)
    book.meeting.does("alice", EndConference())
    book.writes()
    tasks.look_after_recordings()
    assert row(seq).stopped_at == book.meeting.now


def test_fresh_folders_without_a_row_are_left_alone(recording: Recording) -> None:
    Recording.objects.all().delete()
    tasks.sweep_recordings()
    assert files_of(recording.pk)
    assert storage.size_of(recording.pk)
