"""Finds what is to be translated, in templates and in Python, and brings catalogues up to date with it,
without gettext. Also finds which texts stand on buttons."""

import ast
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.plurals import get_plural
from babel.plural import to_gettext
from django.utils.translation.template import templatize

from meetingserver.catalogues import forms_of, header_faults, shortened
from meetingserver.languages import locale_of, own_name

LITERAL = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
CALL = re.compile(rf"(?P<call>\bn?p?gettext|\b_)\(\s*(?P<said>{LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)
CALLS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""With how many texts they begin: the context, the text, the plural."""
BUTTON = re.compile(
    r"<button\b(?P<kind>[^>]*)>(?P<said>.*?)</button>|<a\b(?P<like>[^>]*class=\"button\b[^>]*)>(?P<told>.*?)</a>",
    re.DOTALL,
)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
TRANSLATE = re.compile(r"\{% translate (\"[^\"]*\"|'[^']*')(?: context (?:\"[^\"]*\"|'[^']*'))? %\}")
ROOMY = re.compile(r"role=\"(?:menuitem|option|tab)|button-wide|button-wraps|\{%\s*if")
"""Buttons that are as wide as what is around them."""


ALIKE = 0.8
"""How much so, of 1, a text must be like an older one to get its translation as a guess."""


class Text(NamedTuple):
    """`context` tells apart what English says by one word, such as a verb and a noun."""

    msgid: str
    plural: str = ""
    context: str = ""

    def __str__(self) -> str:
        return f"{shortened(self.msgid)} ({self.context})" if self.context else shortened(self.msgid)


Found = dict[Text, list[str]]
"""Every text with the files that say it, as seen from the project."""


def texts_of(root: Path, apps: Iterable[str]) -> Found:
    found: Found = {}
    for file in _files(root, apps):
        read = texts_of_python if file.suffix == ".py" else texts_of_template
        for text in read(file.read_text(encoding="utf-8")):
            places = found.setdefault(text, [])
            if (place := file.relative_to(root).as_posix()) not in places:
                places.append(place)
    return found


def _files(root: Path, apps: Iterable[str]) -> Iterator[Path]:
    for app in sorted(apps):
        yield from sorted((root / app).rglob("*.py"))
    yield from sorted(file for file in (root / "templates").rglob("*.*") if file.is_file())


def texts_of_template(source: str) -> Iterator[Text]:
    """Django leaves calls of gettext, among letters that mean nothing."""
    for found in CALL.finditer(templatize(source)):
        said = [ast.literal_eval(literal) for literal in re.findall(LITERAL, found["said"])]
        yield _text(found["call"], said)


def texts_of_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            call = re.sub("_(?:lazy|noop)$", "", node.func.id)
            wanted = CALLS.get(call, 0)
            said = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant)]
            if wanted and len(said) == wanted:
                yield _text(call, [str(one) for one in said])


def _text(call: str, said: list[str]) -> Text:
    context = said.pop(0) if "pgettext" in call else ""
    return Text(said[0], said[1] if call.startswith("n") else "", context)


def text_of(entry: polib.POEntry) -> Text:
    return Text(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def texts_of_buttons(root: Path) -> frozenset[str]:
    """Those that must stay short: on buttons that are as wide as their text."""
    files = (root / "templates").rglob("*.html")
    return frozenset(text for file in files for text in buttons_of(file.read_text(encoding="utf-8")))


def buttons_of(source: str) -> Iterator[str]:
    """A `>` in a tag of Django's does not end one of HTML."""
    hidden = TRANSLATE.sub(lambda found: f"{{% translate {found[1]} %}}".replace(">", "\0"), source)
    for found in BUTTON.finditer(hidden):
        if not ROOMY.search(found["kind"] or found["like"] or ""):
            for said in TRANSLATE.finditer(found["said"] or found["told"] or ""):
                yield str(ast.literal_eval(said[1])).replace("\0", ">")


def catalogue_new(folder: str, found: Found) -> polib.POFile:
    """Nothing is translated. Raises `UnknownLanguage`."""
    catalogue = polib.POFile(wrapwidth=0)
    english = locale_of(folder).english_name
    catalogue.header = f"The {english} texts of MeetingServer ({own_name(folder)})."
    catalogue.metadata = {
        "Project-Id-Version": "MeetingServer",
        "Report-Msgid-Bugs-To": "",
        "Language-Team": english,
        "Language": folder,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(folder),
    }
    catalogue_update(catalogue, found)
    return catalogue


def plural_forms(folder: str) -> str:
    """For the header: as translators know it, if that is right, else as the CLDR has it."""
    known = str(get_plural(folder).plural_forms)
    faults = header_faults(folder, {"Language": folder, "Plural-Forms": known})
    wrong = any(header == "Plural-Forms" for header, _what in faults)
    return to_gettext(locale_of(folder).plural_form) if wrong else known.rstrip(";") + ";"


def catalogue_update(catalogue: polib.POFile, found: Found) -> None:
    """Texts that are gone go; new ones come to the end, those that are like an older one with its translation
    as a guess (fuzzy)."""
    old = {text_of(entry): entry for entry in catalogue if not entry.obsolete}
    gone = {text.msgid: entry for text, entry in old.items() if text not in found}
    forms = range(len(forms_of(catalogue.metadata.get("Plural-Forms", ""))))
    for entry in [*gone.values(), *catalogue.obsolete_entries()]:
        catalogue.remove(entry)
    for text, places in found.items():
        entry = old.get(text) or _entry(text, gone, forms)
        entry.occurrences = [(place, "") for place in places]
        if text not in old:
            catalogue.append(entry)


def _entry(text: Text, gone: dict[str, polib.POEntry], forms: Iterable[int]) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=text.context or None, msgid=text.msgid)
    entry.flags = ["python-format"] if "%(" in text.msgid + text.plural else []
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = dict.fromkeys(forms, "")
        return entry
    for like in get_close_matches(text.msgid, gone, n=1, cutoff=ALIKE):
        if gone[like].msgstr:
            entry.msgstr = gone[like].msgstr
            entry.flags.insert(0, "fuzzy")
    return entry
