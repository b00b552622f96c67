"""Recordings that lack files."""

import pytest

from conferences.models import Room
from recording import storage
from recording.checking import missing_files
from recording.models import Recording, Status
from tests.recording.archive import recording_made

pytestmark = pytest.mark.django_db


def test_a_whole_recording_lacks_nothing(recording: Recording) -> None:
    assert list(missing_files()) == []


def test_what_is_gone_of_a_bundle_is_named(recording: Recording) -> None:
    name = f"{storage.bundle_folder(recording.pk, 1)}/manifest.json"
    storage.recordings_storage.delete(name)
    assert list(missing_files()) == [(recording.pk, name)]


def test_one_that_cannot_be_made_lacks_what_was_captured(room: Room) -> None:
    lost = recording_made(room, status=Status.FAILED, bundle=False)
    recording_made(room, number=30, status=Status.RECORDING, bundle=False)
    assert list(missing_files()) == [(lost.pk, f"{lost.pk}/raw")]
