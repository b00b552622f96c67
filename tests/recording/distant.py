"""A storage that is elsewhere: files of this machine in truth, but nobody is told their paths. With dials."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage


class DistantStorage(Storage):
    """`down`: it cannot be reached. `broken`: what is saved there is not what was sent."""

    down = False
    broken = False

    def __init__(self, **options: Any) -> None:
        self._files = FileSystemStorage(**options, allow_overwrite=True)

    def _near(self) -> FileSystemStorage:
        if DistantStorage.down:
            raise ConnectionError("nobody answers")
        return self._files

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg] # generic for django-stubs only
        return self._near().open(name, mode)

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg] # generic for django-stubs only
        saved = self._near().save(name, content)
        if DistantStorage.broken:
            with self._files.open(saved, "ab") as file:
                file.write(b"noise")
        return saved

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        return self._near().exists(name)

    def delete(self, name: str) -> None:
        self._near().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self._near().listdir(path)

    def get_modified_time(self, name: str) -> datetime:
        return self._near().get_modified_time(name)

    def size(self, name: str) -> int:
        return self._near().size(name)
