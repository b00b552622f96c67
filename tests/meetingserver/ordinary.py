"""What looks ordinary in `ar-XB` is in no catalogue: what finds it on pages that a client was given."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import django
import polib
from django.conf import settings as house
from django.test import Client

WORD = re.compile(r"(?<!\{)\b[A-Za-z]{2,}\b")
SPOKEN = ("aria-label", "aria-description", "title", "placeholder", "alt", "data-label")
NOT_READ = ("script", "style", "kbd", "bdi", "code", "pre")
DATA = {"alice", "Alice", "Archer", "Bob", "Carol", "UTC", "US", "MeetingServer", "ada", "Ada", "Admin"}
NAMES = {"Asterisk", "FreeSWITCH", "Control", "Command", "ACME", "acme", "books", "simulator", "PIN"}
BRANDS = set(WORD.findall("Halden & Partners, Sunny Hill School"))
DJANGO_WORDS = {"Search", "True", "False", "salt", "hash"}
"""Words of Django's pages that are in no Arabic catalogue of its own."""
DJANGO_RIGHTS = re.compile(r"\| Can (?:add|change|delete|view) ")
"""Names of permissions, which Django keeps in the database."""
DJANGO_SAYS = "If disabled, the current password for this user will be lost."
"""In no catalogue at all."""
LANGUAGE_NAMES = {word for _code, name in house.LANGUAGES for word in WORD.findall(str(name))}
ADDRESS = re.compile(r"\S+://\S+")
TAG = re.compile(r"<[^>]+>")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def django_untold() -> set[str]:
    """What Django itself says and has no Arabic for."""
    told, spoken = set[str](), set[str]()
    for catalogue in Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        arabic = catalogue.parents[2] / "ar" / "LC_MESSAGES" / catalogue.name
        told |= {entry.msgid for entry in polib.pofile(str(catalogue))}
        spoken |= {entry.msgid for entry in polib.pofile(str(arabic)).translated_entries()}
    return {" ".join(part.split()) for text in told - spoken for part in TAG.split(text)}


DJANGO_TEXTS = {*django_untold(), DJANGO_SAYS}


NEVER_TRANSLATED = DATA | NAMES | BRANDS | LANGUAGE_NAMES | DJANGO_WORDS


def is_ordinary(text: str) -> bool:
    if text.strip(" :\n") in DJANGO_TEXTS or DJANGO_RIGHTS.search(text):
        return False
    return bool(set(WORD.findall(ADDRESS.sub("", text))) - NEVER_TRANSLATED)


class Reader(HTMLParser):
    """Gathers ordinary words. What says its own language or direction is data."""

    def __init__(self) -> None:
        super().__init__()
        self.ordinary: list[str] = []
        self._path: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        own = "lang" in said or said.get("dir") in ("ltr", "auto")
        foreign = tag in NOT_READ or (own and tag != "html")
        if not self._is_foreign() and not foreign:
            for name in SPOKEN:
                self._hear(said.get(name) or "")
        if tag not in VOID:
            self._path.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_foreign():
            self._hear(data)

    def _is_foreign(self) -> bool:
        return any(foreign for _tag, foreign in self._path)

    def _hear(self, text: str) -> None:
        text = " ".join(text.split())
        if is_ordinary(text):
            self.ordinary.append(text)


def ordinary(answer: Any) -> list[str]:
    assert answer.headers["Content-Language"] == "ar-xb"
    page = answer.content.decode()
    if answer.headers["Content-Type"].startswith("text/html"):
        return read(page)
    return ordinary_lines(page)


def read(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.ordinary


def ordinary_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if is_ordinary(line)]


def found_on(client: Client, paths: Iterable[str], *, status: int | None = None) -> dict[str, list[str]]:
    """`status`: what all of them must answer, lest nothing be read."""
    found = {}
    for path in paths:
        answer = client.get(path, headers={"Accept-Language": "ar-XB"})
        assert status in (None, answer.status_code), f"{path}: {answer.status_code}"
        found[path] = ordinary(answer)
    return {path: words for path, words in found.items() if words}


def found_after(client: Client, path: str, status: int, **fields: str) -> list[str]:
    """On the page that answers a form."""
    answer = client.post(path, fields, headers={"Accept-Language": "ar-XB"})
    assert answer.status_code == status, path
    return ordinary(answer)
