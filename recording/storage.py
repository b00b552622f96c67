"""Where recordings lie (docs/recording.md): names of folders in the storage `recordings`, and the folders of
this machine in which they come into being: the same where that storage is a folder of this machine.

Names are relative to the storage and parted by `/`.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.storage import Storage, storages


class _Recordings:
    """The storage of that name, as the settings have it now."""

    def __getattr__(self, name: str) -> Any:
        return getattr(storages["recordings"], name)


recordings_storage = cast(Storage, _Recordings())


def local_path(name: str) -> Path | None:
    """The file or folder on this machine; None: the storage is elsewhere."""
    try:
        return Path(recordings_storage.path(name))
    except NotImplementedError:
        return None


def recording_folder(id: str) -> str:
    return id


def raw_folder(id: str) -> str:
    return f"{recording_folder(id)}/raw"


def masters_folder(id: str) -> str:
    return f"{recording_folder(id)}/masters"


def bundle_folder(id: str, version: int) -> str:
    return f"{recording_folder(id)}/{version}"


def spool_folder(id: str) -> Path:
    """Where a recording is captured: its folder on this machine, which `raw/` lies in."""
    return local_path(recording_folder(id)) or Path(settings.DATA_DIR) / "spool" / id


def desk_folder(id: str) -> Path:
    """Where workers make a recording: its folder on this machine, which `masters/` and the bundles lie in."""
    return local_path(recording_folder(id)) or Path(settings.DATA_DIR) / "desk" / id


def names_in(folder: str) -> Iterator[str]:
    """Of all files in a folder of the storage and the folders below, each with its whole name."""
    folders: list[str] = []
    files: list[str] = []
    with suppress(FileNotFoundError, NotADirectoryError):
        folders, files = recordings_storage.listdir(folder)
    for name in sorted(files):
        yield f"{folder}/{name}"
    for name in sorted(folders):
        yield from names_in(f"{folder}/{name}")


def last_captured(id: str) -> int:
    """When a chunk was written last, here or in the storage; in ms since 1970, 0: there is none."""
    times = [recordings_storage.get_modified_time(name).timestamp() for name in names_in(raw_folder(id))]
    for chunk in (spool_folder(id) / "raw").glob("*/*"):
        with suppress(FileNotFoundError):
            times.append(chunk.stat().st_mtime)
    return int(max(times, default=0) * 1000)


def size_of(folder: str) -> int:
    """In bytes, of all files in it. A file that is linked twice counts once."""
    path = local_path(folder)
    if path is None:
        return sum(recordings_storage.size(name) for name in names_in(folder))
    sizes: dict[int, int] = {}
    for file in path.rglob("*"):
        with suppress(FileNotFoundError):  # it was renamed meanwhile
            found = file.stat()
            if file.is_file():
                sizes[found.st_ino] = found.st_size
    return sum(sizes.values())


def folder_delete(folder: str) -> None:
    """With everything in it, and what this machine has of it on its desk and in its spool."""
    path = local_path(folder)
    for place in [path] if path else [spool_folder(folder), desk_folder(folder)]:
        with suppress(FileNotFoundError):
            shutil.rmtree(place)
    if path is None:
        for name in names_in(folder):
            recordings_storage.delete(name)
