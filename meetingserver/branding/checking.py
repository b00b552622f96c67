"""Everything that is wrong with a brand, by file and line, without anybody visiting a page."""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist, engines
from django.utils.translation import override

from meetingserver.branding import css, markup
from meetingserver.branding.brand import Problem
from meetingserver.branding.choosing import branded
from meetingserver.branding.colours import Pair, faint
from meetingserver.branding.library import STATIC, Installed, found
from meetingserver.branding.loader import plain
from meetingserver.branding.phrases import files_of, unusable
from meetingserver.branding.reading import FILE
from meetingserver.branding.stylesheet import colours_of
from meetingserver.branding.variables import ALWAYS, given, spoken
from meetingserver.catalogues import UnreadableCatalogue, read_catalogue
from meetingserver.toml_places import place_of

KINDS = {"templates": ".html .txt .webmanifest", "email": ".txt", "snippets": ".html"}
"""Folders of templates, and what is in them."""
READ = (FILE, *KINDS, STATIC, "locale", "phone")
SNIPPETS = ("head", "header", "footer", "join_notice")


@dataclass(frozen=True, eq=False)
class Page:
    """A page with sample data. Both are made anew for every look at it."""

    template: str
    context: Callable[[], dict[str, Any]]
    request: Callable[[], HttpRequest]


@dataclass(frozen=True, eq=False)
class Trial:
    """With what brands are tried: the colours of the base, the pages, the languages; `sounds` may be in
    `phone/`; `phrases` are all that our catalogues say."""

    base: Mapping[str, Pair]
    pages: Iterable[Page]
    languages: Collection[str]
    sounds: Collection[str] = ()
    phrases: Collection[str] = ()


def problems_of(one: Installed, trial: Trial) -> list[Problem]:
    """Of its own files; what it extends is another's. In the order of files and lines, each once."""
    problems = [
        *one.problems,
        *_colours(one, trial.base),
        *_stray(one.folders[0]),
        *_stylesheets(one),
        *_templates(one),
        *_catalogues(one, trial),
        *_sounds(one.folders[0], trial),
        *_pages(one, trial),
        *one.noted,
    ]
    return sorted(dict.fromkeys(problems))


def _colours(one: Installed, base: Mapping[str, Pair]) -> Iterator[Problem]:
    if not one.brand.colours:
        return
    text = (one.folders[0] / FILE).read_text(errors="replace")
    for pair in faint(colours_of(one.brand, dict(base))):
        named = [("colours", name) for name in (pair.front, pair.back) if name in one.brand.colours]
        at = place_of(text, named[0] if named else ("colours", "accent"))[0]
        words = (
            f"{pair.front} on {pair.back} has a contrast of {pair.ratio:.1f} on {pair.scheme} pages; "
            f"WCAG AA wants {pair.needed}."
        )
        yield Problem(FILE, at, words)


def _stray(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.name not in READ and not path.name.startswith((".", "README", "LICENSE")):
            yield Problem(path.name, 1, "Nothing reads this.", is_warning=True)
    for path in files_in(folder / "snippets"):
        if path.stem not in SNIPPETS:
            words = f"There is no place for this snippet, only for {', '.join(SNIPPETS)}."
            yield Problem(str(path.relative_to(folder)), 1, words)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _stylesheets(one: Installed) -> Iterator[Problem]:
    static = one.folders[0] / STATIC
    for path in files_in(static):
        if path.suffix != ".css":
            continue
        beside = str(path.parent.relative_to(static))
        try:
            text = path.read_text(encoding="utf-8")
        except ValueError:
            yield Problem(str(path.relative_to(one.folders[0])), 1, "This is not UTF-8.")
            continue
        yield from css.problems_of(
            text,
            str(path.relative_to(one.folders[0])),
            has=partial(_is_there, one, beside),
        )


def _is_there(one: Installed, beside: str, name: str) -> bool:
    return found(one.folders, posixpath.normpath(posixpath.join(beside, name))) is not None


# Templates, as they stand


def _templates(one: Installed) -> Iterator[Problem]:
    for folder, endings in KINDS.items():
        home = one.folders[0] / folder
        for path in files_in(home):
            file = str(path.relative_to(one.folders[0]))
            name = f"snippets/{path.name}" if folder == "snippets" else str(path.relative_to(home))
            if path.suffix not in endings.split():
                yield Problem(file, 1, f"Here are {endings} files only.", is_warning=True)
            elif folder != "snippets" or path.stem in SNIPPETS:
                yield from _template(one, path, name, file)


def _template(one: Installed, path: Path, name: str, file: str) -> Iterator[Problem]:
    try:
        source = path.read_text(encoding="utf-8")
    except ValueError:
        yield Problem(file, 1, "This is not UTF-8.")
        return
    yield from markup.problems_of(source, file)
    with plain():
        ours = _loaded(name)
    if ours is None:
        yield Problem(file, 1, f"There is no {name} that this could stand for.", is_warning=True)
    elif not name.startswith("snippets/"):
        yield from markup.age_of(source, file, ours.source)
    with branded(one.key):
        own = _loaded(name)
    if own is not None and own.origin.name == str(path):
        names = ALWAYS | _names() | given(own)
        for said in spoken(own):
            if said.name not in names:
                yield Problem(file, said.line, f"Pages give nothing called {said.name!r}.")


def _loaded(name: str) -> Any:
    try:
        return _engine().get_template(name)
    except TemplateDoesNotExist:
        return None


def _engine() -> Any:
    return engines["django"].engine  # type: ignore[attr-defined]


_ours: set[str] = set()


def _names() -> set[str]:
    """All that our own templates speak of."""
    if not _ours:
        for folder in _engine().dirs:
            for path in files_in(Path(folder)):
                with plain():
                    template = _loaded(str(path.relative_to(folder)))
                _ours.update(said.name for said in spoken(template)) if template else None
    return _ours


# Pages, as people would see them


class _Missing(str):
    """What an engine puts for variables that are not there; it is asked with each."""

    places: dict[int, tuple[str, int]]
    found: list[Problem]

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, variable: Any) -> str:
        if place := self.places.get(id(variable)):
            self.found.append(Problem(*place, f"There is no {variable} here."))
        return ""


def _pages(one: Installed, trial: Trial) -> Iterator[Problem]:
    engine, missing = _engine(), _Missing("?")
    missing.found = []
    before, engine.string_if_invalid = engine.string_if_invalid, missing
    try:
        with branded(one.key):
            for language in _languages_of(one, trial):
                with override(language):
                    missing.places = _places(one)
                    yield from _rendered(one, trial, language)
    finally:
        engine.string_if_invalid = before
    yield from missing.found


def _languages_of(one: Installed, trial: Trial) -> list[str]:
    return [code for code in trial.languages if code in (one.brand.languages.allowed or trial.languages)]


def _places(one: Installed) -> dict[int, tuple[str, int]]:
    """Where the brand's own files speak of which variable. The loader keeps the templates."""
    places = {}
    for folder in KINDS:
        home = one.folders[0] / folder
        for path in files_in(home):
            name = f"snippets/{path.name}" if folder == "snippets" else str(path.relative_to(home))
            template = _loaded(name)
            if template is not None and template.origin.name == str(path):
                file = str(path.relative_to(one.folders[0]))
                places.update({id(said.variable): (file, said.line) for said in spoken(template)})
    return places


def _rendered(one: Installed, trial: Trial, language: str) -> Iterator[Problem]:
    """What breaks is noted at the brand; what is not its fault is ours."""
    for page in trial.pages:
        try:
            engines["django"].get_template(page.template).render(page.context(), page.request())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is said, and the next page is tried
            words = f"{page.template} cannot be made in {language}: {type(error).__name__}: {error}"
            yield Problem(f"templates/{page.template}", 1, words)


# Words and sounds


def _catalogues(one: Installed, trial: Trial) -> Iterator[Problem]:
    home = one.folders[0]
    known = {file for language in trial.languages for file in files_of(home, language)}
    for path in files_in(home / "locale"):
        file = str(path.relative_to(home))
        if path.suffix == ".mo":
            continue
        if path not in known:
            yield Problem(
                file, 1, "Nothing reads this: locale/<language>/LC_MESSAGES/django.po.", is_warning=True
            )
            continue
        try:
            catalogue = read_catalogue(path)
        except UnreadableCatalogue as unreadable:
            yield Problem(file, unreadable.problem.line, unreadable.problem.what)
            continue
        yield from unusable(catalogue, home)
        for entry in catalogue.entries:
            if trial.phrases and not entry.obsolete and entry.msgid not in trial.phrases:
                yield Problem(file, entry.linenum, f"Nothing says {entry.msgid[:60]!r}.", is_warning=True)


def _sounds(folder: Path, trial: Trial) -> Iterator[Problem]:
    for path in files_in(folder / "phone"):
        file, language = str(path.relative_to(folder)), path.parent.name
        if path.suffix != ".wav" or path.read_bytes()[:4] != b"RIFF":
            yield Problem(file, 1, "Telephones play .wav files.")
        elif trial.sounds and path.stem not in trial.sounds:
            yield Problem(file, 1, f"No prompt is called {path.stem!r}.", is_warning=True)
        elif language not in (*trial.languages, "signs"):
            yield Problem(file, 1, f"The server does not speak {language!r}.", is_warning=True)
