"""What a brand says otherwise than our catalogues do: single phrases of its `locale/`, by language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils.translation import to_locale
from django.utils.translation.trans_real import DjangoTranslation

from meetingserver.branding.brand import Problem
from meetingserver.branding.choosing import current
from meetingserver.branding.library import Installed
from meetingserver.catalogues import UNUSABLE, Catalogue, UnreadableCatalogue, read_catalogue

Phrases = Mapping[str | tuple[str, int], str]
"""By the English text, as gettext has them: with its context before it, and the number of the plural form."""
CONTEXT = "\x04"


class BrandedTranslation(DjangoTranslation):
    """A language as it is spoken here: by the brand first."""

    def gettext(self, message: str) -> str:
        """What a brand says without a context it says in all. A page has hundreds of texts, and most brands
        say none of them otherwise."""
        if own := phrases(current(), self.language()):
            found = own.get(message) or own.get(message.rpartition(CONTEXT)[2])
            if found:
                return found
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        own = phrases(current(), self.language())
        found = own.get((msgid1, self.plural(n))) if own else ""
        return found or super().ngettext(msgid1, msgid2, n)


def phrases(one: Installed, language: str) -> Phrases:
    if language not in one.phrases:
        one.phrases[language] = _read(one, language) if one.has_phrases else {}
    return one.phrases[language]


def _read(one: Installed, language: str) -> Phrases:
    found: dict[str | tuple[str, int], str] = {}
    for folder in reversed(one.folders):
        for file in files_of(folder, language):
            try:
                catalogue = read_catalogue(file)
            except UnreadableCatalogue as unreadable:
                line, what = unreadable.problem.line, unreadable.problem.what
                one.note(Problem(str(file.relative_to(folder)), line, what))
                continue
            for problem in unusable(catalogue, folder):
                one.note(problem)
            catalogue.drop_unusable()
            found.update(_said(catalogue))
    return found


def files_of(folder: Path, language: str) -> list[Path]:
    """Of the wider language first: what Austrians read is German unless it is said otherwise."""
    names = dict.fromkeys([to_locale(language.partition("-")[0]), to_locale(language)])
    files = (folder / "locale" / name / "LC_MESSAGES" / "django.po" for name in names)
    return [file for file in files if file.is_file()]


def unusable(catalogue: Catalogue, folder: Path) -> Iterator[Problem]:
    """What of it is left out. Who says some phrases only need not say all that a catalogue does."""
    counts = any(entry.msgid_plural for entry in catalogue.entries)
    for problem in catalogue.problems():
        if problem.kind in UNUSABLE or (problem.kind == "header" and counts and not catalogue.forms):
            yield Problem(str(problem.file.relative_to(folder)), problem.line, problem.what)


def _said(catalogue: Catalogue) -> Iterator[tuple[str | tuple[str, int], str]]:
    for entry in catalogue.entries:
        if entry.obsolete or entry.fuzzy:
            continue
        key = f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid
        if entry.msgid_plural and catalogue.forms:
            yield from (((key, form), text) for form, text in entry.msgstr_plural.items() if text)
        elif entry.msgstr:
            yield key, entry.msgstr
