"""Addresses of downloads that stay the same."""

import pytest
from django.test import Client

from auth_gateway.models import User
from conferences.models import Viewers
from recording.models import Recording, RecordingAudit, Status

FILE = "/watch/archery-12/files/audio.m4a"


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
