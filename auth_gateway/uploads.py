"""Brands that customers made: kept as they came, unpacked where pages find them."""

import shutil
from pathlib import Path

from django.conf import settings

from auth_gateway.models import UploadedBrand
from meetingserver.branding.archive import ArchiveRefused, Files, unpacked
from meetingserver.branding.installed import library


def brand_files(archive: bytes) -> Files:
    """Raises ArchiveRefused."""
    return unpacked(archive, library().known)


def brand_upload(*, brand: UploadedBrand, archive: bytes) -> None:
    """Kept, and seen from now on. Raises ArchiveRefused."""
    files = brand_files(archive)
    brand.archive = archive
    brand.save()
    _write(brand.key, files)


def brand_remove(*, brand: UploadedBrand) -> None:
    key = brand.key
    brand.delete()
    shutil.rmtree(_folder(key), ignore_errors=True)
    library().reload()


def brands_unpack() -> None:
    """What another server was given, and what an upgrade no longer takes."""
    for brand in UploadedBrand.objects.all():
        try:
            files = brand_files(bytes(brand.archive))
        except ArchiveRefused:
            shutil.rmtree(_folder(brand.key), ignore_errors=True)
        else:
            _write(brand.key, files)


def _write(key: str, files: Files) -> None:
    """Nobody sees half a brand: its folder comes as a whole. Names were checked (`archive.FILES`)."""
    folder = _folder(key)
    draft, former = folder.with_name(f".{key}.new"), folder.with_name(f".{key}.old")
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
    library().reload()


def _folder(key: str) -> Path:
    return Path(settings.BRAND_UPLOADS) / key
