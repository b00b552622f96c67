"""Tests of recording/storage.py."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from recording.storage import (
    bundle_folder,
    desk_folder,
    folder_delete,
    local_path,
    masters_folder,
    names_in,
    raw_folder,
    recordings_storage,
    size_of,
    spool_folder,
)


def keep(name: str, content: bytes) -> None:
    recordings_storage.save(name, ContentFile(content))


@pytest.fixture(params=["recordings", "elsewhere"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The storage's, on this machine or not."""
    found: Path = request.getfixturevalue(request.param)
    return found


def test_everything_of_a_recording_lies_below_its_id() -> None:
    assert [raw_folder("c-1"), masters_folder("c-1"), bundle_folder("c-1", 2)] == [
        "c-1/raw",
        "c-1/masters",
        "c-1/2",
    ]


def test_files_of_this_machine_have_a_path(recordings: Path) -> None:
    assert local_path("c-1/raw") == recordings / "c-1" / "raw"
    assert spool_folder("c-1") == desk_folder("c-1") == recordings / "c-1"


def test_files_elsewhere_have_none(elsewhere: Path, tmp_path: Path) -> None:
    assert local_path("c-1/raw") is None
    assert spool_folder("c-1") == tmp_path / "spool" / "c-1"
    assert desk_folder("c-1") == tmp_path / "desk" / "c-1"


def test_sizes_are_added_up(folder: Path) -> None:
    keep("c-1/1/manifest.json", b"1234")
    keep("c-1/1/journal/0.json", b"123456")
    keep("c-2/1/manifest.json", b"elsewhere")
    assert list(names_in("c-1")) == ["c-1/1/manifest.json", "c-1/1/journal/0.json"]
    assert (size_of("c-1"), size_of("c-3")) == (10, 0)


def test_a_file_that_is_linked_twice_counts_once(recordings: Path) -> None:
    keep("c-1/masters/p.camera.0.webm", b"12345")
    (recordings / "c-1" / "1").mkdir()
    (recordings / "c-1" / "1" / "p.webm").hardlink_to(recordings / "c-1" / "masters" / "p.camera.0.webm")
    assert size_of("c-1") == 5


def test_what_is_saved_again_replaces_what_was(folder: Path) -> None:
    keep("c-1/1/manifest.json", b"old")
    keep("c-1/1/manifest.json", b"new")
    with recordings_storage.open("c-1/1/manifest.json") as file:
        assert file.read() == b"new"


def test_nothing_is_left_of_what_was_deleted(folder: Path) -> None:
    keep("c-1/1/journal/0.json", b"1234")
    for place in (spool_folder("c-1"), desk_folder("c-1")):
        (place / "raw").mkdir(parents=True, exist_ok=True)
    keep("c-2/1/manifest.json", b"stays")
    folder_delete("c-1")
    folder_delete("c-1")
    assert not list(names_in("c-1"))
    assert not spool_folder("c-1").exists()
    assert not desk_folder("c-1").exists()
    assert list(names_in("c-2"))
