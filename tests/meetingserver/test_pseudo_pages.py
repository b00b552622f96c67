"""Every page in `ar-XB`: whatever looks ordinary there is in no catalogue."""

import io
import re
import zipfile
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings as house
from django.contrib import admin as administration
from django.contrib.auth.models import Group
from django.core import mail
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from django.views.defaults import server_error
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import Account, User
from auth_gateway.views import SignInView
from billing.models import Record
from billing.services import records_keep
from bridges.adapters import kinds
from bridges.models import AllowedDestination, Bridge, DialInNumber, KnownNumber
from conferences.clock import now
from conferences.models import Conference, Room
from conferences.services import conference_current, room_create
from meetingserver.collecting import catalogue_new, texts_of
from meetingserver.pseudo import LANGUAGES, pseudo_compile
from recording.mails import warning_mail
from recording.models import ProgramStatus, Recording, Status, Step
from recording.storage import bundle_folder
from streaming.offline import packed
from tests.billing.recorded import conference as conference_record
from tests.billing.recorded import recording as recording_record
from tests.billing.recorded import storage as storage_record
from tests.conferences.meeting import BEGIN
from tests.recording.archive import recording_made
from tests.recording.conftest import recordings

__all__ = ["recordings"]

APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "streaming", "bridges", "billing")
WORD = re.compile(r"(?<!\{)\b[A-Za-z]{2,}\b")
SPOKEN = ("aria-label", "aria-description", "title", "placeholder", "alt", "data-label")
NOT_READ = ("script", "style", "kbd", "bdi", "option", "code", "pre")
DATA = {"alice", "Alice", "Archer", "Bob", "Carol", "UTC", "MeetingServer", "ada", "Ada", "Admin", "PIN"}
NAMES = {"Asterisk", "FreeSWITCH", "Control", "Command", "ACME", "books"}
DJANGO_WORDS = {"Search", "True", "False", "salt", "hash"}
"""Words of Django's pages that are in no Arabic catalogue of its own."""
LANGUAGE_NAMES = {word for _code, name in house.LANGUAGES for word in WORD.findall(str(name))}
ADDRESS = re.compile(r"\S+://\S+")
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def django_untold() -> set[str]:
    """What Django itself says and has no Arabic for."""
    told, spoken = set[str](), set[str]()
    for catalogue in Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        arabic = catalogue.parents[2] / "ar" / "LC_MESSAGES" / catalogue.name
        told |= {entry.msgid for entry in polib.pofile(str(catalogue))}
        spoken |= {entry.msgid for entry in polib.pofile(str(arabic)).translated_entries()}
    return told - spoken


DJANGO_TEXTS = django_untold()


def is_ordinary(text: str) -> bool:
    words = set(WORD.findall(ADDRESS.sub("", text)))
    return (
        bool(words - DATA - NAMES - LANGUAGE_NAMES - DJANGO_WORDS) and text.strip(" :\n") not in DJANGO_TEXTS
    )


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


@pytest.fixture
def recording(room: Room) -> Recording:
    return recording_made(room, title="Лук")


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


def test_a_wrong_form_says_nothing_ordinary(client: Client, alice: User, room: Room) -> None:
    link = room.get_absolute_url()
    assert found_on(client, [f"{link}/invitation.ics?date=soon"], status=400) == {}
    client.force_login(alice)
    for path in ("/rooms/new", f"/rooms/{room.slug}/settings"):
        assert found_after(client, path, 200, auto_lock_min="soon") == []


def test_an_invitation_says_nothing_ordinary(client: Client, room: Room) -> None:
    link, when = room.get_absolute_url(), "date=2030-05-01&time=10:00&zone=UTC&minutes=30&reminder=on"
    assert found_on(client, [f"{link}/invitation.txt?{when}"], status=200) == {}
    answer = client.get(f"{link}/invitation.ics?{when}", headers={"Accept-Language": "ar-XB"})
    assert answer.status_code == 200
    lines = answer.content.decode().replace("\r\n ", "").splitlines()
    told = [line.partition(":") for line in lines if line.startswith(("SUMMARY", "DESCRIPTION"))]
    assert told
    assert [text for _name, _colon, text in told if is_ordinary(text.replace("\\n", " "))] == []


def test_who_is_kept_out_reads_nothing_ordinary(
    client: Client, alice: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignInView, "sleep", staticmethod(lambda _seconds: None))
    path, wrong = "/accounts/sign-in/", {"username": "alice", "password": "guess"}
    assert found_on(client, [f"{path}?refused"], status=200) == {}
    assert found_after(client, path, 200, **wrong) == []
    assert found_after(Client(enforce_csrf_checks=True), path, 403, **wrong) == []
    settings.AUTH_GATEWAY = Gateway(url="http://127.0.0.1:9")
    assert found_after(client, path, 503, username="bob", password="guess") == []
    assert found_on(client, ["/join/123?ticket=x"], status=503) == {}


def test_a_fault_of_ours_says_nothing_ordinary() -> None:
    with override("ar-xb"):
        assert read(server_error(RequestFactory().get("/")).content.decode()) == []


STATES: list[dict[str, Any]] = [
    {"program": ProgramStatus.READY},
    {"program": ProgramStatus.MAKING, "cuts": [[BEGIN, BEGIN + 5_000]], "hidden_participants": ["bob"]},
    {"program": ProgramStatus.FAILED, "kept_until": now() + 86_400_000, "published": False},
    {"status": Status.RECORDING},
    *({"status": Status.MAKING, "step": step} for step in Step),
    {"status": Status.FAILED},
]


def test_an_owner_of_recordings_reads_nothing_ordinary(
    client: Client, alice: User, recording: Recording
) -> None:
    client.force_login(alice)
    paths = ["/recordings", f"/recordings/{recording.pk}", f"/watch/{recording.pk}"]
    for state in STATES:
        Recording.objects.filter(pk=recording.pk).update(**state)
        assert found_on(client, paths, status=200) == {}, state
    assert found_on(client, ["/recordings?q=x"], status=200) == {}


def test_who_watches_a_recording_reads_nothing_ordinary(client: Client, recording: Recording) -> None:
    Recording.objects.update(viewers="public")
    watch = f"/watch/{recording.pk}"
    assert found_on(client, [watch], status=200) == {}
    recording.set_passcode("sesame")
    recording.viewers = "passcode"
    recording.save()
    assert found_on(client, [watch], status=403) == {}
    assert found_after(client, f"{watch}/passcode", 403, passcode="guess") == []


@pytest.mark.django_db
def test_a_recording_without_a_server_says_nothing_ordinary(recording: Recording) -> None:
    with override("ar-xb"):
        archive = zipfile.ZipFile(io.BytesIO(b"".join(packed(bundle_folder(recording.pk, 1)))))
    assert read(archive.read("index.html").decode()) == []


def test_a_mail_says_nothing_ordinary(alice: User, recording: Recording) -> None:
    alice.email, alice.language = "alice@example.org", "ar-xb"
    recording.kept_until = BEGIN
    warning_mail(owner=alice, recordings=[recording])
    (sent,) = mail.outbox
    assert ordinary_lines(f"{sent.subject}\n{sent.body}") == []


@pytest.fixture
def billed(alice: User) -> None:
    drafts = [conference_record("1", web=4, dialin=2, dialout=1, recorded_s=9)]
    records_keep([*drafts, recording_record("2"), storage_record("3", 5)], targets=["books"])


@pytest.mark.usefixtures("billed")
def test_what_was_used_and_who_was_there_is_told_in_nothing_ordinary(
    client: Client, alice: User, recording: Recording
) -> None:
    client.force_login(alice)
    past = f"/rooms/{recording.conference.room.slug}/conferences"
    held = f"{past}/{recording.conference_id}"
    paths = ["/usage", "/usage/2023-11", "/usage/2023-12", past, held, f"{held}/attendance.csv"]
    assert found_on(client, paths, status=200) == {}


@pytest.mark.usefixtures("billed")
def test_an_admin_fills_in_nothing_ordinary(client: Client, admin: User, recording: Recording) -> None:
    """Forms for what is new, and for one of each that there is."""
    client.force_login(admin)
    room = recording.conference.room
    bridge = Bridge.objects.create(key="1", type="sip", label="Лук")
    rows: list[Model] = [
        admin,
        room,
        recording,
        recording.conference,
        *Record.objects.all(),
        Group.objects.create(name="Лук"),
        Account.objects.create(code="1", name="Лук"),
        bridge,
        DialInNumber.objects.create(number="+4930111", label="Лук", country="DE", bridge=bridge),
        KnownNumber.objects.create(number="+4930222", name="Лук", user=admin),
        AllowedDestination.objects.create(prefix="+49", note="Лук", room=room),
    ]
    changing = [reverse(_admin(row, "change"), args=[row.pk]) for row in rows]
    adding = [reverse(_admin(row, "add")) for row in rows if not isinstance(row, NOT_ADDED)]
    bridges = reverse("admin:bridges_bridge_add")
    paths = [*changing, *adding, bridges, *(f"{bridges}?type={kind}" for kind in kinds())]
    assert found_on(client, paths, status=200) == {}


NOT_ADDED = (Recording, Room, Conference, Record)


def _admin(row: Model, page: str) -> str:
    meta = row._meta  # noqa: SLF001
    return f"admin:{meta.app_label}_{meta.model_name}_{page}"
