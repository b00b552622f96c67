"""The work that `benchmarks/recording_making.py` measures; needs Django, and a folder of its own."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from auth_gateway.services import user_create
from conferences.services import room_create
from recording.aligned import AlignedTracks
from recording.desk import Desk
from recording.making import recording_advance
from recording.models import Recording, Status, Step
from recording.remux import Packing
from recording.storage import desk_folder, size_of
from tests.conferences.meeting import Meeting
from tests.recording import takes

TONES = (220, 330, 440, 550, 660, 770, 880, 990)


def prepare() -> None:
    call_command("migrate", verbosity=0)


@contextmanager
def measured(what: str, seconds: float) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"{what:<52} {wall:8.2f} s {cpu:8.2f} CPU s {seconds / cpu:8.0f} x real time")


def take(raw: Path, begin: int, seconds: float, participants: int) -> None:
    for n in range(participants):
        who = f"p{n}"
        takes.sound(raw, who, TONES[n % len(TONES)], begin=begin, seconds=seconds, ssrc=0x100 + n)
        takes.picture(
            raw,
            who,
            "red",
            begin=begin,
            seconds=seconds,
            fps=15,
            size=(640, 360),
            key_every_s=10,
            ssrc=0x200 + n,
        )


def pack(minutes: int) -> None:
    """One person alone: what packing and mixing cost."""
    begin, seconds = 1_790_000_000_000, minutes * 60.0
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        desk = Desk(Path(folder))
        take(desk.raw, begin, seconds, 1)
        with measured("packing sound and camera of one participant", seconds):
            list(Packing(desk, AlignedTracks(desk, begin), begin).pack(None))


def make(minutes: int, participants: int) -> None:
    user = user_create(username="alice", password=str(settings.SECRET_KEY), display_name="Alice")
    room = room_create(owner=user, wishes={"name": "Archery"})[0]
    meeting = Meeting()
    for n in range(participants):
        meeting.joins(f"p{n}")
    begin, length = meeting.now, minutes * 60_000
    recording = takes.recording_of(
        meeting, room, begin=begin, end=begin + length, status=Status.RECORDING, stopped_at=None
    )
    Recording.objects.filter(pk=recording.pk).update(spans=[[begin, 0]])
    take(desk_folder(recording.pk) / "raw", begin, length / 1000, participants)
    print(f"captured: {size_of(recording.pk) / 1e6:.0f} MB")
    with measured(f"while it runs: {participants} participants, {minutes} min", length / 1000):
        for at in range(20_000, length, 20_000):
            advance(recording, begin + at)
    Recording.objects.filter(pk=recording.pk).update(
        status=Status.MAKING, step=Step.VERIFY, stopped_at=begin + length, spans=[[begin, begin + length]]
    )
    with measured("from the end to ready", length / 1000):
        advance(recording, begin + length)
    recording.refresh_from_db()
    assert recording.status == Status.READY, recording.failure
    print(f"kept: {recording.size_bytes / 1e6:.0f} MB, {recording.size_bytes / minutes * 60 / 1e6:.0f} MB/h")


def advance(recording: Recording, now: int) -> None:
    while recording_advance(recording=recording.pk, now=lambda: now):
        pass
