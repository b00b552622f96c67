"""Rows of recordings say what the journal does, whatever went wrong before."""

import pytest

from auth_gateway.models import User
from conferences.core import commands as c
from conferences.core import recording as r
from conferences.core.words import Part
from conferences.journal import entries
from conferences.models import Conference, JournalEntry, Room, Viewers
from conferences.services import room_create
from recording.models import Recorded, Recording, Status, Step
from recording.sessions import DAY_MS, recording_id, recording_settle, recordings_settle
from tests.conferences.meeting import BEGIN, Meeting

LATER = BEGIN + 1_000_000


class Book:
    """A meeting whose journal is in the database. Who comes under their own name has that account."""

    def __init__(self, room: Room) -> None:
        self.room = room
        Conference.objects.create(id="c1", room=room, created_at=BEGIN)
        self.meeting = Meeting()
        for who in ("alice", "bob"):
            self.meeting.joins(who, account=who)
        self._written = 0

    def writes(self) -> None:
        """What happened since is durable."""
        new = self.meeting.events[self._written :]
        JournalEntry.objects.bulk_create(entries("c1", self._written + 1, new))
        self._written = len(self.meeting.events)

    def starts(self) -> int:
        self.meeting.does("alice", r.StartRecording(parts=(Part.CHAT,)))
        return self.meeting.state.seq

    def settles(self, seq: int) -> bool:
        self.writes()
        return recording_settle(conference="c1", seq=seq, now=LATER)


@pytest.fixture
def book(alice: User) -> Book:
    wishes = {"name": "Archery", "recordings_seen_by": Viewers.PUBLIC, "recordings_kept_days": 2}
    return Book(room_create(owner=alice, wishes=wishes)[0])


def row(seq: int) -> Recording:
    return Recording.objects.get(pk=recording_id("c1", seq))


def test_a_recording_that_starts_has_a_row_which_is_made_once(book: Book) -> None:
    seq = book.starts()
    for _ in range(2):
        assert not book.settles(seq)
    made = row(seq)
    assert (made.title, made.viewers, made.parts) == ("Archery", Viewers.PUBLIC, ["chat"])
    assert (made.status, made.started_at, made.spans) == (Status.RECORDING, BEGIN, [[BEGIN, 0]])
    assert Recording.objects.count() == 1


def test_what_is_paused_and_watched_is_in_the_row(book: Book) -> None:
    seq = book.starts()
    book.meeting.wait(10)
    book.meeting.does("alice", r.PauseRecording())
    book.settles(seq)
    assert row(seq).spans == [[BEGIN, BEGIN + 10_000]]
    book.meeting.wait(5)
    book.meeting.does("alice", r.ResumeRecording())
    book.meeting.does("alice", r.GoLive())
    book.settles(seq)
    assert (row(seq).spans, row(seq).live) == ([[BEGIN, BEGIN + 10_000], [BEGIN + 15_000, 0]], True)
    book.meeting.does("alice", r.EndLive())
    book.settles(seq)
    assert not row(seq).live


@pytest.mark.parametrize("paused", [False, True])
def test_a_recording_that_stopped_is_to_be_made_ready_once(book: Book, paused: bool) -> None:
    seq = book.starts()
    if paused:
        book.meeting.wait(10)
        book.meeting.does("alice", r.PauseRecording())
    book.meeting.wait(10)
    stopped_at = book.meeting.now
    book.meeting.does("alice", r.StopRecording())
    assert book.settles(seq)
    assert not book.settles(seq)
    made = row(seq)
    assert (made.status, made.step, made.worked_at) == (Status.MAKING, Step.VERIFY, 0)
    assert (made.stopped_at, made.kept_until) == (stopped_at, stopped_at + 2 * DAY_MS)
    assert made.spans == [[BEGIN, BEGIN + 10_000]]
    made.delete()
    assert Recorded.objects.values_list("started_at", "length_ms").get() == (BEGIN, 10_000), "for its month"


def test_what_is_made_ready_is_not_touched_any_more(book: Book) -> None:
    seq = book.starts()
    book.meeting.does("alice", r.StopRecording())
    book.settles(seq)
    Recording.objects.update(status=Status.READY, title="Mine")
    book.settles(seq)
    assert (row(seq).status, row(seq).title) == (Status.READY, "Mine")


def test_of_two_recordings_each_has_its_own_row(book: Book) -> None:
    first = book.starts()
    book.meeting.does("alice", r.StopRecording())
    book.meeting.wait(60)
    second = book.starts()
    assert book.settles(first)
    assert not book.settles(second)
    assert (row(first).status, row(second).status) == (Status.MAKING, Status.RECORDING)
    assert row(second).started_at == BEGIN + 60_000


def test_what_started_nothing_has_no_row(book: Book) -> None:
    assert not book.settles(2)
    assert not Recording.objects.exists()


def test_accounts_that_were_in_while_it_was_recorded_took_part(book: Book) -> None:
    for name in ("bob", "carol", "dave"):
        User.objects.create(username=name)
    book.meeting.does("bob", c.LeaveConference())
    book.meeting.wait(5)
    seq = book.starts()
    book.meeting.wait(5)
    book.meeting.joins("carol", account="carol")
    book.meeting.wait(5)
    book.meeting.does("alice", r.StopRecording())
    book.meeting.wait(5)
    book.meeting.joins("dave", account="dave")
    book.settles(seq)
    assert {user.username for user in row(seq).participants.all()} == {"alice", "carol"}


def test_a_server_that_was_killed_left_rows_that_the_next_settles(book: Book) -> None:
    first = book.starts()
    book.settles(first)
    book.meeting.does("alice", r.StopRecording())
    second = book.starts()
    book.settles(second)
    book.meeting.does("alice", c.EndConference())
    book.writes()
    assert recordings_settle(now=LATER, conference="another") == []
    assert set(recordings_settle(now=LATER)) == {recording_id("c1", seq) for seq in (first, second)}
    assert recordings_settle(now=LATER) == []


def test_what_still_runs_stays_as_it_is(book: Book) -> None:
    seq = book.starts()
    book.settles(seq)
    assert recordings_settle(now=LATER, conference="c1") == []
    assert row(seq).status == Status.RECORDING
