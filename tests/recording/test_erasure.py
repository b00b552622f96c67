"""Parts of recordings that are deleted for good."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from recording import storage
from recording.erasure import tracks_delete, versions_delete
from recording.models import Recording
from tests.recording.archive import files_of

pytestmark = pytest.mark.django_db


def test_tracks_of_one_go_and_those_of_others_stay(recording: Recording) -> None:
    tracks_delete(recording.pk, participants=["bob"])
    assert not {name for name in files_of(recording.pk) if "bob" in name}
    assert {"raw/alice.microphone.0000cafe/0.rtpd", "masters/index.json"} <= files_of(recording.pk)


def test_nobody_goes_for_a_name_that_begins_alike(recording: Recording) -> None:
    before = files_of(recording.pk)
    tracks_delete(recording.pk, participants=["bo", "ali", ""])
    assert files_of(recording.pk) == before


def test_tracks_go_from_a_distant_storage_too(elsewhere: Path, recording: Recording) -> None:
    desk = storage.desk_folder(recording.pk) / "masters"
    desk.mkdir(parents=True)
    (desk / "bob.camera.1.webm").write_bytes(b"a copy")
    tracks_delete(recording.pk, participants=["bob"])
    assert not {name for name in files_of(recording.pk) if "bob" in name}
    assert "masters/alice.microphone.1.webm" in files_of(recording.pk)
    assert list(desk.iterdir()) == []


def test_only_the_newest_version_stays(recording: Recording) -> None:
    assert "1/manifest.json" in files_of(recording.pk)
    storage.recordings_storage.save(
        f"{storage.bundle_folder(recording.pk, 2)}/manifest.json", ContentFile(b"{}")
    )
    versions_delete(recording.pk, but=2)
    left = files_of(recording.pk)
    assert "2/manifest.json" in left
    assert not {name for name in left if name.startswith("1/")}
    assert "masters/index.json" in left
