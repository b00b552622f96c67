"""Invitations, for whoever has the link."""

import pytest
from django.test import Client
from icalendar import Calendar

from auth_gateway.models import User
from conferences import invitations
from conferences.invitations import DialIn, provide_dial_in
from conferences.models import Room

pytestmark = pytest.mark.django_db

WHEN = {"date": "2026-12-01", "time": "10:00", "minutes": "45", "zone": "Europe/Berlin"}


def test_whoever_has_the_link_gets_a_text_with_all_ways_in(client: Client, room: Room) -> None:
    text = client.get(f"/r/{room.slug}/invitation.txt").content.decode()
    for said in ("Archery", f"http://testserver/r/{room.slug}", room.code_spaced):
        assert said in text
    assert "When" not in text


def test_the_text_is_in_the_language_of_the_room(client: Client, room: Room) -> None:
    Room.objects.update(language="de")
    text = client.get(f"/r/{room.slug}/invitation.txt", WHEN, headers={"Accept-Language": "ar"})
    assert "1. Dezember 2026" in text.content.decode()


def test_the_text_says_when_in_the_zone_that_was_chosen(client: Client, room: Room) -> None:
    text = client.get(f"/r/{room.slug}/invitation.txt", WHEN).content.decode()
    assert "When: December 1, 2026, 10:00\u202fAM (Europe/Berlin)" in text


def test_a_name_with_signs_of_markup_is_written_as_it_is(client: Client, room: Room) -> None:
    Room.objects.update(name="Tea & <cake>")
    assert "Tea & <cake>" in client.get(f"/r/{room.slug}/invitation.txt").content.decode()


def test_a_calendar_gets_a_file(client: Client, room: Room) -> None:
    answer = client.get(f"/r/{room.slug}/invitation.ics", WHEN)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer["Content-Disposition"] == 'attachment; filename="archery.ics"'
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-12-01T09:00:00+00:00"
    assert room.code_spaced in str(event["description"])


def test_an_hour_that_clocks_leave_out_is_the_next(client: Client, room: Room) -> None:
    answer = client.get(f"/r/{room.slug}/invitation.ics", WHEN | {"date": "2027-03-28", "time": "02:30"})
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2027-03-28T01:30:00+00:00"


def test_the_owner_alone_puts_her_address_into_it(
    client: Client, hers: Client, alice: User, room: Room
) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@example.org")
    path = f"/r/{room.slug}/invitation.ics"
    assert b"alice@example.org" in hers.get(path, WHEN).content
    assert b"alice@example.org" not in Client().get(path, WHEN).content


@pytest.mark.parametrize(
    "wish",
    [
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"date": "2026-02-30"},
        {"date": "tomorrow"},
        {"time": "25:00"},
        {"minutes": "0"},
        {"minutes": "99999999999999"},
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"zone": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("file", ["invitation.ics", "invitation.txt"])
def test_what_is_no_date_is_answered_in_words(
    client: Client, room: Room, file: str, wish: dict[str, str]
) -> None:
    answer = client.get(f"/r/{room.slug}/{file}", WHEN | wish)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert len(answer.content.decode().strip().splitlines()) == 1


def test_a_wrong_link_invites_nobody(client: Client) -> None:
    assert client.get("/r/archery/invitation.txt").status_code == 404
    assert client.get("/r/archery/invitation.ics", WHEN).status_code == 404


def test_a_text_says_by_which_numbers_one_may_phone(
    client: Client, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "_provided", [])
    assert b"phone" not in client.get(f"/r/{room.slug}/invitation.txt").content
    numbers = [DialIn("Berlin", "+49 30 55123"), DialIn("Germany", "0800 55123", toll_free=True)]
    provide_dial_in(lambda _: numbers)
    text = client.get(f"/r/{room.slug}/invitation.txt").content.decode()
    assert "By phone: +49 30 55123 (Berlin)" in text
    assert "By phone, toll-free: 0800 55123 (Germany)" in text
    assert f"At one touch: +493055123,,{room.code}#" in text
    assert f"Then type this code, and #: {room.code_spaced}" in text
    assert "Hosts go on with *, their PIN, and #." in text
    page = client.get(room.get_absolute_url()).content.decode()
    assert f'href="tel:+493055123,,{room.code}%23"' in page
