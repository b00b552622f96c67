"""Tests of recording/making.py."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from conferences.core import chat
from conferences.models import Room
from recording.failures import Failure
from recording.making import (
    DAY_MS,
    LEASE_MS,
    TRIES,
    recording_advance,
    recording_retry,
    recordings_forget_raw,
    recordings_look_after,
)
from recording.manifest import Manifest, decode
from recording.models import Recording, Status, Step
from recording.storage import desk_folder, names_in
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db
LATE_MS = 20
"""What the network takes at least: nobody can know it."""
LATER = 10_000_000
"""After the beginning: everything is over."""


@pytest.fixture
def taken(room: Room) -> Recording:
    """20 s. Alice sounds at 440 Hz and is red; Bob at 700 Hz, from 5 to 15 s. Alice says hello at 4 s."""
    return take_of(room)


def take_of(room: Room, **fields: object) -> Recording:
    meeting = Meeting()
    for who in ("alice", "bob"):
        meeting.joins(who)
    begin = meeting.now + 1000
    meeting.wait(5)
    meeting.does("alice", chat.SendChat(text="hello"))
    recording = takes.recording_of(meeting, room, begin=begin, end=begin + 20_000, **fields)
    raw = desk_folder(recording.pk) / "raw"
    takes.sound(raw, "alice", 440, begin=begin, seconds=20)
    takes.sound(raw, "bob", 700, begin=begin + 5_000, seconds=10)
    takes.picture(raw, "alice", "red", begin=begin, seconds=20)
    return recording


def make(recording: Recording) -> Manifest:
    """All that is to be done."""
    while recording_advance(recording=recording.pk, now=lambda: recording.started_at + LATER):
        pass
    recording.refresh_from_db()
    assert (recording.status, recording.failure) == (Status.READY, "")
    return manifest_of(recording)


def folder_of(recording: Recording) -> Path:
    return desk_folder(recording.pk) / str(recording.version)


def manifest_of(recording: Recording) -> Manifest:
    return decode((folder_of(recording) / "manifest.json").read_bytes())


def heard(recording: Recording) -> NDArray[np.float32]:
    with av.open(str(folder_of(recording) / "audio.m4a")) as file:
        return np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])


def test_a_take_becomes_a_bundle(taken: Recording) -> None:
    manifest = make(taken)
    assert (manifest.length_ms, manifest.audio.segments, manifest.ended) == (20_000, 10, True)
    assert manifest.people == {"alice": "Alice", "bob": "Bob"}
    assert [(found.t, found.text) for found in manifest.search] == [(4_000, "hello")]
    assert [(t.participant, t.source, t.width) for t in manifest.tracks] == [("alice", "camera", 320)]
    assert [(talk.participant, talk.from_ms // 1000) for talk in manifest.talks] == [("alice", 0), ("bob", 5)]
    assert (taken.version, taken.length_ms) == (1, 20_000)
    assert taken.size_bytes > 100_000
    files = {path.relative_to(folder_of(taken)).as_posix() for path in folder_of(taken).rglob("*")}
    assert {"poster.webp", "chapters.vtt", "chat.txt", "audio.m4a", "audio/index.m3u8"} <= files


def test_each_is_heard_when_they_spoke(taken: Recording) -> None:
    make(taken)
    sound = heard(taken)
    for second in range(1, 19):
        part = sound[second * 48_000 + 4_800 : (second + 1) * 48_000 - 4_800]
        assert takes.heard(part, 440) > 0.2
        assert (takes.heard(part, 700) > 0.2) == (5 <= second < 15)
    loud = [takes.heard(sound[at : at + 480], 700) > 0.1 for at in range(4 * 48_000, 6 * 48_000, 48)]
    assert abs(4_005 + loud.index(True) - 5_000 - LATE_MS) <= 10


def test_pictures_are_shown_at_their_time(taken: Recording) -> None:
    (track,) = make(taken).tracks
    with av.open(str(folder_of(taken) / track.file)) as file:
        shown = [(frame.time * 1000 + track.from_ms, *takes.seen(frame)) for frame in file.decode(video=0)]
    assert {colour for _t, colour, _n in shown} == {"red"}
    assert all(abs(t - 100 * n - LATE_MS) <= 40 for t, _colour, n in shown[:100])
    assert all(later[0] > earlier[0] for earlier, later in pairwise(shown))


# Again, and while it runs


def test_running_it_twice_is_harmless(taken: Recording) -> None:
    make(taken)
    before = {path: path.read_bytes() for path in folder_of(taken).rglob("*") if path.is_file()}
    assert not recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER)
    Recording.objects.filter(pk=taken.pk).update(status=Status.MAKING, step=Step.PUBLISH, worked_at=0)
    make(taken)
    assert {path: path.read_bytes() for path in folder_of(taken).rglob("*") if path.is_file()} == before


def test_what_is_taken_out_is_in_no_file_of_the_new_version(taken: Recording) -> None:
    make(taken)
    changes = {"hidden_participants": ["bob"], "cuts": [[taken.started_at + 3_000, taken.started_at + 6_000]]}
    Recording.objects.filter(pk=taken.pk).update(
        status=Status.MAKING, step=Step.BUNDLE, percent=0, worked_at=0, **changes
    )
    taken.refresh_from_db()
    manifest = make(taken)
    assert (taken.version, manifest.version, manifest.length_ms) == (2, 2, 17_000)
    assert not (desk_folder(taken.pk) / "1").exists()
    sound = heard(taken)
    assert takes.heard(sound, 700) < 0.001
    assert takes.heard(sound[: 16 * 48_000], 440) > 0.2
    assert manifest.people == {"alice": "Alice", "bob": "Participant 1"}
    assert not manifest.search
    for path in folder_of(taken).rglob("*.json"):
        assert b"Bob" not in path.read_bytes()
        assert b"hello" not in path.read_bytes()
    assert sum(track.to_ms - track.from_ms for track in manifest.tracks) > 11_000


def test_it_can_be_made_anew_when_what_was_captured_is_gone(taken: Recording) -> None:
    make(taken)
    before = heard(taken)
    recordings_forget_raw(now=taken.started_at + 15 * DAY_MS, days=14)
    assert not list(names_in(f"{taken.pk}/raw"))
    Recording.objects.filter(pk=taken.pk).update(
        status=Status.MAKING, step=Step.BUNDLE, worked_at=0, hidden_lines=[1]
    )
    taken.refresh_from_db()
    assert len(make(taken).talks) == 2
    after = heard(taken)[: len(before)]
    assert np.abs(after - before)[9_600:-9_600].max() < 0.02


def test_what_was_captured_is_kept_for_some_days(taken: Recording) -> None:
    make(taken)
    recordings_forget_raw(now=taken.started_at + 13 * DAY_MS, days=14)
    assert list(names_in(f"{taken.pk}/raw"))


def test_while_it_runs_what_is_complete_is_made_already(room: Room) -> None:
    running = take_of(room, status=Status.RECORDING, stopped_at=None)
    Recording.objects.filter(pk=running.pk).update(spans=[[running.started_at, 0]])
    assert not recording_advance(recording=running.pk, now=lambda: running.started_at + 18_000)
    running.refresh_from_db()
    assert (running.status, running.version, running.worked_at) == (Status.RECORDING, 1, 0)
    beforehand = sorted(path.name for path in (folder_of(running) / "audio").glob("*.m4s"))
    assert beforehand == [f"{n}.m4s" for n in range(7)]
    made = {name: (folder_of(running) / "audio" / name).read_bytes() for name in beforehand}
    Recording.objects.filter(pk=running.pk).update(
        status=Status.MAKING,
        step=Step.VERIFY,
        stopped_at=running.started_at + 20_000,
        spans=[[running.started_at, running.started_at + 20_000]],
    )
    assert make(running).audio.segments == 10
    assert {name: (folder_of(running) / "audio" / name).read_bytes() for name in beforehand} == made


# Who works on it


def test_two_workers_never_work_on_one_recording(taken: Recording) -> None:
    now = taken.started_at + LATER
    Recording.objects.filter(pk=taken.pk).update(worked_at=now - LEASE_MS + 1)
    assert not recording_advance(recording=taken.pk, now=lambda: now)
    taken.refresh_from_db()
    assert taken.status == Status.MAKING
    assert recordings_look_after(now=now) == []


def test_a_worker_that_disappeared_is_followed_by_another(taken: Recording) -> None:
    now = taken.started_at + LATER
    Recording.objects.filter(pk=taken.pk).update(worked_at=now - LEASE_MS, step=Step.MIX)
    assert recordings_look_after(now=now) == [taken.pk]
    make(taken)


def test_a_worker_that_comes_back_after_an_hour_does_nothing_more(taken: Recording) -> None:
    """While it was away, another one has published."""
    moments = iter([0, 0, 0, *[3_600_000] * 1_000])
    begin = taken.started_at + LATER

    def now() -> int:
        passed = next(moments)
        if passed and Recording.objects.get(pk=taken.pk).status == Status.MAKING:
            Recording.objects.filter(pk=taken.pk).update(status=Status.READY, worked_at=5, version=7)
        return begin + passed

    assert not recording_advance(recording=taken.pk, now=now)
    taken.refresh_from_db()
    assert (taken.status, taken.version, taken.worked_at) == (Status.READY, 7, 5)


def test_work_that_kills_every_worker_ends_as_a_failure(taken: Recording) -> None:
    """The worker died, again and again: its lease was never given back."""
    for number in range(TRIES + 1):
        Recording.objects.filter(pk=taken.pk).update(worked_at=1 + number)
        if number < TRIES:
            Recording.objects.filter(pk=taken.pk).update(tries=number + 1)
    recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER)
    taken.refresh_from_db()
    assert (taken.status, taken.failure) == (Status.FAILED, Failure.WORKER_DIED)


def test_a_failure_is_seen_and_can_be_tried_again(taken: Recording) -> None:
    masters = desk_folder(taken.pk) / "masters"
    masters.mkdir(parents=True)
    (masters / "index.json").write_text("not what it should be")
    recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER)
    taken.refresh_from_db()
    assert (taken.status, taken.failure, taken.step) == (Status.FAILED, Failure.UNEXPECTED, Step.REMUX)
    (masters / "index.json").unlink()
    assert recording_retry(recording=taken.pk)
    assert not recording_retry(recording=taken.pk)
    make(taken)


def test_nothing_was_captured_and_still_there_is_something_to_watch(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    recording = takes.recording_of(meeting, room, begin=meeting.now, end=meeting.now + 5_000)
    manifest = make(recording)
    assert (manifest.length_ms, manifest.tracks) == (5_000, ())
    assert not heard(recording).any()
