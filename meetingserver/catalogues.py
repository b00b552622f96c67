"""Reads catalogues and says what is wrong with them, by file and line."""

import gettext
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polib

from meetingserver import languages

Kind = Literal[
    "file",
    "header",
    "untranslated",
    "fuzzy",
    "obsolete",
    "placeholders",
    "plurals",
    "markup",
    "twice",
    "long",
    "reading",
]

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")
LINE = re.compile(r'(?:#.*|(?:msg(?:ctxt|id|id_plural|str|str\[\d\])\s+)?"(?:[^"\\]|\\.)*")?')
LONE_SIGN = re.compile(r"[%{}]")
MARKUP = re.compile(r'["<>&]')
ROOM, ROOM_OF_ALL = 3.3, 20
"""A button's text may be so many times as wide as in English; all may have so many letters."""
MILLION = 1_000_000
NUMBERS = [*range(1000), MILLION]
UNUSABLE: frozenset[Kind] = frozenset({"placeholders", "plurals", "markup"})
"""What is wrong so badly that the English text is better."""


class Problem(NamedTuple):
    file: Path
    line: int
    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class UnreadableCatalogue(Exception):
    """Not one text of it can be had. Carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Catalogue:
    """A file that can be read. `forms` is empty where nobody can count by it: then it is of no use."""

    def __init__(self, file: Path, entries: polib.POFile) -> None:
        self.file = file
        self.entries = entries
        self.language = file.parent.parent.name
        self.forms = forms_of(entries.metadata.get("Plural-Forms", ""))

    def problems(self, buttons: Collection[str] = ()) -> Iterator[Problem]:
        """`buttons`: texts that must stay short."""
        yield from self.problems_of_header()
        seen: set[tuple[str | None, str]] = set()
        for entry in self.entries:
            for kind, what in problems_of(entry, self.forms):
                yield Problem(self.file, entry.linenum, kind, f"{what}: {shortened(entry.msgid)}")
            if entry.msgid in buttons and (widest := _widest(entry)) > room_for(entry.msgid):
                what = f"{widest} wide, and its button has room for {room_for(entry.msgid)}"
                yield Problem(self.file, entry.linenum, "long", f"{what}: {shortened(entry.msgid)}")
            if (entry.msgctxt, entry.msgid) in seen:
                yield Problem(
                    self.file, entry.linenum, "twice", f"stands here twice: {shortened(entry.msgid)}"
                )
            seen.add((entry.msgctxt, entry.msgid))

    def drop_unusable(self) -> None:
        for entry in list(self.entries):
            if any(kind in UNUSABLE for kind, _what in problems_of(entry, self.forms)):
                self.entries.remove(entry)

    def problems_of_header(self) -> Iterator[Problem]:
        for name, what in header_faults(self.language, self.entries.metadata):
            yield Problem(self.file, self._line_of(name), "header", what)
        if self.entries.metadata_is_fuzzy:
            yield Problem(self.file, 1, "fuzzy", "the header is marked fuzzy")

    def _line_of(self, name: str) -> int:
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return next((number for number, line in enumerate(lines, 1) if line.startswith(f'"{name}:')), 1)


def read_catalogue(file: Path) -> Catalogue:
    """Raises `UnreadableCatalogue` for what makes the whole file useless."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise UnreadableCatalogue(Problem(file, line, "file", "this is not UTF-8")) from None
    for line, text in enumerate(lines, 1):
        if not LINE.fullmatch(text.strip()):
            what = "this is no line of a catalogue; is a quote open, or does one need a backslash?"
            raise UnreadableCatalogue(Problem(file, line, "file", what))
    try:
        entries = polib.pofile(str(file), encoding="utf-8")
    except OSError as error:
        # As polib says it: Syntax error in po file x/django.po (line 7): unescaped double quote found
        found = re.search(r"\(line (\d+)\)(?:: (.*))?$", str(error))
        line, what = (int(found[1]), found[2] or "syntax error") if found else (1, str(error))
        raise UnreadableCatalogue(Problem(file, line, "file", what)) from None
    return Catalogue(file, entries)


def problems_of_file(file: Path, buttons: Collection[str] = ()) -> list[Problem]:
    try:
        return list(read_catalogue(file).problems(buttons))
    except UnreadableCatalogue as unreadable:
        return [unreadable.problem]


Forms = Mapping[int, list[int]]
"""Which numbers each plural form is for, of a thousand and one."""


def forms_of(plural_forms: str) -> Forms:
    """Of a header such as `nplurals=2; plural=(n != 1);`. Empty: nobody can count by it."""
    found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=(.+?);?\s*", plural_forms, re.DOTALL)
    if not found:
        return {}
    try:
        form_of: Callable[[int], int] = gettext.c2py(found[2])
    except ValueError:
        return {}
    numbers: dict[int, list[int]] = {form: [] for form in range(int(found[1]))}
    for number in NUMBERS:
        form = form_of(number)
        if form not in numbers:
            return {}
        numbers[form].append(number)
    return numbers


def header_faults(language: str, metadata: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names of headers, and what is wrong with them."""
    if not metadata:
        yield "", "the header is missing"
        return
    if metadata.get("Language") != language:
        yield "Language", f"the header should say Language: {language}"
    if metadata.get("Content-Type", "").replace(" ", "").lower() != "text/plain;charset=utf-8":
        yield "Content-Type", "the header should say Content-Type: text/plain; charset=UTF-8"
    forms = forms_of(metadata.get("Plural-Forms", ""))
    if not forms:
        yield "Plural-Forms", "the header's Plural-Forms are missing or cannot be counted by"
    elif languages.is_known(language) and _groups(forms) != _groups(_categories(language)):
        yield "Plural-Forms", "the header's Plural-Forms are not those of the language (CLDR)"


def _categories(language: str) -> Mapping[str, list[int]]:
    rule = languages.plural_rule(language)
    numbers = defaultdict(list)
    for number in NUMBERS:
        numbers[rule(number)].append(number)
    return numbers


def _groups(forms: Mapping[Any, list[int]]) -> list[list[int]]:
    """Which numbers below a thousand go together. Whether whole millions have a form of their own, as the
    CLDR gives them in French, is left to the translator."""
    groups = ([number for number in numbers if number < MILLION] for numbers in forms.values())
    whole = [MILLION] in forms.values()
    return sorted(group for group in groups if group or not whole)


def problems_of(entry: polib.POEntry, forms: Forms) -> Iterator[tuple[Kind, str]]:
    """Of a text and its translation."""
    if entry.obsolete:
        yield "obsolete", "nothing says this any more"
        return
    if entry.fuzzy or entry.previous_msgid:
        yield "fuzzy", "this was guessed"
    texts = translations(entry)
    if not all(texts):
        yield "untranslated", "not translated"
        return
    if entry.msgid_plural:
        yield from _of_plurals(entry, forms)
    elif placeholders(entry.msgid) != placeholders(entry.msgstr):
        yield "placeholders", _difference(placeholders(entry.msgid), placeholders(entry.msgstr))
    if any(MARKUP.search(text) for text in texts):
        # `{% translate %}` does not escape: it could break out of an attribute of the page.
        yield "markup", 'has one of " < > &'


def _of_plurals(entry: polib.POEntry, forms: Forms) -> Iterator[tuple[Kind, str]]:
    """Only a form for one number may leave the number out."""
    if not forms:
        return  # the header is at fault
    if sorted(entry.msgstr_plural) != sorted(forms):
        yield "plurals", f"has {len(entry.msgstr_plural)} plural forms, not {len(forms)}"
        return
    wanted = placeholders(entry.msgid_plural)
    for form, text in entry.msgstr_plural.items():
        missing = wanted - placeholders(text)
        may_miss = 1 if len(forms[form]) == 1 else 0
        if placeholders(text) - wanted or missing.total() > may_miss:
            yield "placeholders", f"form {form} {_difference(wanted, placeholders(text))}"


def _difference(wanted: Counter[str], found: Counter[str]) -> str:
    parts = []
    if wanted - found:
        parts.append(f"lacks {' '.join(sorted((wanted - found).elements()))}")
    if found - wanted:
        parts.append(f"invents {' '.join(sorted((found - wanted).elements()))}")
    return " and ".join(parts)


def room_for(english: str) -> int:
    """How wide a button's text may be, in Latin letters. Short words grow most: Go, Los, Przejdź."""
    return max(ROOM_OF_ALL, round(ROOM * width(english)))


def width(text: str) -> int:
    """In Latin letters: those of Chinese and Japanese are twice as wide, marks above letters have none."""
    shown = (letter for letter in text if not unicodedata.combining(letter))
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in shown)


def _widest(entry: polib.POEntry) -> int:
    return max(width(text) for text in translations(entry))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> Counter[str]:
    """Also signs that make one by mistake, where there are others: a lone `%` or brace."""
    found = Counter(PLACEHOLDER.findall(text))
    if found:
        found.update(LONE_SIGN.findall(PLACEHOLDER.sub("", text.replace("%%", ""))))
    return found


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
