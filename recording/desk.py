"""The folder of this machine in which a recording is made. What comes to lie there does so whole: it is
written under another name, then renamed, so whoever was killed in between has done no harm."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def masters(self) -> Path:
        return self.folder / "masters"

    def bundle(self, version: int) -> Path:
        return self.folder / str(version)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A file to write to; it becomes `path` if nothing goes wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    with replaced(path) as part:
        part.write_bytes(content)


def write_json(path: Path, content: Any) -> None:
    write_bytes(path, msgspec.json.encode(content))


def read_json(path: Path, kind: type[T], default: T) -> T:
    """`default` where there is no such file. Raises msgspec.DecodeError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return default
