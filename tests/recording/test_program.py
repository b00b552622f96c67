"""The film of a recording, from what was captured to `program.mp4`: made in pieces, failed, resumed."""

from functools import partial
from pathlib import Path

import av
import numpy
import pytest
from pytest_django import Settings

from conferences.core.commands import StartCamera
from conferences.models import Room
from recording.failures import Failure
from recording.film import Film
from recording.making import recording_advance
from recording.manifest import Manifest, decode
from recording.models import ProgramStatus, Recording, Status
from recording.program import DEATHS, LEASE_MS, program_make, programs_left
from recording.storage import desk_folder, recordings_storage, spool_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db
NOW = 1_800_000_000_000
SECONDS = 6


@pytest.fixture
def ready(room: Room, settings: Settings) -> Recording:
    """Alice is red and sounds at 440 Hz; a film is asked for."""
    settings.RECORDINGS_FILM_SIZES = ["360p"]
    meeting = Meeting()
    meeting.joins("alice")
    meeting.does("alice", StartCamera())
    begin = meeting.now + 1_000
    meeting.wait(SECONDS + 1)
    recording = takes.recording_of(meeting, room, begin=begin, end=begin + 1_000 * SECONDS)
    raw = spool_folder(recording.pk) / "raw"
    takes.sound(raw, "alice", 440, begin=begin, seconds=SECONDS)
    takes.picture(raw, "alice", "red", begin=begin, seconds=SECONDS)
    while recording_advance(recording=recording.pk, now=lambda: NOW):
        pass
    Recording.objects.update(program=ProgramStatus.MAKING, worked_at=0)
    recording.refresh_from_db()
    assert recording.status == Status.READY
    return recording


def folder(recording: Recording) -> Path:
    return desk_folder(recording.pk) / str(recording.version)


def manifest(recording: Recording) -> Manifest:
    return decode((folder(recording) / "manifest.json").read_bytes())


def make(recording: Recording) -> None:
    while program_make(recording=recording.pk, now=lambda: NOW):
        pass
    recording.refresh_from_db()


def test_a_film_is_made_and_told_of(ready: Recording) -> None:
    make(ready)
    assert (ready.program, ready.program_percent) == (ProgramStatus.READY, 100)
    (video,) = manifest(ready).video
    assert (video.name, video.first, video.segments) == ("360p", 0, 3)
    (download,) = [one for one in manifest(ready).downloads if one.kind == "program"]
    assert download.bytes == (folder(ready) / "program.mp4").stat().st_size
    assert "#EXT-X-ENDLIST" in (folder(ready) / "video/360p/index.m3u8").read_text()
    assert "video/360p/index.m3u8" in (folder(ready) / "master.m3u8").read_text()
    assert not list(folder(ready).rglob("*.part"))


@pytest.mark.usefixtures("elsewhere")
def test_a_film_is_made_of_what_is_kept_elsewhere(ready: Recording) -> None:
    make(ready)
    assert ready.program == ProgramStatus.READY
    assert not desk_folder(ready.pk).exists()
    place = f"{ready.pk}/{ready.version}"
    with recordings_storage.open(f"{place}/manifest.json") as file:
        (download,) = [one for one in decode(file.read()).downloads if one.kind == "program"]
    assert recordings_storage.size(f"{place}/program.mp4") == download.bytes


def test_what_was_seen_and_heard_is_in_it(ready: Recording) -> None:
    make(ready)
    with av.open(str(folder(ready) / "program.mp4")) as film:
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    with av.open(str(folder(ready) / "program.mp4")) as film:
        samples = numpy.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])
    assert pictures[60][150, 320].astype(int) == pytest.approx(takes.COLOURS["red"], abs=25)
    assert takes.heard(samples[96_000:144_000], 440) > 0.1
    assert len(pictures) == pytest.approx(SECONDS * 15.625, abs=1)


def test_a_killed_maker_is_followed_by_another(ready: Recording) -> None:
    """Who leaves segments, and the row as somebody's who works on it."""
    assert program_make(recording=ready.pk, now=lambda: NOW) is True
    made = folder(ready) / "video/360p/1.m4s"
    before = made.stat().st_mtime_ns
    Recording.objects.update(worked_at=NOW)
    assert program_make(recording=ready.pk, now=lambda: NOW + 1_000) is False
    assert programs_left(now=NOW + LEASE_MS) == []
    assert programs_left(now=NOW + LEASE_MS + 1) == [ready.pk]
    Recording.objects.update(worked_at=NOW - LEASE_MS - 1)
    make(ready)
    assert ready.program == ProgramStatus.READY
    assert made.stat().st_mtime_ns == before


def test_a_piece_that_kills_every_maker_is_given_up(
    ready: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(_film: Film, _first: int) -> None:
        raise Killed

    with monkeypatch.context() as deadly:
        deadly.setattr(Film, "make", kill)
        for death in range(DEATHS):
            with pytest.raises(Killed):
                program_make(recording=ready.pk, now=partial(int, NOW + death * (LEASE_MS + 1)))
    later = NOW + DEATHS * (LEASE_MS + 1)
    assert program_make(recording=ready.pk, now=lambda: later) is False
    ready.refresh_from_db()
    assert (ready.program, ready.failure) == (ProgramStatus.FAILED, Failure.WORKER_DIED)
    assert programs_left(now=later + LEASE_MS + 1) == []


def test_deaths_at_different_pieces_do_not_add_up(ready: Recording) -> None:
    Recording.objects.update(worked_at=1, tries=DEATHS - 2)
    make(ready)
    assert (ready.program, ready.tries) == (ProgramStatus.READY, 0)


def test_what_cannot_be_made_is_said_to_have_failed(ready: Recording) -> None:
    (folder(ready) / "manifest.json").write_text("{}")
    make(ready)
    assert (ready.program, ready.failure) == (ProgramStatus.FAILED, Failure.UNEXPECTED)


def test_nothing_is_made_that_nobody_asked_for(ready: Recording) -> None:
    Recording.objects.update(program=ProgramStatus.NONE)
    assert program_make(recording=ready.pk, now=lambda: NOW) is False
    assert not (folder(ready) / "video").exists()


def test_a_recording_that_is_made_anew_has_no_film(ready: Recording) -> None:
    Recording.objects.update(status=Status.MAKING)
    assert program_make(recording=ready.pk, now=lambda: NOW) is False
