"""Deleting parts of a recording for good."""

import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from recording import storage


def tracks_delete(recording: str, *, participants: Collection[str]) -> None:
    """Chunks and masters of these people: what they sent is nowhere any more."""
    for place in {storage.spool_folder(recording), storage.desk_folder(recording)}:
        for participant in participants:
            _delete(place, participant)
    if storage.local_path(recording) is None:
        for folder in (storage.raw_folder(recording), storage.masters_folder(recording)):
            for name in list(storage.names_in(folder)):
                if _participant(name.removeprefix(f"{folder}/")) in participants:
                    storage.recordings_storage.delete(name)


def versions_delete(recording: str, *, but: int) -> None:
    """Bundles that are no longer the newest."""
    folder = storage.recording_folder(recording)
    with suppress(FileNotFoundError):
        for name in storage.recordings_storage.listdir(folder)[0]:
            if name.isdecimal() and int(name) != but:
                storage.folder_delete(f"{folder}/{name}")


def _delete(place: Path, participant: str) -> None:
    for folder in ("raw", "masters"):
        for found in (place / folder).glob(f"{participant}.*"):
            shutil.rmtree(found) if found.is_dir() else found.unlink()


def _participant(name: str) -> str:
    """By the name of a track's folder or file."""
    return name.partition(".")[0]
