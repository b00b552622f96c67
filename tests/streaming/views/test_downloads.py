"""Addresses of downloads that stay the same."""

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import User
from conferences.models import Room, Viewers
from recording.manifest import Audio, Manifest
from recording.models import Recording, RecordingAudit, Status
from tests.meetingserver.branding.conftest import shelved
from tests.streaming.shelf import Shelf

FILE = "/watch/archery-12/files/audio.m4a"
ZIP = "/watch/archery-12/offline.zip"
TRACK = bytes(range(256)) * 4096


@pytest.fixture
def bundle(shelf: Shelf) -> Shelf:
    manifest = Manifest("archery-12", 1, "Archery", 0, ended=True, length_ms=1, audio=Audio(1))
    shelf.put("1/manifest.json", manifest.encode())
    shelf.put("1/chat.txt", b"hello")
    shelf.put("1/tracks/p1.camera.0.webm", TRACK)
    shelf.put("1/audio/index.m3u8", b"#EXTM3U")
    shelf.put("1/video/720p/0.m4s", b"not needed")
    return shelf


def unpacked(client: Client) -> zipfile.ZipFile:
    async def body(answer: Any) -> bytes:
        return b"".join([piece async for piece in answer])

    return zipfile.ZipFile(io.BytesIO(asyncio.run(body(client.get(ZIP)))))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_whoever_may_watch_is_led_to_the_file(recording: Recording) -> None:
    answer = Client().get(FILE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/media/")
    assert answer["Location"].endswith("/archery-12/1/audio.m4a")
    assert answer["Referrer-Policy"] == "no-referrer"


def test_others_are_led_nowhere(recording: Recording, alice: User, mallory: User) -> None:
    Recording.objects.update(viewers=Viewers.PRIVATE)
    assert Client().get(FILE).status_code == 404
    assert signed_in(mallory).get(FILE).status_code == 404
    assert signed_in(alice).get(FILE).status_code == 302


@pytest.mark.parametrize("status", [Status.RECORDING, Status.MAKING, Status.FAILED])
def test_what_is_not_ready_is_not_downloaded(recording: Recording, alice: User, status: Status) -> None:
    Recording.objects.update(status=status)
    assert signed_in(alice).get(FILE).status_code == 404


def test_the_owner_learns_who_watches(recording: Recording, mallory: User) -> None:
    signed_in(mallory).get("/watch/archery-12")
    Client().get("/watch/archery-12")
    names = RecordingAudit.objects.order_by("name").values_list("name", "deed")
    assert list(names) == [("", "opened"), ("Mallory Moss", "opened")]
    Recording.objects.update(viewers=Viewers.PRIVATE)
    Client().get("/watch/archery-12")
    assert RecordingAudit.objects.count() == 2, "who may not watch opens nothing"


def test_all_of_it_is_packed_in_one_file(recording: Recording, bundle: Shelf) -> None:
    archive = unpacked(Client())
    assert archive.testzip() is None
    assert archive.read("tracks/p1.camera.0.webm") == TRACK
    names = set(archive.namelist())
    assert {"index.html", "chat.txt", "player/streaming/watch.css"} <= names
    assert not {"manifest.json", "video/720p/0.m4s", "audio/index.m3u8"} & names


def test_nothing_is_packed_for_others_nor_of_what_is_not_there(recording: Recording, bundle: Shelf) -> None:
    Recording.objects.update(version=9)
    assert Client().get(ZIP).status_code == 404
    Recording.objects.update(version=1, viewers=Viewers.PRIVATE)
    assert Client().get(ZIP).status_code == 404
    Recording.objects.update(viewers=Viewers.PUBLIC, status=Status.MAKING)
    assert Client().get(ZIP).status_code == 404


def test_what_is_packed_has_the_brand_of_its_room(
    recording: Recording, bundle: Shelf, room: Room, tmp_path: Path, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "meet.acme.example"]
    acme = """
        name = "Acme"
        logo = "logo.svg"
        [fonts]
        text = '"Acme Sans", serif'
        files = [{ family = "Acme Sans", file = "acme.woff2" }]
    """
    with shelved(tmp_path, settings) as brands:
        brands.write("acme", acme, static__logo_dot_svg="<svg/>", static__acme_dot_woff2="letters")
        brands.write("of-a-host", 'name = "Host"\nhosts = ["meet.acme.example"]')
        Room.objects.update(brand="acme")
        archive = unpacked(Client())
        of_host = unpacked(Client(headers={"host": "meet.acme.example"}))
    page = archive.read("index.html").decode()
    assert '<span class="brand-name">Acme</span>' in page
    assert 'src="player/brand/logo.svg"' in page
    assert "Acme Sans" in archive.read("player/brand/look.css").decode()
    assert archive.read("player/brand/acme.woff2") == b"letters"
    assert '<span class="brand-name">Host</span>' in of_host.read("index.html").decode(), (
        "as its pages have it"
    )
