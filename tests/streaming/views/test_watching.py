"""The page, the passcode, and how the page keeps its right to the files."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import User
from conferences.models import Room, Viewers
from recording.models import Recording, Status, Step
from tests.meetingserver.branding.conftest import shelved

WATCH, RENEW, PASSCODE = (f"/watch/archery-12{rest}" for rest in ("", "/renew", "/passcode"))


def change(recording: Recording, **fields: Any) -> None:
    Recording.objects.filter(pk=recording.pk).update(**fields)


def of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def test_whoever_may_watch_gets_the_page(recording: Recording) -> None:
    answer = Client().get(WATCH)
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_renewing_says_where_the_files_lie(recording: Recording, client: Client) -> None:
    state = client.post(RENEW).json()
    assert state["status"] == "ready"
    assert state["version"] == 1
    assert state["media"].startswith("/media/")
    assert state["media"].endswith("/archery-12/1/")


def test_while_it_is_made_the_page_says_how_far_it_is(recording: Recording, client: Client) -> None:
    change(recording, status=Status.MAKING, step=Step.MIX, percent=40)
    state = client.post(RENEW).json()
    assert state["media"] == ""
    assert (state["status"], state["step"], state["percent"]) == ("making", "mixing the sound", 40)


def test_while_it_runs_only_what_may_be_watched_live_has_an_address(
    recording: Recording, client: Client
) -> None:
    change(recording, status=Status.RECORDING, version=0)
    assert client.post(RENEW).json()["media"] == ""
    change(recording, live=True)
    state = client.post(RENEW).json()
    assert state["live"]
    assert state["media"].endswith("/archery-12/0/")


def test_a_new_version_is_told_when_renewing(recording: Recording, client: Client) -> None:
    change(recording, version=2)
    assert client.post(RENEW).json()["media"].endswith("/archery-12/2/")


def test_renewing_needs_a_page_of_ours(recording: Recording) -> None:
    assert Client(enforce_csrf_checks=True).post(RENEW).status_code == 403
    assert Client().get(RENEW).status_code == 405


# Mallory


def plain(answer: Any) -> bytes:
    """Without what is another one each time."""
    return re.sub(rb'(archery-\d+|csrfmiddlewaretoken" value="\w+)', b"", answer.content)


@pytest.mark.parametrize("viewers", [Viewers.PRIVATE, Viewers.PARTICIPANTS])
def test_mallory_sees_no_difference_between_nothing_and_not_for_her(
    recording: Recording, mallory: User, viewers: Viewers
) -> None:
    change(recording, viewers=viewers)
    for client in (of(mallory), of(None)):
        forbidden, missing = client.get(WATCH), client.get("/watch/archery-99")
        assert forbidden.status_code == missing.status_code == 404
        assert plain(forbidden) == plain(missing)
        renewed = client.post(RENEW), client.post("/watch/archery-99/renew")
        assert renewed[0].status_code == renewed[1].status_code == 404
        assert renewed[0].content == renewed[1].content


def test_mallory_cannot_renew_what_was_taken_back(recording: Recording, mallory: User) -> None:
    client = of(mallory)
    assert client.post(RENEW).status_code == 200
    change(recording, published=False)
    assert client.post(RENEW).status_code == 404


def test_the_owner_sees_what_went_wrong(recording: Recording, alice: User, bob: User) -> None:
    change(recording, status=Status.FAILED)
    assert of(alice).post(RENEW).json()["status"] == "failed"
    assert of(bob).post(RENEW).status_code == 404


# Passcodes


@pytest.fixture
def closed(recording: Recording) -> Recording:
    recording.viewers = Viewers.PASSCODE
    recording.set_passcode("arrow")
    recording.save()
    return recording


def test_a_passcode_is_asked_for_once(closed: Recording, client: Client) -> None:
    asked = client.get(WATCH)
    assert asked.status_code == 403
    assert b'name="passcode"' in asked.content
    assert client.post(RENEW).status_code == 404
    assert client.post(PASSCODE, {"passcode": "arrow"})["Location"] == WATCH
    assert client.get(WATCH).status_code == 200
    assert client.post(RENEW).status_code == 200


def test_a_wrong_passcode_opens_nothing(closed: Recording, client: Client) -> None:
    answer = client.post(PASSCODE, {"passcode": "bow"})
    assert answer.status_code == 403
    assert b'role="alert"' in answer.content
    assert client.get(WATCH).status_code == 403
    assert client.post(PASSCODE, {}).status_code == 403


def test_a_changed_passcode_is_asked_for_again(closed: Recording, client: Client) -> None:
    client.post(PASSCODE, {"passcode": "arrow"})
    closed.set_passcode("bow")
    closed.save()
    assert client.get(WATCH).status_code == 403
    assert client.post(RENEW).status_code == 404


def test_a_passcode_of_nothing_is_answered_like_nothing(recording: Recording, client: Client) -> None:
    change(recording, viewers=Viewers.PRIVATE)
    for id in ("archery-12", "archery-99"):
        assert client.post(f"/watch/{id}/passcode", {"passcode": "arrow"}).status_code == 404


def test_the_passcode_page_does_not_tell_the_title(closed: Recording, client: Client) -> None:
    assert b"Archery" not in client.get(WATCH).content


# The film


def test_the_owner_asks_for_the_film_once(recording: Recording, alice: User) -> None:
    client = of(alice)
    assert client.post("/watch/archery-12/film").json()["program"] == "making"
    assert client.post("/watch/archery-12/film").json()["program"] == "making"


def test_mallory_has_no_film_made(recording: Recording, mallory: User) -> None:
    for user in (mallory, None):
        assert of(user).post("/watch/archery-12/film").status_code == 404
    recording.refresh_from_db()
    assert recording.program == ""


def test_a_rooms_brand_says_which_languages_are_spoken(
    recording: Recording, tmp_path: Path, settings: Settings
) -> None:
    with shelved(tmp_path, settings) as brands:
        brands.write("acme", 'name = "Acme"\n[languages]\ndefault = "ja"\nallowed = ["ja"]')
        Room.objects.update(brand="acme")
        assert '<html lang="ja"' in Client(headers={"accept-language": "en"}).get(WATCH).content.decode()


def test_whose_page_it_is_stands_above_whatever_keeps_one_from_watching(recording: Recording) -> None:
    change(recording, status=Status.RECORDING)
    page = Client().get(WATCH).content.decode()
    head = page.index('<header class="watch-head">')
    assert head < page.index('class="brand-name"') < page.index('data-part="conference"')
