"""The conference's page and its seats."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from auth_gateway.models import User
from auth_gateway.seats import seat_read
from conferences.clock import now
from conferences.models import Room
from conferences.services import room_create
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def asks_for_seat(client: Client, room: Room, body: object) -> tuple[int, dict[str, Any]]:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    answer = client.post(f"/r/{room.slug}/seat", text, content_type="application/json")
    return answer.status_code, answer.json()


def test_whoever_has_the_link_sees_the_door(client: Client, room: Room) -> None:
    page = client.get(f"/r/{room.slug}")
    assert page.status_code == 200
    assert "Archery" in page.content.decode()
    assert room.code not in page.content.decode().replace(room.code_spaced, "")


def test_a_wrong_link_leads_nowhere(client: Client, room: Room) -> None:
    assert client.get("/r/archery").status_code == 404
    assert (
        client.post("/r/archery/seat", '{"name":"Bob"}', content_type="application/json").status_code == 404
    )


def test_a_guest_gets_a_seat(client: Client, room: Room) -> None:
    status, body = asks_for_seat(client, room, {"name": " Bob "})
    assert status == 200
    seat = seat_read(body["seat"], settings.SECRET_KEY.encode(), now())
    assert (seat.room, seat.participant, seat.name) == (room.pk, body["participant"], "Bob")
    assert (seat.entitled, seat.account, body["entitled"]) == (False, "", False)


def test_the_owner_gets_the_hosts_seat(hers: Client, room: Room) -> None:
    assert asks_for_seat(hers, room, {"name": "Alice"})[1]["entitled"] is True


def test_who_knows_the_pin_gets_it_too(client: Client, alice: User) -> None:
    room, pin = room_create(owner=alice)
    assert asks_for_seat(client, room, {"name": "Bob", "pin": pin})[1]["entitled"] is True


def test_a_wrong_pin_gets_nothing(client: Client, alice: User) -> None:
    room, pin = room_create(owner=alice)
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"
    assert asks_for_seat(client, room, {"name": "Bob", "pin": wrong}) == (403, {"refused": "pin_wrong"})


def test_guests_are_refused_where_they_are_not_wanted(client: Client, alice: User) -> None:
    room, _ = room_create(owner=alice, wishes={"guests_allowed": False})
    assert asks_for_seat(client, room, {"name": "Bob"}) == (403, {"refused": "guests_not_allowed"})


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "7", "[1]", '"Bob"', b"\xff\xfe", "[" * 100_000],
    ids=["nothing", "half", "null", "number", "list", "text", "bytes", "deep"],
)
def test_what_is_no_request_is_malformed(client: Client, room: Room, body: str | bytes) -> None:
    assert asks_for_seat(client, room, body) == (403, {"refused": "malformed"})


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 61, None, "\0", "\u200b", "\ud800"], ids=lambda name: repr(name)[:12]
)
def test_a_seat_needs_a_name(client: Client, room: Room, name: object) -> None:
    assert asks_for_seat(client, room, {"name": name}) == (403, {"refused": "name_needed"})


@pytest.mark.parametrize("pin", ["1234567", "x" * 1000, ["1"], {"a": 1}], ids=lambda pin: str(pin)[:12])
def test_a_pin_that_is_none_is_wrong(client: Client, room: Room, pin: object) -> None:
    assert asks_for_seat(client, room, {"name": "Bob", "pin": pin}) == (403, {"refused": "pin_wrong"})


# The billing code


def test_a_host_is_asked_for_a_billing_code_three_times(hers: Client, room: Room) -> None:
    wants(room, "mandatory", "PO-77")
    seat = {"name": "Alice"}
    assert asks_for_seat(hers, room, seat)[1] == {"refused": "billing_code_needed"}
    for _try in range(3):
        assert asks_for_seat(hers, room, seat | {"billing_code": "?"})[1] == {"refused": "billing_code_wrong"}
    right = seat | {"billing_code": "PO-77"}
    assert asks_for_seat(hers, room, right)[1] == {"refused": "billing_code_tries"}


def test_the_right_billing_code_goes_with_the_host(hers: Client, room: Room) -> None:
    wants(room, "mandatory", "PO-77")
    asked = {"name": "Alice", "billing_code": " po-77 "}
    assert [asks_for_seat(hers, room, asked)[0] for _ in range(5)] == [200] * 5
    body = asks_for_seat(hers, room, asked)[1]
    assert seat_read(body["seat"], settings.SECRET_KEY.encode(), now()).billing_code == "po-77"


def test_guests_are_not_asked_for_a_billing_code(client: Client, room: Room) -> None:
    wants(room, "mandatory", "PO-77")
    assert asks_for_seat(client, room, {"name": "Bob"})[0] == 200


def test_the_page_proposes_what_is_known_of_the_host(hers: Client, alice: User, room: Room) -> None:
    assert 'id="billing-code"' not in hers.get(f"/r/{room.slug}").content.decode()
    wants(room, "optional")
    alice.billing_code = "PO-11"
    alice.save()
    assert 'value="PO-11"' in hers.get(f"/r/{room.slug}").content.decode()


def test_a_guests_page_asks_only_who_says_that_they_are_host(client: Client, room: Room) -> None:
    wants(room, "optional")
    page = client.get(f"/r/{room.slug}").content.decode()
    assert page.index('data-part="host-pin"') < page.index('id="billing-code"') < page.index("</details>")


def wants(room: Room, asked: str, codes: str = "") -> None:
    room.asks_billing_code, room.billing_codes = asked, codes
    room.save()


def test_who_is_not_signed_in_is_led_to_the_form_and_back(client: Client, room: Room, alice: User) -> None:
    form = f"/accounts/sign-in/?next=/r/{room.slug}"
    assert form in client.get(f"/r/{room.slug}").content.decode()
    given = {"username": "alice", "password": PASSWORD}
    assert client.post(form, given).headers["Location"] == f"/r/{room.slug}"
    assert form not in client.get(f"/r/{room.slug}").content.decode()
