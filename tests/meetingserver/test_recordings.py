"""`manage.py recordings`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from auth_gateway.models import User
from conferences.services import room_create
from meetingserver import env
from recording import storage
from recording.models import Recording, Status
from tests.recording.archive import files_of, recording_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording(alice: User, settings: Settings, tmp_path: Path) -> Recording:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "recordings"
    settings.STORAGES = {**settings.STORAGES, "recordings": env.storage("UNSET_STORAGE", folder=folder)}
    return recording_made(room_create(owner=alice, wishes={"name": "Archery room"})[0])


def says(*arguments: str) -> str:
    output = StringIO()
    call_command("recordings", *arguments, stdout=output)
    return output.getvalue()


def test_all_are_listed(recording: Recording) -> None:
    (line,) = says("list").splitlines()
    assert line.startswith(f"{recording.pk}  2023-11-14 22:13  0:50  5,000,000 bytes  ready  alice")
    Recording.objects.update(status=Status.MAKING, step="mix", percent=7, failure="odd")
    assert "making mix 7% (odd)" in says("list")


def test_one_is_made_anew(recording: Recording) -> None:
    assert "is being made anew" in says("rebuild", "--id", recording.pk)
    assert Recording.objects.get().status == Status.MAKING
    with pytest.raises(CommandError, match="made ready just now"):
        says("rebuild", "--id", recording.pk)
    with pytest.raises(CommandError, match="There is no recording x-1"):
        says("rebuild", "--id", "x-1")


def test_what_is_due_is_told_of_and_deleted(recording: Recording) -> None:
    Recording.objects.update(kept_until=1)
    assert "its owner is warned" in says("expire")
    Recording.objects.update(warned_at=1)
    assert "is deleted" in says("expire")
    assert files_of(recording.pk) == set()


def test_rows_and_files_are_compared(recording: Recording) -> None:
    assert "Every recording has its files" in says("check")
    storage.folder_delete(storage.bundle_folder(recording.pk, 1))
    with pytest.raises(CommandError, match="do not agree"):
        says("check")
    Recording.objects.all().delete()
    with pytest.raises(CommandError, match="do not agree"):
        says("check")


def test_one_is_deleted(recording: Recording) -> None:
    Recording.objects.update(status=Status.RECORDING)
    with pytest.raises(CommandError, match="still being recorded"):
        says("delete", "--id", recording.pk)
    Recording.objects.update(status=Status.READY)
    assert "is deleted" in says("delete", "--id", recording.pk)
    assert files_of(recording.pk) == set()
