"""`manage.py translations`: how far the catalogues are, and what is wrong in them, by file and line."""

import argparse
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_language, to_locale

from bridges.prompts import prompts, worded
from bridges.readings import FILE, faults
from meetingserver.catalogues import Problem, UnreadableCatalogue, read_catalogue
from meetingserver.collecting import (
    Found,
    catalogue_new,
    catalogue_update,
    text_of,
    texts_of,
    texts_of_buttons,
)
from meetingserver.languages import CATALOGUE, UnknownLanguage, locale_of
from meetingserver.pseudo import pseudo_compile
from meetingserver.texts import compile_texts

COLUMNS = ("untranslated", "fuzzy", "placeholders", "plurals", "long")


class Command(BaseCommand):
    help = "Says how far translations are; collects texts, begins a language, compiles."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what")
        check = what.add_parser("check", help="how far each language is, and every problem; the default")
        collect = what.add_parser("collect", help="bring the catalogues up to date with templates and Python")
        for one in (check, collect):
            one.add_argument("languages", nargs="*", help="by default all")
        new = what.add_parser("new", help="a catalogue in which nothing is translated yet")
        new.add_argument("language", help="such as nl, pt-br, zh-hant")
        what.add_parser("compile", help="what servers read; they need a restart")
        what.add_parser("pseudo", help="en-XA and ar-XB, to look for mistakes in pages")

    def handle(self, *_args: Any, **options: Any) -> None:
        commands: dict[str, Callable[[dict[str, Any]], None]] = {
            "check": self._check,
            "collect": self._collect,
            "new": self._new,
            "compile": self._compile,
            "pseudo": self._pseudo,
        }
        commands[options["what"] or "check"](options)

    def _check(self, options: dict[str, Any]) -> None:
        buttons = texts_of_buttons(settings.BASE_DIR)
        found, wrong = _found(), 0
        self.stdout.write("".join(f"{column:>14}" for column in ("language", "texts", *COLUMNS, "other")))
        for file in _files(options.get("languages") or []):
            problems = [*problems_here(file, found, buttons), *_unread(file)]
            self._tell(file, problems, total=len(found))
            wrong += len(problems)
        if wrong:
            raise CommandError(f"{wrong} problems. Texts are collected by: manage.py translations collect")

    def _tell(self, file: Path, problems: list[Problem], *, total: int) -> None:
        kinds: Counter[str] = Counter(
            problem.kind if problem.kind in COLUMNS else "other" for problem in problems
        )
        cells = (file.parent.parent.name, total, *(kinds[column] for column in (*COLUMNS, "other")))
        self.stdout.write("".join(f"{cell:>14}" for cell in cells))
        for problem in problems:
            self.stdout.write(str(problem._replace(file=_seen_from_here(problem.file))))

    def _collect(self, options: dict[str, Any]) -> None:
        found = _found()
        for file in _files(options["languages"]):
            catalogue = polib.pofile(str(file), encoding="utf-8", wrapwidth=0)
            catalogue_update(catalogue, found)
            catalogue.save(str(file))
            self.stdout.write(f"{_seen_from_here(file)}: {len(catalogue)} texts.")

    def _new(self, options: dict[str, Any]) -> None:
        folder = to_locale(options["language"].replace("_", "-").lower())
        file = settings.CATALOGUES / folder / CATALOGUE
        if file.exists():
            raise CommandError(f"{_seen_from_here(file)} is there already.")
        try:
            locale_of(folder)
        except UnknownLanguage:
            raise CommandError(
                f"{options['language']!r} is no language. It is named as in BCP 47: nl, pt-br, zh-hant."
            ) from None
        catalogue = catalogue_new(folder, _found())
        file.parent.mkdir(parents=True)
        catalogue.save(str(file))
        self.stdout.write(f"{_seen_from_here(file)}: {len(catalogue)} texts, offered from the next start on.")

    def _compile(self, _options: dict[str, Any]) -> None:
        problems = compile_texts(settings.CATALOGUES, settings.COMPILED_CATALOGUES)
        if problems:
            raise CommandError("\n".join(map(str, problems)))

    def _pseudo(self, _options: dict[str, Any]) -> None:
        pseudo_compile(next(iter(_files([]))), settings.COMPILED_CATALOGUES)
        if not settings.PSEUDO_LANGUAGES:
            self.stdout.write("They are offered with PSEUDO_LANGUAGES=true.")


def problems_here(file: Path, found: Found, buttons: Collection[str]) -> list[Problem]:
    """Of a catalogue by itself, and beside what pages say."""
    try:
        catalogue = read_catalogue(file)
    except UnreadableCatalogue as unreadable:
        return [unreadable.problem]
    known = {text_of(entry): entry.linenum for entry in catalogue.entries}
    lacks = [
        Problem(file, 1, "untranslated", f"lacks a text of {places[0]}: {text}")
        for text, places in found.items()
        if text not in known
    ]
    left = [
        Problem(file, line, "obsolete", f"nothing says this any more: {text}")
        for text, line in known.items()
        if text not in found
    ]
    return [*catalogue.problems(buttons), *lacks, *left]


def _unread(file: Path) -> Iterator[Problem]:
    """What callers hear in the language of a catalogue, and no voice can read."""
    readings = file.parent.parent / FILE
    try:
        usable = read_catalogue(file)
    except UnreadableCatalogue:
        return
    if not usable.forms:
        return
    usable.drop_unusable()
    catalogue = GNUTranslations(BytesIO(usable.entries.to_binary()))
    untranslated = _said(NullTranslations())
    texts = [text for text in _said(catalogue) if text not in untranslated]
    for line, what in faults(readings, texts, to_language(file.parent.parent.name)):
        yield Problem(readings, line, "reading", what)


def _said(catalogue: NullTranslations) -> list[str]:
    return [worded(prompt, catalogue.gettext, catalogue.ngettext) for prompt in prompts()]


@cache
def _found() -> Found:
    here = [Path(app.path) for app in apps.get_app_configs()]
    return texts_of(settings.BASE_DIR, [home.name for home in here if home.parent == settings.BASE_DIR])


def _files(languages: list[str]) -> list[Path]:
    files = {file.parent.parent.name: file for file in sorted(settings.CATALOGUES.glob(f"*/{CATALOGUE}"))}
    wanted = [to_locale(language.replace("_", "-").lower()) for language in languages] or list(files)
    unknown = [folder for folder in wanted if folder not in files]
    if unknown:
        raise CommandError(f"There is no catalogue for {unknown[0]}; begin it by: manage.py translations new")
    return [files[folder] for folder in wanted]


def _seen_from_here(file: Path) -> Path:
    return file.relative_to(settings.BASE_DIR) if file.is_relative_to(settings.BASE_DIR) else file
