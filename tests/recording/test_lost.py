"""A recording whose server is gone for good ends where there is something of it last, and is made ready."""

import os

import pytest

from conferences.core.recording import StopRecording
from conferences.models import Conference, ConferenceServer, Room
from recording.lost import LOST_MS, recordings_end_lost
from recording.models import Deed, Recording, Status
from recording.retention import recording_remove
from recording.sessions import recordings_settle
from recording.storage import spool_folder
from tests.conferences.meeting import BEGIN
from tests.recording import takes
from tests.recording.test_sessions import Book, row

SECONDS = 5
LAST = BEGIN + 1_000 * SECONDS


@pytest.fixture
def book(room: Room) -> Book:
    return Book(room)


@pytest.fixture
def seq(book: Book) -> int:
    """It was captured until LAST by a server that was seen then."""
    seq = book.starts()
    book.settles(seq)
    raw = spool_folder(row(seq).pk) / "raw"
    takes.sound(raw, "alice", 440, begin=BEGIN, seconds=SECONDS)
    for path in raw.glob("*/*"):
        os.utime(path, (LAST / 1_000, LAST / 1_000))
    Conference.objects.update(server="gone")
    return seq


def ended(now: int) -> list[str]:
    recordings_end_lost(now=now)
    return recordings_settle(now=now)


def test_it_ends_where_there_is_something_last(seq: int) -> None:
    assert ended(LAST + LOST_MS - 1) == []
    assert ended(LAST + LOST_MS) == [row(seq).pk]
    found = row(seq)
    assert (found.status, found.stopped_at, found.spans) == (Status.MAKING, LAST, [[BEGIN, LAST]])
    assert ended(LAST + LOST_MS) == []


def test_its_owner_may_delete_it_then(seq: int) -> None:
    assert not recording_remove(recording=row(seq), deed=Deed.DELETED, by=None, now=LAST)
    ended(LAST + LOST_MS)
    assert recording_remove(recording=row(seq), deed=Deed.DELETED, by=None, now=LAST)


def test_while_its_server_lives_it_goes_on_however_silent(seq: int) -> None:
    ConferenceServer.objects.create(name="gone", seen_at=LAST + LOST_MS)
    assert ended(LAST + LOST_MS) == []


def test_whose_conference_ended_without_a_word_of_it_is_ended(seq: int) -> None:
    ConferenceServer.objects.create(name="gone", seen_at=LAST + LOST_MS)
    Conference.objects.update(ended_at=LAST)
    assert ended(LAST + LOST_MS) == [row(seq).pk]


def test_one_that_stopped_is_not_told_so_twice(book: Book, seq: int) -> None:
    book.meeting.does("alice", StopRecording())
    book.writes()
    assert recordings_end_lost(now=LAST + LOST_MS) == []
    assert Recording.objects.count() == 1
