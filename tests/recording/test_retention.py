"""What time deletes, and that nothing comes back."""

import os

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from auth_gateway.models import User
from conferences.models import Room
from recording import services, storage
from recording.models import Deed, Recording, RecordingAudit, Status
from recording.retention import (
    DAY_MS,
    SILENCE_MS,
    WARNED_BEFORE_MS,
    orphan_folders,
    recordings_expire,
    recordings_sweep,
    recordings_warn,
)
from tests.conferences.meeting import BEGIN
from tests.recording.archive import files_of, recording_made

pytestmark = pytest.mark.django_db

END = BEGIN + 100 * DAY_MS
SOON = END - WARNED_BEFORE_MS


@pytest.fixture
def ending(recording: Recording) -> Recording:
    """Alice's, kept until END."""
    Recording.objects.filter(pk=recording.pk).update(kept_until=END)
    recording.refresh_from_db()
    return recording


def test_owners_are_warned_once_a_week_before(ending: Recording, room: Room, alice: User) -> None:
    alice.email = "alice@example.org"
    alice.save()
    recording_made(room, number=30, title="Kept for ever")
    assert recordings_warn(now=SOON - 1) == []
    assert recordings_warn(now=SOON) == [ending.pk]
    assert recordings_warn(now=SOON + 1) == []
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.org"]
    assert sent.subject == "A recording will be deleted soon"
    assert "Archery: on " in sent.body
    assert "/recordings" in sent.body
    assert "Kept for ever" not in sent.body


def test_who_has_several_gets_one_mail(ending: Recording, room: Room, alice: User) -> None:
    alice.email = "alice@example.org"
    alice.save()
    recording_made(room, number=30, title="Bows & arrows", kept_until=END)
    recordings_warn(now=SOON)
    (sent,) = mail.outbox
    assert sent.subject == "2 recordings will be deleted soon"
    assert "Bows & arrows" in sent.body


def test_who_has_no_address_is_warned_on_the_page_alone(ending: Recording) -> None:
    assert recordings_warn(now=SOON) == [ending.pk]
    assert mail.outbox == []


def test_a_recording_goes_when_its_time_is_over(ending: Recording) -> None:
    recordings_warn(now=SOON)
    assert recordings_expire(now=END - 1) == []
    assert recordings_expire(now=END) == [ending.pk]
    assert files_of(ending.pk) == set()
    assert list(RecordingAudit.objects.values_list("deed", flat=True)) == [Deed.EXPIRED, Deed.WARNED]


def test_nobody_loses_a_recording_without_a_day_of_warning(ending: Recording) -> None:
    late = END + 30 * DAY_MS
    assert recordings_expire(now=late) == [], "not warned: the server was off"
    recordings_warn(now=late)
    assert recordings_expire(now=late + DAY_MS - 1) == []
    assert recordings_expire(now=late + DAY_MS) == [ending.pk]


def test_what_is_being_made_is_not_deleted_by_time(ending: Recording) -> None:
    recordings_warn(now=SOON)
    Recording.objects.update(status=Status.MAKING)
    assert recordings_expire(now=END) == []


def test_what_a_worker_writes_after_the_deletion_is_swept(recording: Recording, alice: User) -> None:
    Recording.objects.update(status=Status.MAKING)
    services.recording_delete(recording=recording, by=alice, now=END)
    late = f"{storage.bundle_folder(recording.pk, 2)}/audio/0.m4s"
    storage.recordings_storage.save(late, ContentFile(b"too late"))
    assert orphan_folders() == [recording.pk]
    assert recordings_sweep(now=END) == [recording.pk]
    assert files_of(recording.pk) == set()


def test_folders_of_a_deleted_room_are_swept_when_they_are_silent(recording: Recording, room: Room) -> None:
    other = recording_made(room, number=30)
    Recording.objects.filter(pk=recording.pk).delete()
    written = _last_written(recording.pk)
    assert recordings_sweep(now=written + SILENCE_MS - 1000) == [], "a capture may have just begun"
    assert recordings_sweep(now=written + SILENCE_MS + 1000) == [recording.pk]
    assert files_of(recording.pk) == set()
    assert files_of(other.pk)


def _last_written(recording: str) -> int:
    folder = storage.local_path(recording)
    assert folder
    return int(max(os.stat(file).st_mtime for file in folder.rglob("*")) * 1000)
