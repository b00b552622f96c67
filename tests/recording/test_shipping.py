"""Tests of recording/shipping.py: what is captured here is kept elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from pytest_django import Settings

from conferences.models import Room
from meetingserver import env
from recording.failures import Failure
from recording.making import recording_advance, recording_retry, recordings_forget_raw
from recording.manifest import decode
from recording.models import Recording, Status, Step
from recording.shipping import ShippedBadly, carry, chunks_ship, chunks_shipped, fetch
from recording.storage import desk_folder, names_in, recordings_storage, spool_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes
from tests.recording.distant import DistantStorage
from tests.recording.test_making import LATER

pytestmark = pytest.mark.usefixtures("elsewhere")
BEGIN = 1_790_000_000_000


@pytest.fixture(autouse=True)
def _dials() -> Iterator[None]:
    yield
    DistantStorage.down = DistantStorage.broken = False


def capture(id: str) -> set[str]:
    header = takes.sound(spool_folder(id) / "raw", "alice", 440, begin=BEGIN, seconds=130)
    return {f"{id}/raw/{header.folder}/{number:05}.rtpd" for number in range(3)}


def ships(id: str) -> int:
    return len(list(chunks_ship(id)))


def content(name: str) -> bytes:
    with recordings_storage.open(name) as file:
        return bytes(file.read())


def test_sealed_chunks_are_carried_away() -> None:
    names = capture("c-1")
    (track,) = (spool_folder("c-1") / "raw").iterdir()
    open_chunk = track / "00003.rtpd.open"
    open_chunk.write_bytes(b"being written")
    contents = {path.read_bytes() for path in spool_folder("c-1").rglob("*.rtpd")}
    sizes = {path.stat().st_size for path in track.glob("*.rtpd")}
    assert ships("c-1") == 3
    assert set(names_in("c-1")) == names
    assert {f"c-1/raw/{name}" for name in chunks_shipped("c-1")} == names
    assert set(chunks_shipped("c-1").values()) == sizes
    assert {content(name) for name in names_in("c-1")} == contents
    assert list(spool_folder("c-1").rglob("*.rtpd*")) == [open_chunk]
    assert ships("c-1") == 0


def test_a_storage_that_is_down_only_delays() -> None:
    names = capture("c-1")
    DistantStorage.down = True
    with pytest.raises(ConnectionError):
        ships("c-1")
    assert len(list(spool_folder("c-1").rglob("*.rtpd"))) == 3
    DistantStorage.down = False
    assert ships("c-1") == 3
    assert set(names_in("c-1")) == names


def test_who_was_stopped_goes_on_where_it_was() -> None:
    names = capture("c-1")
    next(chunks_ship("c-1"))
    first = next(iter(sorted(spool_folder("c-1").rglob("*.rtpd"))))
    carry(first, f"c-1/raw/{first.parent.name}/{first.name}")
    assert first.exists()
    assert len(list(chunks_ship("c-1"))) == 2
    assert set(names_in("c-1")) == names


def test_what_did_not_arrive_well_stays_here() -> None:
    capture("c-1")
    DistantStorage.broken = True
    with pytest.raises(ShippedBadly):
        ships("c-1")
    assert len(list(spool_folder("c-1").rglob("*.rtpd"))) == 3
    assert not list(names_in("c-1"))


def test_half_a_file_is_replaced(tmp_path: Path) -> None:
    capture("c-1")
    path = min(spool_folder("c-1").rglob("*.rtpd"))
    name = f"c-1/raw/{path.parent.name}/{path.name}"
    half = tmp_path / "half"
    half.write_bytes(path.read_bytes()[:100])
    carry(half, name)
    carry(path, name)
    assert content(name) == path.read_bytes()


def test_what_is_elsewhere_is_brought_once() -> None:
    capture("c-1")
    ships("c-1")
    assert len(list(fetch("c-1"))) == 3
    assert not list(fetch("c-1"))
    assert len(list((desk_folder("c-1") / "raw").rglob("*.rtpd"))) == 3


def test_where_the_storage_is_here_nothing_is_carried(settings: Settings, tmp_path: Path) -> None:
    here = env.storage("UNSET_STORAGE", folder=tmp_path / "here")
    settings.STORAGES = {**settings.STORAGES, "recordings": here}
    capture("c-1")
    assert ships("c-1") == 0
    assert not list(fetch("c-1"))


@pytest.mark.django_db
def test_a_recording_is_made_and_remade_elsewhere(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    taken = takes.recording_of(meeting, room, begin=meeting.now, end=meeting.now + 10_000)
    raw = spool_folder(taken.pk) / "raw"
    takes.sound(raw, "alice", 440, begin=meeting.now, seconds=10)
    takes.picture(raw, "alice", "red", begin=meeting.now, seconds=10)
    DistantStorage.down = True
    _advance(taken)
    taken.refresh_from_db()
    assert (taken.status, taken.failure) == (Status.FAILED, Failure.STORAGE)
    DistantStorage.down = False
    recording_retry(recording=taken.pk)
    _advance(taken)
    _check(taken, version=1)
    assert not desk_folder(taken.pk).exists()
    recordings_forget_raw(now=taken.started_at + 100 * 24 * 3_600_000, days=14)
    Recording.objects.filter(pk=taken.pk).update(
        status=Status.MAKING,
        step=Step.BUNDLE,
        worked_at=0,
        cuts=[[taken.started_at, taken.started_at + 4_000]],
    )
    _advance(taken)
    _check(taken, version=2)
    assert not [name for name in names_in(taken.pk) if name.startswith(f"{taken.pk}/1/")]


def _advance(taken: Recording) -> None:
    while recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER):
        pass


def _check(taken: Recording, *, version: int) -> None:
    taken.refresh_from_db()
    assert (taken.status, taken.version) == (Status.READY, version)
    with recordings_storage.open(f"{taken.pk}/{version}/manifest.json") as file:
        manifest = decode(file.read())
    assert manifest.tracks
    names = set(names_in(f"{taken.pk}/{version}"))
    assert {f"{taken.pk}/{version}/{track.file}" for track in manifest.tracks} <= names
    with recordings_storage.open(f"{taken.pk}/{version}/audio.m4a") as file, av.open(file) as sound:
        assert sound.streams.audio[0].codec_context.sample_rate == 48_000
