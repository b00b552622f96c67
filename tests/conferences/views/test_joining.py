"""The way in from other sites."""

import json
import time
from typing import Any

import jwt
import pytest
from django.conf import settings as site_settings
from django.test import Client
from pytest_django import Settings

from auth_gateway.configuration import Gateway, Links
from auth_gateway.models import User
from auth_gateway.seats import Seat, seat_read
from conferences.clock import now
from conferences.models import Room
from tests.auth_gateway.servers import SignInServer

pytestmark = pytest.mark.django_db
SECRET = "a secret of thirty-two characters"


@pytest.fixture
def kind(portal: SignInServer) -> SignInServer:
    """Bob may be presenter."""
    portal.behave = lambda request: request.says(
        user_id="u42", display_name="Bob Builder", role="presenter", account="ACME", billing_code="PO-77"
    )
    return portal


def takes_seat(client: Client, room: Room, name: str = "Bob", pin: str = "") -> Seat | str:
    body = json.dumps({"name": name, "pin": pin})
    answer = client.post(f"/r/{room.slug}/seat", body, content_type="application/json").json()
    if "refused" in answer:
        return str(answer["refused"])
    return seat_read(answer["seat"], site_settings.SECRET_KEY.encode(), now())


def test_a_ticket_is_a_way_in_and_leaves_the_address(client: Client, room: Room, kind: SignInServer) -> None:
    answer = client.get(f"/join/{room.code}?ticket=t-1")
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{room.slug}")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert kind.requests[0].asked["conference"] == room.code
    page = client.get(answer["Location"]).content.decode()
    assert "Bob Builder" in page
    assert "t-1" not in page


def test_what_the_service_said_stands_on_the_seat(client: Client, room: Room, kind: SignInServer) -> None:
    client.get(f"/join/{room.slug}?ticket=t-1")
    seat = takes_seat(client, room)
    assert isinstance(seat, Seat)
    assert (seat.account, seat.tenant, seat.billing_code) == ("u42", "ACME", "PO-77")
    assert (seat.presenter, seat.entitled) == (True, False)


def test_a_host_by_ticket_is_host_in_that_room_alone(
    client: Client, room: Room, portal: SignInServer, mallory: User
) -> None:
    portal.behave = lambda request: request.says(user_id="u42", role="host")
    client.get(f"/join/{room.slug}?ticket=t-1")
    seat = takes_seat(client, room)
    assert isinstance(seat, Seat)
    assert seat.entitled
    other = Room.objects.create(owner=mallory, slug="other", code="987654321", host_pin="x", name="Other")
    assert takes_seat(client, other) == "room_not_allowed"


def test_somebody_without_a_name_of_their_own_is_let_in_too(
    client: Client, room: Room, portal: SignInServer
) -> None:
    portal.behave = lambda request: request.says(display_name="Somebody", role="presenter")
    room.guests_allowed = False
    room.save()
    assert takes_seat(Client(), room) == "guests_not_allowed"
    client.get(f"/join/{room.slug}?ticket=t-1")
    seat = takes_seat(client, room)
    assert isinstance(seat, Seat)
    assert (seat.account, seat.presenter) == ("", True)
    assert not User.objects.exclude(pk=room.owner_id).exists()


def test_what_was_said_holds_for_its_time(
    client: Client, room: Room, portal: SignInServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.behave = lambda request: request.says(display_name="Somebody", role="presenter", expires_in=60)
    client.get(f"/join/{room.slug}?ticket=t-1")
    monkeypatch.setattr("conferences.views.joining.now", lambda: now() + 61_000)
    seat = takes_seat(client, room)
    assert isinstance(seat, Seat)
    assert not seat.presenter


def test_a_refusal_says_no_more_about_a_room_that_is_not_there(
    client: Client, room: Room, portal: SignInServer
) -> None:
    answers = [client.get(f"/join/{name}?ticket=t-1") for name in (room.code, "100000000")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({answer.content for answer in answers}) == 1
    assert len(portal.requests) == 2, "both take the time of asking"


def test_an_allowance_for_a_room_that_is_not_there_lets_nobody_in(client: Client, kind: SignInServer) -> None:
    assert client.get("/join/100000000?ticket=t-1").status_code == 403
    assert "_auth_user_id" not in client.session


def test_the_services_own_words_are_shown(client: Client, room: Room, portal: SignInServer) -> None:
    portal.behave = lambda request: request.answer(403, b'{"message":"<b>Pay first.</b>"}')
    page = client.get(f"/join/{room.code}?ticket=t-1").content.decode()
    assert "&lt;b&gt;Pay first.&lt;/b&gt;" in page


def test_a_service_that_is_down_lets_nobody_in_and_is_said_so(
    client: Client, room: Room, portal: SignInServer
) -> None:
    portal.behave = lambda request: request.answer(500)
    answer = client.get(f"/join/{room.code}?ticket=t-1")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "sign-in service is unavailable" in answer.content.decode()


def test_who_only_looks_does_not_use_up_a_ticket(client: Client, room: Room, kind: SignInServer) -> None:
    assert client.head(f"/join/{room.code}?ticket=t-1").status_code == 403
    assert client.get(f"/join/{room.code}?ticket={'t' * 9000}").status_code == 403
    assert kind.requests == []


def test_without_a_ticket_it_is_the_rooms_own_door(client: Client, room: Room) -> None:
    assert client.get(f"/join/{room.code}")["Location"] == f"/r/{room.slug}"
    assert client.get("/join/100000000").status_code == 403


def test_who_is_locked_here_gets_in_by_no_ticket(client: Client, room: Room, kind: SignInServer) -> None:
    client.get(f"/join/{room.code}?ticket=t-1")
    User.objects.filter(gateway_id="u42").update(is_active=False)
    assert Client().get(f"/join/{room.code}?ticket=t-2").status_code == 403


def test_the_session_gets_a_new_key(client: Client, room: Room, kind: SignInServer) -> None:
    before = client.session.session_key
    client.cookies[site_settings.SESSION_COOKIE_NAME] = before or ""
    client.get(f"/join/{room.code}?ticket=t-1")
    assert client.session.session_key != before


def token(room: Room, **changed: Any) -> str:
    claims = {"aud": "meetingserver", "sub": "u42", "jti": "0123456789", "exp": int(time.time()) + 300}
    return jwt.encode({**claims, "room": room.code, **changed}, SECRET, algorithm="HS256")


def test_a_signed_link_is_a_way_in_once(client: Client, room: Room, settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(links=Links(secrets=(SECRET,)))
    link = f"/join/{room.slug}?token={token(room, role='host')}"
    assert client.get(link)["Location"] == f"/r/{room.slug}"
    seat = takes_seat(client, room)
    assert isinstance(seat, Seat)
    assert (seat.account, seat.entitled) == ("u42", True)
    assert Client().get(link).status_code == 403


# Asked at the door


def test_guests_are_asked_about_where_that_is_configured(
    client: Client, room: Room, portal: SignInServer, settings: Settings
) -> None:
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["join"]))
    assert takes_seat(client, room) == "sign_in_refused"
    portal.behave = lambda request: request.answer(500)
    assert takes_seat(Client(REMOTE_ADDR="192.0.2.9"), room) == "sign_in_unavailable"
    portal.behave = lambda request: request.answer(204)
    assert isinstance(takes_seat(Client(REMOTE_ADDR="192.0.2.10"), room), Seat)


def test_a_pin_is_asked_about_where_that_is_configured(
    client: Client, room: Room, portal: SignInServer, settings: Settings
) -> None:
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["host"]))
    assert takes_seat(client, room, pin="123456") == "pin_wrong"
    portal.behave = lambda request: request.answer(204)
    seat = takes_seat(client, room, pin="654321")
    assert isinstance(seat, Seat)
    assert seat.entitled
    assert portal.requests[-1].asked["pin"] == "654321"


def test_who_may_open_rooms_is_asked_where_that_is_configured(
    client: Client, alice: User, portal: SignInServer, settings: Settings
) -> None:
    client.force_login(alice)
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["create"]))
    assert "You may not open rooms" in client.post("/meet-now", follow=True).content.decode()
    portal.behave = lambda request: request.answer(204)
    User.objects.update(gateway_id="u1", role="guest")
    assert "You may not open rooms" in client.post("/meet-now", follow=True).content.decode()
    User.objects.update(role="host")
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["create"]), keep_s=0)
    client.post("/meet-now")
    assert alice.rooms.count() == 1
