"""What is typed into the pages."""

import pytest

from conferences.forms import AppointmentForm, RoomForm, SeatForm
from conferences.models import Room
from tests.conferences.wishes import SENSIBLE


@pytest.mark.django_db
def test_a_sensible_room_is_taken() -> None:
    assert RoomForm(SENSIBLE).is_valid()


@pytest.mark.parametrize(
    "wish",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"host_leaves": "explode"},
        {"host_leaves_after_min": "-1"},
        {"auto_lock_min": "soon"},
        {"chat_files": "cats"},
        {"dial_out": "robots"},
        {"announce_callers": "fanfare"},
        {"asks_billing_code": "perhaps"},
        {"language": "tlh"},
        {"billing_codes": "x" * 65},
    ],
    ids=lambda wish: next(iter(wish)),
)
def test_nonsense_is_not(wish: dict[str, str]) -> None:
    assert not RoomForm(SENSIBLE | wish).is_valid()


@pytest.mark.django_db
def test_billing_codes_are_each_on_a_line_once() -> None:
    form = RoomForm(SENSIBLE | {"billing_codes": " PO-77 \r\n\r\nPO-##\nPO-77"})
    assert form.is_valid()
    assert form.cleaned_data["billing_codes"] == "PO-77\nPO-##"
    assert form.instance.accepted_billing_codes == ("PO-77", "PO-##")


def test_nobody_types_their_own_code_owner_or_pin() -> None:
    assert not {"code", "slug", "owner", "host_pin"} & set(RoomForm(instance=Room()).fields)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": " "},
        {"name": "x" * 61},
        {"name": "\0"},
        {"name": "Bob", "pin": "1234567"},
        {"name": "Bob", "billing_code": "x" * 65},
    ],
)
def test_who_asks_for_a_seat_has_a_name_and_at_most_a_pin(typed: dict[str, str]) -> None:
    assert not SeatForm(typed).is_valid()


def test_a_pin_is_not_asked_of_guests() -> None:
    assert SeatForm({"name": "Bob"}).is_valid()


def test_an_appointment_knows_its_zone() -> None:
    form = AppointmentForm({"date": "2026-12-01", "time": "10:00", "minutes": "45", "zone": "Asia/Kathmandu"})
    assert form.is_valid()
    assert form.cleaned_data["starts_at"].isoformat() == "2026-12-01T10:00:00+05:45"


def test_a_room_is_asked_everything_under_some_heading() -> None:
    form = RoomForm(instance=Room())
    asked = [field.name for _, fields in form.groups() for field in fields]
    assert asked == list(form.fields)
    assert all(heading for heading, _ in form.groups())
