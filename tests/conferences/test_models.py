"""What the database itself will not have."""

import pytest
from django.db import IntegrityError, transaction

from conferences.core.words import Dialers, HostLeaves, Policy
from conferences.models import Conference, ConferenceServer, JournalEntry, Room, Snapshot
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_two_conferences_do_not_run_in_one_room(room: Room) -> None:
    Conference.objects.create(id="c1", room=room, created_at=BEGIN, ended_at=BEGIN)
    Conference.objects.create(id="c2", room=room, created_at=BEGIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conference.objects.create(id="c3", room=room, created_at=BEGIN)


def test_an_event_is_numbered_once(room: Room) -> None:
    conference = Conference.objects.create(id="c1", room=room, created_at=BEGIN)
    JournalEntry.objects.create(conference=conference, seq=1, at=BEGIN, event="{}")
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.create(conference=conference, seq=1, at=BEGIN, event="{}")


def test_a_rooms_wishes_are_its_policy() -> None:
    room = Room(
        host_leaves=HostLeaves.END_LATER,
        host_leaves_after_min=5,
        auto_lock_min=2,
        lobby=True,
        tones=False,
        callers_allowed=False,
        dial_out="everyone",
    )
    assert room.policy(seats=9, length_s=3600, lone_s=60) == Policy(
        lobby=True,
        tones=False,
        callers_allowed=False,
        dial_out=Dialers.EVERYONE,
        host_leaves=HostLeaves.END_LATER,
        host_leaves_after_s=300,
        auto_lock_s=120,
        seats=9,
        length_s=3600,
        lone_s=60,
    )


def test_rows_say_what_they_are(room: Room) -> None:
    conference = Conference(id="c1", room=room)
    assert str(room) == "Archery"
    assert str(conference) == "Archery c1"
    assert str(ConferenceServer(name="one")) == "one"
    assert str(JournalEntry(conference=conference, seq=7)) == "c1 #7"
    assert str(Snapshot(conference=conference, seq=7)) == "c1 after #7"


def test_a_code_is_read_aloud_in_threes() -> None:
    assert Room(code="123456789").code_spaced == "123 456 789"
