"""Appointments that calendars understand, whatever somebody calls their room, and codes for cameras."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import segno
from icalendar import Calendar, Component

from conferences import invitations
from conferences.invitations import (
    Appointment,
    DialIn,
    Organizer,
    appointment_file,
    dial_in_numbers,
    provide_dial_in,
    qr_svg,
    ways_in,
)
from conferences.models import Room

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LINK = "https://meet.example.org/r/archery-abcdefg"
PLAIN = Appointment(
    room="Archery",
    link=LINK,
    text=f"Invitation: Archery\nLink: {LINK}",
    starts_at=datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    minutes=45,
)


def event_of(file: bytes) -> Component:
    calendar = Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    return event


def test_an_appointment_says_when_where_and_what() -> None:
    file = appointment_file(PLAIN, now=NOW)
    event = event_of(file)
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert event.decoded("dtstamp") == NOW
    assert (str(event["summary"]), str(event["location"]), str(event["url"])) == ("Archery", LINK, LINK)
    assert str(event["description"]) == PLAIN.text
    assert Calendar.from_ical(file)["method"] == "PUBLISH"


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    file = appointment_file(PLAIN._replace(text="Ä" * 500), now=NOW)
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_nobody_gets_an_address_that_they_have_not() -> None:
    assert "organizer" not in event_of(appointment_file(PLAIN, now=NOW))
    alice = Organizer('Alice "Ace"\r\nArcher', "alice@example.org")
    organizer = event_of(appointment_file(PLAIN._replace(organizer=alice), now=NOW))["organizer"]
    assert organizer == "mailto:alice@example.org"
    assert organizer.params["CN"] == "Alice 'Ace' Archer"


def test_who_wants_is_reminded() -> None:
    assert not event_of(appointment_file(PLAIN, now=NOW)).walk("VALARM")
    (alarm,) = event_of(appointment_file(PLAIN._replace(reminder=True), now=NOW)).walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-10)


def test_the_same_appointment_is_one_and_another_is_another() -> None:
    one, again = (event_of(appointment_file(PLAIN, now=NOW))["uid"] for _ in range(2))
    other = event_of(appointment_file(PLAIN._replace(minutes=46), now=NOW))["uid"]
    assert one == again != other


@pytest.mark.parametrize(
    "name",
    ['Tea, "cake"; and more', "=cmd|' /C calc'!A0", "A\r\nATTENDEE:mailto:x@example.org", "A\nEND:VEVENT"],
)
def test_a_name_says_nothing_to_calendars_but_itself(name: str) -> None:
    event = event_of(appointment_file(PLAIN._replace(room=name, reminder=True), now=NOW))
    assert str(event["summary"]) == name.replace("\r\n", "\n")
    assert "attendee" not in event


def test_the_ways_in_are_a_list() -> None:
    assert [way.kind for way in ways_in(link=LINK, code="123 456 789")] == ["link", "code"]


def test_a_code_is_what_the_text_says_drawn_dark_on_light_with_a_quiet_zone() -> None:
    drawn = qr_svg(LINK)
    code = segno.make_qr(LINK, error="m")
    size = code.symbol_size(border=4)[0]
    assert f'viewBox="0 0 {size} {size}"' in drawn
    assert "<script" not in drawn
    assert "style=" not in drawn
    assert modules(drawn) == {
        (x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark
    }


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares that the path draws: rows of strokes, each begun by a move."""
    path = re.findall(r' d="([^"]+)"', svg)[-1]
    dark, x, y = set(), 0.0, 0.0
    for letter, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(steps[0]))}
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if letter == "M" else (x + steps[0], y + steps[1])
    return dark


def numbers_of_berlin(room: Room) -> list[DialIn]:
    return [BERLIN, DialIn("Germany", "0800 55 123", toll_free=True)]


BERLIN = DialIn("Berlin", "+49 (30) 55 123", country="DE", language="de")


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "_provided", [])
    provide_dial_in(numbers_of_berlin)


def test_until_somebody_knows_numbers_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "_provided", [])
    assert dial_in_numbers(Room()) == ()


@pytest.mark.usefixtures("numbered")
def test_numbers_are_ways_in_where_callers_may_come() -> None:
    numbers = dial_in_numbers(Room())
    phones = [way for way in ways_in(link=LINK, code="1", numbers=numbers) if way.kind == "phone"]
    assert [(way.label, way.toll_free) for way in phones] == [("Berlin", False), ("Germany", True)]
    assert dial_in_numbers(Room(callers_allowed=False)) == ()


def test_who_taps_a_number_need_not_type_the_code() -> None:
    assert BERLIN.dialled("123456789") == "tel:+493055123,,123456789%23"
