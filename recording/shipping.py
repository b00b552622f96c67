"""Carries files between this machine and a storage that is elsewhere. Where the storage is a folder of
this machine there is nothing to carry. What was carried is read back and compared; whoever was stopped
begins again where it was."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files import File

from recording.chunks import SUFFIX
from recording.desk import read_json, replaced, write_json
from recording.storage import (
    desk_folder,
    local_path,
    masters_folder,
    names_in,
    raw_folder,
    recordings_storage,
    spool_folder,
)

BLOCK = 1 << 20
SHIPPED = "shipped.json"


class ShippedBadly(ConnectionError):
    """What arrived is not what was sent."""


def chunks_ship(id: str) -> Iterator[Path]:
    """Carry the sealed chunks of one recording away, and documents that were removed meanwhile; tells each
    file that was carried, and is gone from here."""
    raw = spool_folder(id) / "raw"
    if local_path(raw_folder(id)) is not None or not raw.is_dir():
        return
    shipped = chunks_shipped(id)
    for path in sorted(raw.glob(f"*/*{SUFFIX}")):
        name = path.relative_to(raw).as_posix()
        carry(path, f"{raw_folder(id)}/{name}")
        shipped[name] = path.stat().st_size
        write_json(spool_folder(id) / SHIPPED, shipped)
        path.unlink()
        yield path
    for path in sorted(path for path in (spool_folder(id) / "masters").rglob("*") if path.is_file()):
        carry(path, f"{id}/{path.relative_to(spool_folder(id)).as_posix()}")
        path.unlink()
        yield path


def chunks_shipped(id: str) -> dict[str, int]:
    """What this machine carried away of a recording: sizes in bytes."""
    return read_json(spool_folder(id) / SHIPPED, dict[str, int], {})


def carry(path: Path, name: str) -> None:
    """Unless it is there already, as it should be. Raises ShippedBadly."""
    digest = _digest(path.open("rb"))
    if recordings_storage.exists(name) and recordings_storage.size(name) == path.stat().st_size:
        if _digest(recordings_storage.open(name)) == digest:
            return
        recordings_storage.delete(name)
    with path.open("rb") as file:
        recordings_storage.save(name, File(file))
    if _digest(recordings_storage.open(name)) != digest:
        recordings_storage.delete(name)
        raise ShippedBadly(name)


def _digest(file: "File[bytes] | IO[bytes]") -> bytes:
    digest = hashlib.sha256()
    with file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.digest()


def fetch(id: str) -> Iterator[Path]:
    """Bring what was captured, and the masters there are, to the desk; tells each that was missing."""
    yield from fetch_folder(id, raw_folder(id))
    yield from fetch_folder(id, masters_folder(id))


def fetch_folder(id: str, folder: str) -> Iterator[Path]:
    """One folder of a recording."""
    if local_path(folder) is None:
        for name in names_in(folder):
            path = desk_folder(id).joinpath(*name.split("/")[1:])
            if not path.exists():
                with replaced(path) as part, recordings_storage.open(name) as found, part.open("wb") as copy:
                    while block := found.read(BLOCK):
                        copy.write(block)
                yield path


def deliver(id: str, folder: str) -> Iterator[Path]:
    """Carry a folder of the desk to the storage; the manifest last. Tells each."""
    place = desk_folder(id) / folder
    if local_path(id) is not None or not place.is_dir():
        return
    files = [path for path in sorted(place.rglob("*")) if path.is_file() and path.suffix != ".part"]
    for path in sorted(files, key=lambda path: path.name == "manifest.json"):
        carry(path, f"{id}/{path.relative_to(desk_folder(id)).as_posix()}")
        yield path
