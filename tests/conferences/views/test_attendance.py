"""Who may know who was there, and how they are told."""

import csv
import io

import pytest
from django.conf import settings
from django.test import Client

from auth_gateway.seats import Seat, seat_sign
from conferences.clock import now
from conferences.core import commands as c
from conferences.core.words import Role
from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room
from conferences.services import conference_current
from recording.models import Recording
from tests.conferences.meeting import BEGIN, Meeting

pytestmark = pytest.mark.django_db


def kept(room: Room, meeting: Meeting) -> Conference:
    """The meeting as a conference of the room, in the journal."""
    conference = Conference.objects.get(pk=conference_current(room.pk, now=BEGIN))
    JournalEntry.objects.filter(conference=conference).delete()
    JournalEntry.objects.bulk_create(entries(conference.pk, 1, meeting.events))
    if meeting.end_reason:
        Conference.objects.filter(pk=conference.pk).update(ended_at=meeting.now)
    return conference


def of_the_past(room: Room, meeting: Meeting) -> str:
    """The address of its attendance."""
    meeting.wait(600)
    meeting.does("alice", c.EndConference())
    return f"/rooms/{room.slug}/conferences/{kept(room, meeting).pk}"


def asks_by_seat(room: Room, who: str, conference: Conference, path: str = "") -> tuple[int, str]:
    seat = Seat(room=room.pk, participant=who, name=who, account="", entitled=False, issued_at=now())
    headers = {"X-Seat": seat_sign(seat, settings.SECRET_KEY.encode()), "X-Conference": conference.pk}
    answer = Client().get(f"/r/{room.slug}/attendance{path}", headers=headers)
    return answer.status_code, answer.content.decode()


def test_the_owner_finds_past_meetings_and_who_was_there(hers: Client, room: Room, meeting: Meeting) -> None:
    address = of_the_past(room, meeting)
    Recording.objects.create(id="bows", conference_id=address.rpartition("/")[2], started_at=BEGIN)
    past = hers.get(f"/rooms/{room.slug}/conferences").content.decode()
    assert address in past
    assert "0:10:00" in past
    assert "3 people" in past
    assert "1 recording<" in past
    page = hers.get(address).content.decode()
    for name in ("Alice", "Bob", "Carol"):
        assert f"<bdi>{name}</bdi>" in page


def test_a_room_without_meetings_says_so(hers: Client, room: Room) -> None:
    assert "No meeting was held here yet" in hers.get(f"/rooms/{room.slug}/conferences").content.decode()


def test_nobody_else_learns_who_was_there(
    client: Client, mallorys: Client, room: Room, meeting: Meeting
) -> None:
    address = of_the_past(room, meeting)
    for path in (f"/rooms/{room.slug}/conferences", address, f"{address}/attendance.csv"):
        assert mallorys.get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/")


def test_one_rooms_address_does_not_open_anothers_meeting(hers: Client, room: Room, meeting: Meeting) -> None:
    address = of_the_past(room, meeting)
    assert hers.get(address.replace(room.slug, "another")).status_code == 404


def test_the_file_has_a_line_for_everybody(hers: Client, room: Room, meeting: Meeting) -> None:
    meeting.does("carol", c.RenameParticipant(name="=cmd|' /C calc'!A0, \"Carol\""))
    meeting.does("bob", c.LeaveConference())
    answer = hers.get(f"{of_the_past(room, meeting)}/attendance.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="archery-2023-11-14.csv"'
    heading, alice, bob, carol = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert heading[:2] == ["Name", "Other names"]
    began, ended = "2023-11-14T22:13:20+00:00", "2023-11-14T22:23:20+00:00"
    assert alice == [
        *("Alice", "", "Host", "Guest without account", "no"),
        *(began, ended, "0:10:00", "0:00:00", f"{began}/{ended}"),
    ]
    assert bob[7] == "0:00:00"
    assert carol[:2] == ["'=cmd|' /C calc'!A0, \"Carol\"", "Carol"]


def test_hosts_of_a_running_conference_may_know(room: Room, meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    conference = kept(room, meeting)
    for host in ("alice", "bob"):
        status, page = asks_by_seat(room, host, conference)
        assert (status, "Carol" in page, "Still here" in page) == (200, True, True)
    assert asks_by_seat(room, "bob", conference, "?csv")[1].startswith("\ufeffName,")


def test_guests_strangers_and_hosts_of_what_is_over_may_not(room: Room, meeting: Meeting) -> None:
    conference = kept(room, meeting)
    for who in ("carol", "mallory"):
        assert asks_by_seat(room, who, conference) == (403, '{"refused": "not_allowed"}')
    Conference.objects.update(ended_at=BEGIN)
    assert asks_by_seat(room, "alice", conference)[0] == 403
    assert Client().get(f"/r/{room.slug}/attendance").json() == {"refused": "seat_invalid"}


def test_a_seat_of_another_room_opens_nothing_here(room: Room, meeting: Meeting) -> None:
    conference = kept(room, meeting)
    seat = Seat(room=room.pk + 1, participant="alice", name="A", account="", entitled=True, issued_at=now())
    headers = {"X-Seat": seat_sign(seat, settings.SECRET_KEY.encode()), "X-Conference": conference.pk}
    assert Client().get(f"/r/{room.slug}/attendance", headers=headers).status_code == 403
