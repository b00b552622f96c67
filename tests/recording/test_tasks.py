"""What workers do. Tasks are done at once here."""

import pytest
from django.conf import settings

from conferences.clock import now
from conferences.core.commands import EndConference
from conferences.models import Room
from recording import storage, tasks
from recording.models import Recording, Status
from recording.retention import DAY_MS
from tests.conferences.meeting import Meeting
from tests.recording import takes
from tests.recording.archive import files_of
from tests.recording.test_making import take_of
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


def test_a_recording_is_made_to_its_end(room: Room) -> None:
    taken = take_of(room)
    tasks.advance_recording.delay(taken.pk)
    taken.refresh_from_db()
    assert (taken.status, taken.worked_at) == (Status.READY, 0)
    tasks.advance_recording.delay(taken.pk)
    tasks.advance_recording.delay("never heard of")
    tasks.forget_raw.delay()
    assert Recording.objects.get(pk=taken.pk).version == 1


def test_what_was_forgotten_is_found(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    taken = takes.recording_of(meeting, room, begin=meeting.now, end=meeting.now + 2_000)
    tasks.look_after_recordings.delay()
    tasks.ship_recordings.delay()
    taken.refresh_from_db()
    assert taken.status == Status.READY


def test_everything_that_is_to_be_done_at_times_exists() -> None:
    named = {task.name for task in vars(tasks).values() if hasattr(task, "delay")}
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {name for name in planned if name.startswith("recording.")} <= named
