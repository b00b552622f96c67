"""Languages nobody speaks, for whoever looks for mistakes in pages: `en-XA` has accents and is longer,
`ar-XB` also runs from right to left. A text that looks ordinary in them is in no catalogue."""

import re
from pathlib import Path

import polib

from meetingserver.catalogues import PLACEHOLDER

LANGUAGES = [("en-xa", "[Ĕñĝļîšĥ]"), ("ar-xb", "[Ârâbîç]")]
FOLDERS = {"en-xa": "en_XA", "ar-xb": "ar_XB"}
LETTERS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÂƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽâƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
WORD = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+)*")
BACKWARDS, END = "\u202e", "\u202c"
LONGER = 0.3


def pseudo(text: str, *, backwards: bool = False) -> str:
    """Placeholders stay as they are."""
    kept = PLACEHOLDER.findall(text)
    parts = [_disguised(part, backwards=backwards) for part in PLACEHOLDER.split(text)]
    said = "".join(part for pair in zip(parts, [*kept, ""], strict=True) for part in pair)
    return f"[{said}{'·' * round(LONGER * len(text))}]"


def _disguised(part: str, *, backwards: bool) -> str:
    if backwards:
        part = WORD.sub(lambda found: f"{BACKWARDS}{found[0]}{END}", part)
    return part.translate(LETTERS)


def pseudo_compile(source: Path, compiled: Path) -> None:
    """Of any catalogue, for its texts. Not again while it stays the same."""
    for language, folder in FOLDERS.items():
        target = compiled / folder / "LC_MESSAGES" / "django.mo"
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        made = polib.POFile()
        made.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for entry in polib.pofile(str(source), encoding="utf-8"):
            made.append(_entry(entry, backwards=language == "ar-xb"))
        made.save_as_mofile(str(target))


def _entry(entry: polib.POEntry, *, backwards: bool) -> polib.POEntry:
    one = pseudo(entry.msgid, backwards=backwards)
    if not entry.msgid_plural:
        return polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=one)
    forms = {0: one, 1: pseudo(entry.msgid_plural, backwards=backwards)}
    return polib.POEntry(
        msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural, msgstr_plural=forms
    )
