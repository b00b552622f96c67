"""What survives when workers are killed, disks are full, files are damaged and networks are bad."""

import os
import shutil
import signal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from django.db import connections

from conferences.models import Room
from recording.failures import Failure
from recording.fmp4 import init_segment
from recording.making import LEASE_MS, recording_advance, recording_retry
from recording.models import Recording, Status, Step
from recording.storage import desk_folder
from tests.conferences.meeting import Meeting
from tests.recording import takes
from tests.recording.test_making import LATER, folder_of, heard, make, manifest_of, take_of

STEPS = [step for step in Step if step is not Step.VERIFY]


def killed_in(recording: Recording, step: Step, look: int) -> bool:
    """A process of its own works on it until it looks at the clock for that time in that step; whether it was
    killed then, or had finished before."""
    connections.close_all()
    child = os.fork()
    if not child:
        _work_until(recording, step, look)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _work_until(recording: Recording, step: Step, look: int) -> None:
    looks = 0

    def now() -> int:
        nonlocal looks
        looks += Recording.objects.filter(pk=recording.pk, step=step).exists()
        if looks >= look:
            os.kill(os.getpid(), signal.SIGKILL)
        return recording.started_at + LATER

    try:
        while recording_advance(recording=recording.pk, now=now):
            pass
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("look", [1, 3])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_in_any_step_is_followed_by_another(room: Room, step: Step, look: int) -> None:
    taken = take_of(room)
    killed_in(taken, step, look)
    taken.refresh_from_db()
    left = Recording.objects.get(pk=taken.pk)
    assert left.status in (Status.MAKING, Status.READY)
    while recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER + 2 * LEASE_MS):
        pass
    taken.refresh_from_db()
    assert (taken.status, taken.version) == (Status.READY, 1)
    manifest = manifest_of(taken)
    assert (manifest.length_ms, manifest.audio.segments, len(manifest.tracks)) == (20_000, 10, 1)
    assert takes.heard(heard(taken)[: 19 * 48_000], 440) > 0.2
    assert sorted(p.name for p in desk_folder(taken.pk).iterdir() if p.name.isdigit()) == ["1"]
    assert not list(desk_folder(taken.pk).rglob("*.part"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "file"),
    [
        (Step.VERIFY, "masters/made-1.json"),
        (Step.ALIGN, "masters/alignment.json"),
        (Step.REMUX, "masters/index.json"),
        (Step.REMUX, "masters/alice.camera.*.webm"),
        (Step.REMUX, "masters/bob.microphone.*.webm"),
        (Step.MIX, "1/audio/5.m4s"),
        (Step.BUNDLE, "1/journal/0.json"),
        (Step.BUNDLE, "1/audio.m4a"),
        (Step.BUNDLE, "1/poster.webp"),
        (Step.PUBLISH, "1/manifest.json"),
    ],
)
def test_a_full_disk_is_said_and_nothing_is_lost(room: Room, step: Step, file: str) -> None:
    taken = take_of(room)
    make(taken)
    (found,) = desk_folder(taken.pk).glob(file)
    forget(taken)
    found.parent.mkdir(parents=True, exist_ok=True)
    found.with_name(f"{found.name}.{os.getpid()}.part").symlink_to("/dev/full")
    if step is Step.VERIFY:
        shutil.rmtree(desk_folder(taken.pk) / "1", ignore_errors=True)
    while recording_advance(recording=taken.pk, now=lambda: taken.started_at + LATER):
        pass
    taken.refresh_from_db()
    assert (taken.status, taken.failure, taken.step) == (Status.FAILED, Failure.DISK_FULL, step)
    assert recording_retry(recording=taken.pk)
    assert make(taken).audio.segments == 10


def forget(recording: Recording) -> None:
    """As if it had never been made."""
    for name in ("masters", "1"):
        shutil.rmtree(desk_folder(recording.pk) / name)
    (desk_folder(recording.pk) / "1").mkdir()
    Recording.objects.filter(pk=recording.pk).update(
        status=Status.MAKING, step=Step.VERIFY, version=0, worked_at=0
    )


def tracks_of(recording: Recording) -> Path:
    return desk_folder(recording.pk) / "raw"


@pytest.mark.django_db
def test_a_torn_chunk_loses_its_end_only(room: Room) -> None:
    taken = take_of(room)
    (chunk,) = tracks_of(taken).glob("bob.*/*.rtpd")
    data = chunk.read_bytes()
    chunk.rename(chunk.with_name("00000.rtpd.open")).write_bytes(data[: len(data) // 2])
    make(taken)
    sound = heard(taken)
    assert takes.heard(sound[6 * 48_000 : 9 * 48_000], 700) > 0.2
    assert takes.heard(sound[11 * 48_000 : 14 * 48_000], 700) < 0.01


@pytest.mark.django_db
def test_a_chunk_that_cannot_be_read_costs_nobody_else(room: Room) -> None:
    taken = take_of(room)
    (chunk,) = tracks_of(taken).glob("bob.*/*.rtpd")
    chunk.write_bytes(b"nonsense")
    make(taken)
    assert takes.heard(heard(taken)[6 * 48_000 : 14 * 48_000], 440) > 0.2


@pytest.mark.django_db
def test_somebody_who_comes_forty_times_is_heard_forty_times(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    begin = meeting.now
    taken = takes.recording_of(meeting, room, begin=begin, end=begin + 160_000)
    for visit in range(40):
        at = begin + 4_000 * visit
        takes.sound(tracks_of(taken), "bob", 700, begin=at, seconds=1, ssrc=0x500 + visit)
        takes.picture(tracks_of(taken), "bob", "blue", begin=at, seconds=1, ssrc=0x600 + visit)
    manifest = make(taken)
    assert len(manifest.tracks) == 40
    assert all(a.to_ms <= b.from_ms for a, b in pairwise(manifest.tracks))
    sound = heard(taken)
    for second in range(1, 159):
        part = sound[second * 48_000 + 9_600 : (second + 1) * 48_000 - 9_600]
        assert (takes.heard(part, 700) > 0.2) == (second % 4 == 0)


@pytest.mark.django_db
def test_a_camera_that_was_off_is_another_file_and_sizes_may_change(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    begin = meeting.now
    taken = takes.recording_of(meeting, room, begin=begin, end=begin + 30_000)
    raw, sizes = tracks_of(taken), ((320, 180), (640, 360), (160, 90))
    takes.picture(raw, "alice", "red", begin=begin, seconds=10, sizes=sizes, key_every_s=2)
    later = takes.Sender(rtp_start=0xFFFF_0000 + 20 * 90_000, sequence_start=40_000)
    takes.picture(raw, "alice", "green", begin=begin + 20_000, seconds=8, sender=later)
    first, second = make(taken).tracks
    assert (first.width, first.height, second.width) == (640, 360, 320)
    assert (first.to_ms // 1000, second.from_ms // 1000) == (10, 20)
    with av.open(str(folder_of(taken) / first.file)) as file:
        assert {(f.width, f.height) for f in file.decode(video=0)} == set(sizes)


@pytest.mark.django_db
def test_of_several_sizes_the_largest_that_flows_is_shown(room: Room) -> None:
    """The large one flows from 5 to 15 s only."""
    meeting = Meeting()
    meeting.joins("alice")
    begin = meeting.now
    taken = takes.recording_of(meeting, room, begin=begin, end=begin + 20_000)
    raw = tracks_of(taken)
    takes.picture(raw, "alice", "red", begin=begin, seconds=20, key_every_s=1)
    takes.picture(
        raw, "alice", "blue", begin=begin + 5_000, seconds=10, size=(640, 360), layer=1, key_every_s=1
    )
    shown: dict[int, str] = {}
    for track in make(taken).tracks:
        with av.open(str(folder_of(taken) / track.file)) as file:
            for frame in file.decode(video=0):
                shown[round(frame.time + track.from_ms / 1000)] = takes.seen(frame)[0]
    assert [shown[second] for second in (2, 4, 7, 10, 13, 17, 19)] == [
        "red",
        "red",
        *["blue"] * 3,
        "red",
        "red",
    ]


@pytest.mark.django_db
def test_five_percent_of_loss_is_survived(room: Room) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    begin = meeting.now
    taken = takes.recording_of(meeting, room, begin=begin, end=begin + 60_000)
    lossy = takes.Network(loss=0.05, jitter_ms=40, reordered=0.02, repeated=0.02)
    takes.sound(tracks_of(taken), "alice", 440, begin=begin, seconds=60, network=lossy)
    takes.picture(tracks_of(taken), "alice", "red", begin=begin, seconds=60, key_every_s=2, network=lossy)
    manifest = make(taken)
    sound = heard(taken)
    for second in range(1, 59):
        assert takes.heard(sound[second * 48_000 : (second + 1) * 48_000], 440) > 0.15
    colours = set()
    for track in manifest.tracks:
        with av.open(str(folder_of(taken) / track.file)) as file:
            colours |= {takes.seen(frame)[0] for frame in file.decode(video=0)}
    assert colours == {"red"}


@pytest.mark.campaign
@pytest.mark.django_db
def test_six_hours_are_made(room: Room) -> None:
    """Alice says something at the beginning of each hour, and her camera sends a picture every other second.
    Her timestamps and numbers go round."""
    meeting = Meeting()
    meeting.joins("alice")
    begin, hour = meeting.now, 3_600_000
    taken = takes.recording_of(meeting, room, begin=begin, end=begin + 6 * hour)
    raw = tracks_of(taken)
    takes.picture(raw, "alice", "red", begin=begin, seconds=6 * 3_600, fps=0.5, key_every_s=10)
    for number in range(6):
        sender = takes.Sender(rtp_start=(number * hour * 48) & 0xFFFF_FFFF, sequence_start=number)
        takes.sound(raw, "alice", 440, begin=begin + number * hour, seconds=60, sender=sender)
    manifest = make(taken)
    assert (manifest.length_ms, manifest.audio.segments) == (6 * hour, 10_547)
    assert len(manifest.tracks) == 72
    assert [round(talk.from_ms / hour, 3) for talk in manifest.talks] == [0, 1, 2, 3, 4, 5]
    last = [track for track in manifest.tracks if track.to_ms > 6 * hour - 10_000]
    assert [abs(track.to_ms - 6 * hour) < 3_000 for track in last] == [True]
    for number in range(6):
        first = (number * hour + 2_000) // 2_048
        segment = folder_of(taken) / "audio" / f"{first + 2}.m4s"
        with av.open(BytesIO(init_segment() + segment.read_bytes()), "r") as file:
            sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
        assert takes.heard(sound[9_600:-9_600], 440) > 0.2


@pytest.mark.django_db
def test_a_pause_is_truly_absent(room: Room) -> None:
    taken = take_of(room)
    begin = taken.started_at
    Recording.objects.filter(pk=taken.pk).update(
        spans=[[begin, begin + 4_500], [begin + 16_000, begin + 20_000]]
    )
    taken.refresh_from_db()
    manifest = make(taken)
    assert manifest.length_ms == 8_500
    sound = heard(taken)
    assert takes.heard(sound, 700) < 0.001
    assert takes.heard(sound[: 8 * 48_000], 440) > 0.2
    assert max(track.to_ms for track in manifest.tracks) <= 8_500
