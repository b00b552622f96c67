"""How people are asked to come: the ways into a room, an appointment for calendars, a code for cameras."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import segno
from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from conferences.models import Room

REMINDER = timedelta(minutes=10)
PRODUCT = "-//MeetingServer//Invitations//EN"


class Way(NamedTuple):
    """A way into a room: `kind` says which words go with it (`invitation.txt`). `at_once`: number and code
    together, as phones dial them at one touch."""

    kind: str
    value: str
    label: str = ""
    toll_free: bool = False
    at_once: str = ""


class DialIn(NamedTuple):
    """A number by which one comes into rooms. `number` is written as people read it, `label` says where it
    is; `country` and `language` are codes (ISO 3166, BCP 47), or empty."""

    label: str
    number: str
    country: str = ""
    toll_free: bool = False
    language: str = ""

    def dialled(self, code: str) -> str:
        """RFC 3966, as phones understand it."""
        return f"tel:{self.at_once(code)}".replace("#", "%23")

    def at_once(self, code: str) -> str:
        """The number, and after two pauses the code."""
        number, digits = (_digits(text) for text in (self.number, code))
        return f"{number},,{digits}#"


class Phones(NamedTuple):
    """What is known of phones outside this app: the numbers of a room, and whether phones can be called."""

    numbers: Callable[[Room], Sequence[DialIn]]
    dials_out: Callable[[Room], bool]


_provided: list[Phones] = []


def provide_dial_in(
    numbers: Callable[[Room], Sequence[DialIn]], *, dials_out: Callable[[Room], bool] = lambda room: True
) -> None:
    """`wiring` says who knows the numbers; until then there are none, and nobody can be called."""
    _provided[:] = [Phones(numbers, dials_out)]


def dial_in_numbers(room: Room) -> Sequence[DialIn]:
    """By which one comes into this room; none where nobody may come by phone."""
    return _provided[0].numbers(room) if _provided and room.callers_allowed else ()


def dials_out(room: Room) -> bool:
    """Whether phones can be called from this room; who may do so, its policy says."""
    return bool(_provided) and _provided[0].dials_out(room)


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign in "+0123456789")


class Organizer(NamedTuple):
    name: str
    email: str


class Appointment(NamedTuple):
    """`text` is what the invitation says; `starts_at` knows its zone."""

    room: str
    link: str
    text: str
    starts_at: datetime
    minutes: int
    organizer: Organizer | None = None
    reminder: bool = False


def ways_in(*, link: str, code: str, numbers: Sequence[DialIn] = ()) -> Sequence[Way]:
    """Everything by which somebody gets in, the best first."""
    phones = [
        Way("phone", number.number, number.label, number.toll_free, number.at_once(code))
        for number in numbers
    ]
    return [Way("link", link), Way("code", code), *phones]


def appointment_file(appointment: Appointment, *, now: datetime) -> bytes:
    """RFC 5545, as calendars publish it (RFC 5546, 3.2.1). Times are in UTC, which all of them understand."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(appointment, now))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, now: datetime) -> Event:
    starts_at = appointment.starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", _uid(appointment, starts_at))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=appointment.minutes))
    event.add("summary", appointment.room)
    event.add("description", appointment.text)
    event.add("location", appointment.link)
    event.add("url", vUri(appointment.link))
    if appointment.organizer:
        event.add("organizer", _address(appointment.organizer))
    if appointment.reminder:
        event.add_component(_alarm(appointment.room))
    return event


def _uid(appointment: Appointment, starts_at: datetime) -> str:
    """The same for the same room and time: who takes it twice has it once."""
    same = f"{appointment.link} {starts_at.isoformat()} {appointment.minutes}"
    return hashlib.sha256(same.encode()).hexdigest()[:32]


def _address(organizer: Organizer) -> vCalAddress:
    address = vCalAddress(f"mailto:{organizer.email}")
    address.params["CN"] = vText(" ".join(organizer.name.replace('"', "'").split()))
    return address


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -REMINDER)
    return alarm


def qr_svg(text: str) -> str:
    """As a picture that scales, dark on light with a quiet zone, to be read from a projector too."""
    code = segno.make_qr(text, error="m")
    return str(
        code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    )
