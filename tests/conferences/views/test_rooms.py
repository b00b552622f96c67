"""Home and the rooms' settings, for who may see them."""

import pytest
from django.test import Client

from auth_gateway.models import User
from conferences.models import Room
from conferences.services import TRIES_OF_ONE_ADDRESS
from tests.conferences.wishes import SENSIBLE

pytestmark = pytest.mark.django_db

WISHES = SENSIBLE | {"chat_files": "nobody", "dial_out": "everyone", "announce_callers": "name"}


def test_a_stranger_finds_a_place_for_a_code(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert b'name="code"' in answer.content


def test_a_subscriber_finds_her_rooms(hers: Client, room: Room) -> None:
    assert room.code_spaced in hers.get("/").content.decode()


def test_nobody_finds_anothers_rooms(mallorys: Client, room: Room) -> None:
    page = mallorys.get("/").content.decode()
    assert room.slug not in page
    assert room.code_spaced not in page


def test_a_code_leads_to_its_room(client: Client, room: Room) -> None:
    answer = client.post("/find", {"code": room.code_spaced})
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{room.slug}")


def test_a_wrong_code_leads_home(client: Client, room: Room) -> None:
    answer = client.post("/find", {"code": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_who_guesses_codes_finds_nothing_any_more(client: Client, room: Room) -> None:
    for _ in range(TRIES_OF_ONE_ADDRESS):
        client.post("/find", {"code": "1"})
    assert client.post("/find", {"code": room.code})["Location"] == "/"


def test_meeting_now_takes_one_click(hers: Client, alice: User) -> None:
    answer = hers.post("/meet-now")
    assert answer["Location"] == alice.rooms.get().get_absolute_url()


@pytest.mark.parametrize(
    "path", ["/meet-now", "/rooms/new", "/rooms/x/settings", "/rooms/x/pin", "/rooms/x/delete"]
)
def test_strangers_are_asked_who_they_are(client: Client, path: str) -> None:
    answer = client.post(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/")


# Rooms


def test_a_room_is_made_and_its_pin_told_once(hers: Client, alice: User) -> None:
    answer = hers.post("/rooms/new", WISHES, follow=True)
    (message,) = answer.context["messages"]
    assert "pin" in message.tags
    assert alice.rooms.get().host_leaves == "end"


def test_a_room_that_makes_no_sense_is_not_made(hers: Client, alice: User) -> None:
    assert hers.post("/rooms/new", WISHES | {"name": ""}).status_code == 200
    assert not alice.rooms.exists()


def test_a_room_is_changed(hers: Client, room: Room) -> None:
    hers.post(f"/rooms/{room.slug}/settings", WISHES | {"name": "Bows", "lobby": "on"})
    room.refresh_from_db()
    assert (room.name, room.lobby) == ("Bows", True)


def test_a_new_pin_is_told_and_the_old_one_is_void(hers: Client, room: Room) -> None:
    before = room.host_pin
    hers.post(f"/rooms/{room.slug}/pin")
    room.refresh_from_db()
    assert room.host_pin != before


def test_a_room_is_deleted(hers: Client, room: Room) -> None:
    hers.post(f"/rooms/{room.slug}/delete")
    assert not Room.objects.exists()


@pytest.mark.parametrize("page", ["settings", "pin", "delete"])
def test_nobody_touches_anothers_room(mallorys: Client, room: Room, page: str) -> None:
    assert mallorys.post(f"/rooms/{room.slug}/{page}", WISHES).status_code == 404
    room.refresh_from_db()
    assert room.name == "Archery"


def test_what_changes_something_is_not_done_by_a_link(hers: Client, room: Room) -> None:
    for path in (
        "/meet-now",
        "/find",
        f"/rooms/{room.slug}/pin",
        f"/rooms/{room.slug}/delete",
        f"/r/{room.slug}/seat",
    ):
        assert hers.get(path).status_code == 405
    assert Room.objects.exists()


@pytest.mark.parametrize(
    "path", ["/meet-now", "/find", "/rooms/new", "/r/{slug}/seat", "/rooms/{slug}/delete"]
)
def test_no_other_site_asks_in_her_name(alice: User, room: Room, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    assert browser.post(path.format(slug=room.slug), WISHES).status_code == 403
    assert Room.objects.count() == 1
