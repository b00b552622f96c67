"""Compiles translations without gettext: every `.po` file becomes the `.mo` file that Django reads. The
sources stay as they are; what is compiled lies in a folder of its own."""

import os
from pathlib import Path

import polib


def compile_texts(sources: Path, compiled: Path) -> int:
    """Compiles what is not what it was the last time; gives the number of catalogues compiled."""
    files = sorted(sources.glob("*/LC_MESSAGES/*.po"))
    return sum(_compile(file, compiled / file.relative_to(sources).with_suffix(".mo")) for file in files)


def _compile(source: Path, target: Path) -> bool:
    """The compiled file carries the time of its source, which an upgrade may also set back."""
    written = source.stat().st_mtime_ns
    if target.exists() and target.stat().st_mtime_ns == written:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    polib.pofile(str(source)).save_as_mofile(str(target))
    os.utime(target, ns=(written, written))
    return True
