"""What recordings cost: packing, mixing, the film, the wait from the end to the replay, bytes.

    .venv/bin/python benchmarks/recording.py [--people 6] [--minutes 60]

Everybody speaks and shows a camera all the time (Opus and VP8, 640x360 at 15 pictures a second). While
the conference runs, minutes are prepared as they are complete; what then is left is timed. Speeds are times
real time for one core (CPU time). `recording_capture.py` has the cost of capturing.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
HERTZ = (220, 277, 330, 392, 440, 523)
COLOURS = ("red", "green", "blue", "grey")
FILM_S = 120


class Watch:
    """Seconds by the clock and of this process's CPU."""

    wall = cpu = 0.0

    @contextmanager
    def runs(self) -> Iterator[None]:
        wall, cpu = time.monotonic(), time.process_time()
        yield
        self.wall, self.cpu = time.monotonic() - wall, time.process_time() - cpu


def measured(people: int, minutes: float) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from recording import bundle as bundles
    from recording.aligned import AlignedTracks
    from recording.desk import Desk
    from recording.making import recording_advance
    from recording.models import Recording, Status
    from recording.remux import Packing
    from recording.storage import desk_folder
    from recording.voices import CapturedVoices

    row = recorded(people, minutes)
    desk, seconds = Desk(desk_folder(row.pk)), 60 * minutes
    raw = size(desk.raw)
    end = row.spans[0][0] + round(1_000 * seconds)
    pack, mix, finish = Watch(), Watch(), Watch()
    with pack.runs():
        for _ in Packing(desk, AlignedTracks(desk, row.started_at), row.started_at).pack(
            (end - 1_000) * 1_000
        ):
            pass
    with mix.runs():
        made = bundles.Bundle(row, desk, 1, end - 1_000)
        for _ in made.mix(CapturedVoices(AlignedTracks(desk, row.started_at))):
            pass
    Recording.objects.update(status=Status.MAKING, stopped_at=end, spans=[[row.started_at, end]])
    with finish.runs():
        while recording_advance(recording=row.pk, now=lambda: end + 10_000):
            pass
    row.refresh_from_db()
    assert row.status == Status.READY, (row.status, row.failure)
    folder = desk.bundle(row.version)
    film = composed(folder)
    hour = 3_600 / seconds
    print(f"{people} people, {minutes:g} minutes")
    print(f"packing of all tracks     {seconds / pack.cpu:7.0f} x real time")
    print(f"mixing of all voices      {seconds / mix.cpu:7.0f} x real time")
    print(f"film, 720p, 15.6 a second {film:7.1f} x real time")
    print(f"from the end to the replay {finish.wall:6.1f} s")
    print(f"captured {raw * hour / 1e6:.0f} MB, bundle {size(folder) * hour / 1e6:.0f} MB an hour")
    print(
        f"RESULT pack_x={seconds / pack.cpu:.0f} mix_x={seconds / mix.cpu:.0f} film_x={film:.2f} "
        f"ready_s={finish.wall:.1f} raw_mb_per_h={raw * hour / 1e6:.0f} "
        f"bundle_mb_per_h={size(folder) * hour / 1e6:.0f}"
    )


def recorded(people: int, minutes: float) -> "Recording":  # type: ignore[name-defined] # noqa: F821
    """A running recording, with everything captured."""
    from auth_gateway.models import User
    from conferences.core.commands import StartCamera, UnmuteMicrophone
    from conferences.services import room_create
    from recording.models import Status
    from recording.storage import desk_folder
    from tests.conferences.meeting import Meeting
    from tests.recording import takes

    owner = User.objects.create_user("alice", password="alice")  # noqa: S106 - in a database that goes again
    meeting = Meeting()
    names = [f"p{number}" for number in range(people)]
    for name in names:
        meeting.joins(name, entitled=name == names[0])
        meeting.does(name, StartCamera())
        meeting.does(name, UnmuteMicrophone())
    begin = meeting.now
    row = takes.recording_of(
        meeting,
        room_create(owner=owner, wishes={"name": "Archery"})[0],
        begin=begin,
        end=begin,
        stopped_at=None,
        spans=[[begin, 0]],
        status=Status.RECORDING,
    )
    raw, seconds = desk_folder(row.pk) / "raw", 60 * minutes
    for number, name in enumerate(names):
        takes.sound(raw, name, HERTZ[number % 6], begin=begin, seconds=seconds, ssrc=number + 1)
        colour = COLOURS[number % 4]
        takes.picture(
            raw, name, colour, begin=begin, seconds=seconds, size=(640, 360), fps=15, ssrc=100 + number
        )
    return row


def composed(folder: Path) -> float:
    """How many times real time the film's pictures are made, of FILM_S at most."""
    from recording.film import PIECE
    from recording.program import film_of
    from recording.video_segments import SEGMENT_MS

    film, watch = film_of(folder), Watch()
    with watch.runs():
        count = min(film.segments, FILM_S * 1_000 // SEGMENT_MS)
        for first in range(0, count, PIECE):
            film.make(first)
    made = len(list((folder / "video").glob("*/[0-9]*.m4s")))
    return made * SEGMENT_MS / 1_000 / watch.cpu


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=60)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recording-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="meetingserver.settings")  # noqa: TID251 - its own
        import django

        django.setup()
        measured(wanted.people, wanted.minutes)


if __name__ == "__main__":
    main()
