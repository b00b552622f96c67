"""Brands that customers made: kept in the database as they came, unpacked by every server where its pages
find them."""

import datetime as dt
import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from auth_gateway.models import UploadedBrand
from meetingserver.branding.archive import ArchiveRefused, Files, unpacked
from meetingserver.branding.brand import KEY
from meetingserver.branding.installed import library

logger = logging.getLogger(__name__)

MARK = ".uploaded"
"""In each folder: which upload it was made of. It is part of the brand's version, so that all servers say the
same one."""


def brand_files(archive: bytes) -> Files:
    """Raises ArchiveRefused."""
    return unpacked(archive, library().known)


def brand_upload(*, brand: UploadedBrand, archive: bytes) -> None:
    """Kept, and seen from its commit on. Raises ArchiveRefused."""
    brand_files(archive)
    brand.archive = archive
    brand.save()
    transaction.on_commit(brands_unpack)


def brand_remove(*, brand: UploadedBrand) -> None:
    brand.delete()
    transaction.on_commit(brands_unpack)


def brands_unpack(*, anew: bool = False) -> None:
    """What this or another server was given, and only that: cheap when nothing changed. `anew`: also what was
    unpacked by an older program, which may have taken less or more."""
    home = Path(settings.BRAND_UPLOADS)
    if not anew and _kept() == _marks(home):
        return
    with _alone(home):
        kept, marks = _kept(), {} if anew else _marks(home)
        changed = [key for key, mark in kept.items() if mark != marks.get(key)]
        for brand in UploadedBrand.objects.filter(key__in=changed):
            _write(home / brand.key, _files_of(brand))
        for folder in home.iterdir():
            if KEY.fullmatch(folder.name) and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
    library().reload()


def _kept() -> dict[str, str]:
    """Which upload of each brand is in the database."""
    return {key: _mark(at) for key, at in UploadedBrand.objects.values_list("key", "uploaded_at")}


def _mark(uploaded_at: dt.datetime) -> str:
    return uploaded_at.isoformat()


def _marks(home: Path) -> dict[str, str]:
    """Which upload of each brand is unpacked."""
    return {file.parent.name: file.read_text() for file in home.glob(f"*/{MARK}")}


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Server and workers of a machine share the folder."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _files_of(brand: UploadedBrand) -> Files:
    """Of what an upgrade no longer takes only the mark is left, and so there is no such brand."""
    mark = {MARK: _mark(brand.uploaded_at).encode()}
    try:
        return {**brand_files(bytes(brand.archive)), **mark}
    except ArchiveRefused as refused:
        logger.warning("The brand %s is not shown any longer: %s", brand.key, refused)
        return mark


def _write(folder: Path, files: Files) -> None:
    """Nobody sees half a brand: its folder comes as a whole. Names were checked (`archive.FILES`)."""
    draft, former = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for left in (draft, former):
        shutil.rmtree(left, ignore_errors=True)
    for name, content in files.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if folder.exists():
        folder.rename(former)
    draft.rename(folder)
    shutil.rmtree(former, ignore_errors=True)
