"""What pages say in all their states in `ar-XB`. That no page is forgotten: `test_every_page`."""

import io
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import server_error
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import User
from auth_gateway.views import SignInView
from billing.services import records_keep
from bridges.simulated_phones import act, seen
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.trial import simulator_make
from conferences.clock import now
from conferences.models import Room
from conferences.services import conference_current, room_create
from recording.mails import warning_mail
from recording.models import ProgramStatus, Recording, Status, Step
from recording.storage import bundle_folder
from streaming.offline import packed
from tests.billing.recorded import conference as conference_record
from tests.billing.recorded import recording as recording_record
from tests.billing.recorded import storage as storage_record
from tests.bridges.kept import kept
from tests.conferences.meeting import BEGIN
from tests.meetingserver.ordinary import (
    found_after,
    found_on,
    is_ordinary,
    ordinary_lines,
    read,
)
from tests.recording.archive import recording_made
from tests.recording.conftest import recordings

__all__ = ["recordings"]
pytestmark = pytest.mark.usefixtures("pseudo_languages")


@pytest.fixture
def room(alice: User) -> Room:
    room, _pin = room_create(owner=alice, wishes={"name": "Кухня", "asks_billing_code": "optional"})
    conference_current(room.pk, now=1)
    return room


@pytest.fixture
def recording(room: Room) -> Recording:
    return recording_made(room, title="Лук")


def test_a_stranger_reads_nothing_ordinary(client: Client, room: Room) -> None:
    link = room.get_absolute_url()
    paths = ["/", "/accounts/sign-in/", "/nothing", "/watch/nothing", link, f"{link}/invitation.txt"]
    assert found_on(client, [*paths, "/join/123?ticket=x"]) == {}


def test_a_host_reads_nothing_ordinary(client: Client, alice: User, room: Room) -> None:
    client.force_login(alice)
    own = [f"/rooms/{room.slug}/{page}" for page in ("settings", "conferences")]
    assert found_on(client, ["/", "/rooms/new", *own, "/recordings", "/usage", room.get_absolute_url()]) == {}


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
    {"status": Status.RECORDING, "live": True},
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


@pytest.mark.django_db
def test_simulated_telephones_say_nothing_ordinary(client: Client, admin: User) -> None:
    client.force_login(admin)
    with override("ar-xb"):
        bridge = simulator_make(language="en")
    path = f"/admin/bridges/bridge/{bridge.pk}/telephones/"
    with kept(Adapter(bridge.key, Config())):
        assert found_on(client, [path], status=200) == {}
        act(bridge, {"do": "call", "own": "+12025550101", "number": "+12025550123"})
        assert found_on(client, [path], status=200) == {}
        act(bridge, {"do": "hang_up", "leg": seen(bridge, user=admin)["telephones"][0].leg})
        assert found_on(client, [path], status=200) == {}
