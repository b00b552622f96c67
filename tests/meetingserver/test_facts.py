"""What billing learns of recordings."""

import pytest

from auth_gateway.models import User
from conferences.models import ChatFile, Conference, Document, Room
from conferences.services import room_create
from meetingserver import facts
from recording.models import Recording, Status
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(alice: User) -> Room:
    alice.account = "ACME"
    alice.save()
    return room_create(owner=alice)[0]


def recording(room: Room, id: str, *, status: Status = Status.READY, bytes: int = 1000) -> None:
    conference, _ = Conference.objects.get_or_create(id="c", room=room, created_at=BEGIN, ended_at=BEGIN)
    Recording.objects.create(
        id=id, conference=conference, title="Archery", status=status, started_at=BEGIN, size_bytes=bytes,
        stopped_at=BEGIN + 90_000, spans=[[BEGIN, BEGIN + 30_500], [BEGIN + 60_000, BEGIN + 90_000]],
    )  # fmt: skip


def test_recordings_that_are_ready_and_new_are_told(room: Room) -> None:
    recording(room, "c-1")
    recording(room, "c-2")
    recording(room, "c-3", status=Status.MAKING)
    first = Recording.objects.filter(pk="c-1").values_list("pk", flat=True)
    [told] = facts.recorded(first)
    assert (told.id, told.seconds, told.bytes) == ("c-2", 61, 1000)
    assert (told.subscriber, told.account, told.room) == ("alice", "ACME", room.code)


def test_what_a_host_stores_is_told(room: Room) -> None:
    recording(room, "c-1", bytes=10)
    recording(room, "c-2", bytes=20)
    [told] = facts.stored()
    assert (told.subscriber, told.account, told.recordings, told.bytes) == ("alice", "ACME", 2, 30)


def test_files_are_stored_too(room: Room, mallory: User) -> None:
    conference = Conference.objects.create(id="c", room=room, created_at=BEGIN, ended_at=BEGIN)
    others = room_create(owner=mallory)[0]
    Document.objects.create(id="plans", conference=conference, size=300, seen_at=BEGIN)
    for number, where in enumerate(
        (conference, conference, Conference(id="d", room=others, created_at=BEGIN))
    ):
        where.save()
        ChatFile.objects.create(id=f"file {number}", conference=where, size=5)
    alices, mallorys = facts.stored()
    assert (alices.documents, alices.document_bytes) == (1, 300)
    assert (alices.chat_files, alices.chat_file_bytes, alices.bytes) == (2, 10, 310)
    assert (mallorys.subscriber, mallorys.account, mallorys.bytes) == ("mallory", "", 5)


def test_recordings_are_told_by_their_conference(room: Room) -> None:
    recording(room, "c-1")
    found = [facts.recorded_in(), facts.recorded_in(conference="c"), facts.recorded_in(conference="d")]
    found.append(facts.recorded_in(since=BEGIN + 1))
    assert [len(told) for told in found] == [1, 1, 0, 0]


def test_a_recording_of_nothing_is_told_too(room: Room) -> None:
    recording(room, "c-1")
    Recording.objects.update(stopped_at=None, spans=[])
    [told] = facts.recorded(Recording.objects.none().values_list("pk", flat=True))
    assert (told.seconds, told.stopped_at) == (0, BEGIN)
