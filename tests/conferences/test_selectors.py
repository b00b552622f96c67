"""Reads: everybody gets what is theirs."""

import pytest

from auth_gateway.models import User
from auth_gateway.seats import Seat
from conferences.models import Conference, Room
from conferences.selectors import (
    access_conference_of_host,
    access_conferences,
    access_room_of_link,
    access_rooms,
    conferences_running,
)
from conferences.services import conference_current
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_subscribers_see_their_own_rooms_and_no_others(room: Room, alice: User, mallory: User) -> None:
    assert list(access_rooms(alice)) == [room]
    assert list(access_rooms(mallory)) == []


def running(owner: User) -> list[bool]:
    return [room.running for room in access_rooms(owner)]  # type: ignore[attr-defined] # annotated


def test_a_room_is_running_while_a_conference_is_held_there(room: Room, alice: User) -> None:
    assert running(alice) == [False]
    conference_current(room.pk, now=BEGIN)
    assert running(alice) == [True]
    Conference.objects.update(ended_at=BEGIN)
    assert running(alice) == [False]


def test_whoever_has_the_link_finds_the_room(room: Room) -> None:
    assert access_room_of_link(room.slug) == room
    assert access_room_of_link("archery") is None


def test_what_runs_is_listed(room: Room) -> None:
    assert not conferences_running().exists()
    conference = conference_current(room.pk, now=BEGIN)
    assert [found.id for found in conferences_running()] == [conference]


def test_subscribers_see_conferences_of_their_own_rooms_and_no_others(
    room: Room, alice: User, mallory: User
) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    assert [found.pk for found in access_conferences(alice)] == [conference]
    assert not access_conferences(mallory).exists()


def test_a_seat_alone_makes_nobody_a_host(room: Room) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    seat = Seat(room=room.pk, participant="alice", name="Alice", account="", entitled=True, issued_at=BEGIN)
    assert access_conference_of_host(seat, conference) is None
    assert access_conference_of_host(seat, "another") is None
