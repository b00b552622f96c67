"""Every page in `ar-XB`: whatever looks ordinary there is in no catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as house
from django.contrib import admin as administration
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from auth_gateway.models import User
from conferences.models import Room
from conferences.services import conference_current, room_create
from meetingserver.collecting import catalogue_new, texts_of
from meetingserver.pseudo import LANGUAGES, pseudo_compile

APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "streaming", "bridges", "billing")
WORD = re.compile(r"(?<!\{)\b[A-Za-z]{2,}\b")
SPOKEN = ("aria-label", "aria-description", "title", "placeholder", "alt", "data-label")
NOT_READ = ("script", "style", "kbd", "bdi", "option", "code", "pre")
DATA = {"alice", "Alice", "Archer", "MeetingServer", "ada", "Ada", "Admin", "PIN"}
DJANGO = {"Search", "True", "False"}
"""What Django itself has no Arabic word for."""
ADDRESS = re.compile(r"\S+://\S+")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def is_ordinary(text: str) -> bool:
    return bool(set(WORD.findall(ADDRESS.sub("", text))) - DATA - DJANGO)


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
        if is_ordinary(text):
            self.ordinary.append(" ".join(text.split()))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pseudo")
    catalogue_new("de", texts_of(house.BASE_DIR, APPS)).save(str(folder / "django.po"))
    pseudo_compile(folder / "django.po", folder)
    return folder


@pytest.fixture(autouse=True)
def _pseudo(compiled: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [compiled]
    settings.LANGUAGES = [*house.LANGUAGES, *LANGUAGES]


@pytest.fixture
def room(alice: User) -> Room:
    room, _pin = room_create(owner=alice, wishes={"name": "Кухня", "asks_billing_code": "optional"})
    conference_current(room.pk, now=1)
    return room


def ordinary(client: Client, path: str) -> list[str]:
    answer = client.get(path, headers={"Accept-Language": "ar-XB"})
    assert answer.headers["Content-Language"] == "ar-xb", path
    page = answer.content.decode()
    if not answer.headers["Content-Type"].startswith("text/html"):
        return [line for line in page.splitlines() if is_ordinary(line)]
    reader = Reader()
    reader.feed(page)
    return reader.ordinary


def found_on(client: Client, paths: Iterator[str] | list[str]) -> dict[str, list[str]]:
    found = {path: ordinary(client, path) for path in paths}
    return {path: words for path, words in found.items() if words}


def test_a_stranger_reads_nothing_ordinary(client: Client, room: Room) -> None:
    link = room.get_absolute_url()
    paths = ["/", "/accounts/sign-in/", "/nothing", "/watch/nothing", link, f"{link}/invitation.txt"]
    assert found_on(client, [*paths, "/join/123?ticket=x"]) == {}


def test_a_host_reads_nothing_ordinary(client: Client, alice: User, room: Room) -> None:
    client.force_login(alice)
    own = [f"/rooms/{room.slug}/{page}" for page in ("settings", "conferences")]
    assert found_on(client, ["/", "/rooms/new", *own, "/recordings", "/usage", room.get_absolute_url()]) == {}


def test_an_admin_reads_nothing_ordinary(client: Client, admin: User) -> None:
    client.force_login(admin)
    ours = [model._meta for model in apps.get_models() if model.__module__.startswith(APPS)]  # noqa: SLF001
    shown = [meta for meta in ours if administration.site.is_registered(meta.model)]
    paths = [reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") for meta in shown]
    assert found_on(client, [reverse("admin:index"), *paths]) == {}
