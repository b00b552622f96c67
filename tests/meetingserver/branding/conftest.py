"""A shelf of brands, beside those that are shipped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from meetingserver.branding.installed import library
from meetingserver.branding.library import Installed


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, key: str, toml: str = "", **files: str | bytes) -> Path:
        """`files`: their places, with `__` for the slash and `_dot_` before the ending."""
        self.put(key, "brand.toml", toml)
        for name, content in files.items():
            self.put(key, name.replace("__", "/").replace("_dot_", "."), content)
        return self.folder / key

    def put(self, key: str, place: str, content: str | bytes) -> Path:
        path = self.folder / key / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        library().reload()
        return path

    def brand(self, key: str) -> Installed:
        found = library().get(key)
        assert found is not None
        return found

    def told(self, key: str) -> list[str]:
        """What admins are told of a brand."""
        return [str(problem) for name, problem in library().problems() if name == key]


@contextmanager
def shelved(folder: Path, settings: Settings) -> Iterator[Shelf]:
    settings.BRAND_UPLOADS = folder / "uploads"
    settings.BRAND_PLACES = [folder / "uploads", settings.BASE_DIR / "brands", folder / "brands"]
    library.cache_clear()
    yield Shelf(folder / "brands")
    library.cache_clear()


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Iterator[Shelf]:
    with shelved(tmp_path, settings) as made:
        yield made
