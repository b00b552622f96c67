"""Compiles translations without gettext: every `.po` file becomes the `.mo` file that Django reads. The
sources stay as they are; what is compiled lies in a folder of its own.

A mistake in a catalogue never breaks a page: a text that would do so is left out and read in English; a file
that cannot be read leaves what was compiled before. What was wrong is kept beside it, for `/healthz`.
"""

import os
from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from meetingserver.catalogues import UNUSABLE, Catalogue, Problem, UnreadableCatalogue, read_catalogue


def compile_texts(sources: Path, compiled: Path) -> list[Problem]:
    """Compiles what is not what it was the last time; gives what of it cannot be used."""
    return [
        problem
        for source in sorted(sources.glob("*/LC_MESSAGES/*.po"))
        if not _is_done(source, _target(source, sources, compiled))
        for problem in _compile(source, _target(source, sources, compiled))
    ]


def refresh_texts(sources: Path, compiled: Path) -> bool:
    """Compiles what changed, and has it spoken from now on."""
    stale = any(
        not _is_done(source, _target(source, sources, compiled))
        for source in sources.glob("*/LC_MESSAGES/*.po")
    )
    if stale:
        compile_texts(sources, compiled)
        translation_file_changed(None, compiled / "django.mo")
    return stale


def problems_kept(compiled: Path) -> list[str]:
    """What could not be used when it was compiled last, by file and line."""
    return [
        line for file in sorted(compiled.glob("*/LC_MESSAGES/*.problems")) for line in _lines(file) if line
    ]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _target(source: Path, sources: Path, compiled: Path) -> Path:
    return compiled / source.relative_to(sources).with_suffix(".mo")


def _kept(target: Path) -> Path:
    return target.with_suffix(".problems")


def _is_done(source: Path, target: Path) -> bool:
    """What was made carries the time of its source, which an upgrade may also set back."""
    kept = _kept(target)
    return kept.exists() and kept.stat().st_mtime_ns == source.stat().st_mtime_ns


def _compile(source: Path, target: Path) -> list[Problem]:
    written = source.stat().st_mtime_ns
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        problems = _write(read_catalogue(source), target)
    except UnreadableCatalogue as unreadable:
        problems = [unreadable.problem]
    kept = _kept(target)
    kept.write_text("".join(f"{problem}\n" for problem in problems), encoding="utf-8")
    os.utime(kept, ns=(written, written))
    return problems


def _write(catalogue: Catalogue, target: Path) -> list[Problem]:
    """What stands in the catalogue and can be used. Gives the rest."""
    problems = [problem for problem in catalogue.problems() if problem.kind in UNUSABLE]
    if not catalogue.forms:
        return [*catalogue.problems_of_header(), *problems]
    catalogue.drop_unusable()
    catalogue.entries.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    half = target.with_suffix(f".{os.getpid()}")
    catalogue.entries.save_as_mofile(str(half))
    half.replace(target)  # nobody reads a half
    return problems
