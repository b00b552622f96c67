"""A recording is followed while it runs: segments come with time, each once, and the last ones at the end."""

import fcntl
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import msgspec
import numpy
import pytest
from PIL import Image
from pytest_django import Settings

from conferences.core import chat
from conferences.core.commands import StartCamera
from conferences.models import Room
from recording.canvas import Box
from recording.desk import Desk
from recording.effort import Effort
from recording.live import GRACE_MS, JOURNAL, VERSION
from recording.live_runs import FORGOTTEN_MS, RUN_MS, live_forget, live_recordings, live_run
from recording.manifest import Manifest, decode
from recording.models import Recording, Status, Step
from recording.stage import GAP, grid
from recording.storage import desk_folder
from recording.story import JournalPart
from recording.video_segments import SEGMENT_MS
from tests.conferences.meeting import Meeting
from tests.recording import takes

pytestmark = pytest.mark.django_db


class Clock:
    """Waiting is what lets time pass; `due` happens when its time has come."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.due: list[tuple[int, Callable[[], object]]] = []

    def __call__(self) -> int:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += round(1_000 * seconds)
        for at, what in [one for one in self.due if one[0] <= self.now]:
            self.due.remove((at, what))
            what()


class Watched:
    """20 s of Alice, red at 440 Hz, and of Bob, blue, without sound; she says hello after 3 s."""

    def __init__(self, room: Room) -> None:
        meeting = Meeting()
        for who in ("alice", "bob"):
            meeting.joins(who)
            meeting.does(who, StartCamera())
        self.begin = meeting.now + 1_000
        meeting.wait(4)
        meeting.does("alice", chat.SendChat(text="hello"))
        self.row = takes.recording_of(
            meeting,
            room,
            begin=self.begin,
            end=self.begin,
            stopped_at=None,
            spans=[[self.begin, 0]],
            status=Status.RECORDING,
            live=True,
        )
        self.desk = Desk(desk_folder(self.row.pk))
        takes.sound(self.desk.raw, "alice", 440, begin=self.begin, seconds=20)
        takes.picture(self.desk.raw, "alice", "red", begin=self.begin, seconds=20)
        takes.picture(self.desk.raw, "bob", "blue", begin=self.begin, seconds=20)
        self.clock = Clock(self.begin)

    def runs(self) -> bool:
        return live_run(
            recording=self.row.pk, clock=self.clock, wait=self.clock.wait, effort=Effort(lambda: 0.0)
        )

    def stops(self, after_ms: int) -> None:
        def stop() -> None:
            ended = {"spans": [[self.begin, self.begin + after_ms]], "stopped_at": self.begin + after_ms}
            Recording.objects.update(status=Status.MAKING, step=Step.VERIFY, live=False, **ended)

        self.clock.due.append((self.begin + after_ms, stop))

    @property
    def folder(self) -> Path:
        return self.desk.bundle(VERSION)

    @property
    def manifest(self) -> Manifest:
        return decode((self.folder / "manifest.json").read_bytes())

    def journal(self) -> list[JournalPart]:
        files = [self.folder / file.file for file in self.manifest.journal]
        return [msgspec.json.decode(file.read_bytes(), type=JournalPart) for file in files]

    def joined(self, kind: str) -> Path:
        """All segments of a kind as one file."""
        folder = self.folder / kind
        numbers = sorted(int(path.stem) for path in folder.glob("*.m4s"))
        target = folder / "joined.mp4"
        pieces = [folder / "init.mp4", *(folder / f"{number}.m4s" for number in numbers)]
        target.write_bytes(b"".join(piece.read_bytes() for piece in pieces))
        return target


@pytest.fixture
def watched(room: Room, settings: Settings) -> Watched:
    settings.RECORDINGS_LIVE_SIZE = "360p"
    return Watched(room)


def test_segments_come_while_it_runs_and_the_last_at_its_end(watched: Watched) -> None:
    watched.stops(9_000)
    assert watched.runs() is False
    manifest = watched.manifest
    assert (manifest.audio.segments, manifest.length_ms, manifest.ended) == (5, 9_000, False)
    assert [(video.first, video.segments) for video in manifest.video] == [(0, 5)]
    assert manifest.people == {"alice": "Alice", "bob": "Bob"}
    watched.row.refresh_from_db()
    assert watched.row.version == VERSION


def test_viewers_are_at_most_four_seconds_behind(watched: Watched) -> None:
    """And what their player keeps in store."""
    edges: list[tuple[int, int]] = []

    def look() -> None:
        if (watched.folder / "manifest.json").exists():
            edges.append((watched.clock.now - watched.begin, watched.manifest.length_ms))

    watched.clock.due += [(watched.begin + at, look) for at in range(4_000, 9_000, 200)]
    watched.stops(9_000)
    watched.runs()
    assert edges
    assert max(now - edge for now, edge in edges) <= SEGMENT_MS + GRACE_MS + 500


def test_pictures_and_sound_are_what_was_sent_then(watched: Watched) -> None:
    watched.stops(8_192)
    watched.runs()
    with av.open(str(watched.joined("audio"))) as file:
        samples = numpy.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    assert takes.heard(samples[48_000:96_000], 440) > 0.1
    with av.open(str(watched.joined("video/live"))) as file:
        frames = list(file.decode(video=0))
    assert len(frames) == 128
    picture = frames[100].to_ndarray(format="rgb24")
    assert picture[150, 150] == pytest.approx(takes.COLOURS["red"], abs=25)
    assert picture[150, 450] == pytest.approx(takes.COLOURS["blue"], abs=25)
    changes = [frame for before, frame in pairwise(frames) if _counter(frame) != _counter(before)]
    assert all(abs((frame.time or 0) * 1_000 - _counter(frame) * 100) <= 100 for frame in changes)
    assert len(changes) == 5


def _counter(frame: av.VideoFrame) -> int:
    """The running number in the left of two tiles; each picture is shown for 100 ms. Over its last
    binary digits lies Alice's name."""
    picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
    tile = grid(2, Box(GAP, GAP, frame.width - 2 * GAP, frame.height - 2 * GAP))[0]
    picture = picture.crop((tile.x, tile.y, tile.x + tile.width, tile.y + tile.height))
    again = av.VideoFrame.from_ndarray(numpy.asarray(picture.resize((320, 180))), format="rgb24")
    return takes.seen(again)[1] & ~15


def test_what_happened_is_told_once(watched: Watched) -> None:
    watched.stops(9_000)
    watched.runs()
    parts = watched.journal()
    assert [file.key for file in watched.manifest.journal] == [True, False, False, False, False]
    assert parts[0].picture is not None
    assert list(parts[0].picture.participants) == ["alice", "bob"]
    events = [(t, event) for part in parts for t, _, event in part.events]
    assert [(t, type(event)) for t, event in events] == [(3_000, chat.ChatSent)]
    assert max(level for part in parts for _, levels in part.levels for level in levels.values()) > 0


def test_a_killed_worker_is_followed_by_one_who_goes_on(watched: Watched) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    watched.clock.due.append((watched.begin + 7_000, die))
    with pytest.raises(KeyboardInterrupt):
        watched.runs()
    before = {path: path.stat().st_mtime_ns for path in watched.folder.rglob("*.m4s")}
    assert before
    watched.stops(12_000)
    watched.runs()
    assert watched.manifest.audio.segments == 6
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert [video.segments for video in watched.manifest.video] == [6]
    assert watched.journal()[-1].from_ms == 5 * SEGMENT_MS


def test_nothing_of_a_pause_is_in_it(watched: Watched) -> None:
    """Paused from 3 to 8 s; hello was said when it began."""
    begin = watched.begin

    def pause() -> None:
        Recording.objects.update(spans=[[begin, begin + 2_900]])

    def resume() -> None:
        Recording.objects.update(spans=[[begin, begin + 2_900], [begin + 8_000, 0]])

    def stop() -> None:
        spans = [[begin, begin + 2_900], [begin + 8_000, begin + 12_000]]
        Recording.objects.update(status=Status.MAKING, live=False, spans=spans, stopped_at=begin + 12_000)

    watched.clock.due += [(begin + 2_900, pause), (begin + 8_000, resume), (begin + 12_000, stop)]
    watched.runs()
    assert watched.manifest.length_ms == 6_900
    parts = watched.journal()
    assert not [event for part in parts for event in part.events]
    assert all(not part.picture.chat for part in parts if part.picture)
    assert parts[-1].from_ms == 3 * SEGMENT_MS
    assert sum(part.picture is not None for part in parts) == 2


def test_who_begins_late_makes_sound_and_journal_of_what_was_before(watched: Watched) -> None:
    watched.clock.now += 26_000 + GRACE_MS
    takes.sound(watched.desk.raw, "alice", 440, begin=watched.begin + 20_000, seconds=10, ssrc=7)
    watched.stops(28_000)
    watched.runs()
    (video,) = watched.manifest.video
    assert watched.manifest.audio.segments == video.first + video.segments == 14
    assert video.first > 0


def test_one_worker_at_a_time(watched: Watched) -> None:
    watched.desk.folder.mkdir(parents=True, exist_ok=True)
    with (watched.desk.folder / "live.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert watched.runs() is False
    assert not watched.folder.exists()


def test_after_some_minutes_it_is_another_workers_turn(watched: Watched) -> None:
    Recording.objects.update(spans=[[watched.begin, watched.begin + 2_000]])
    assert watched.runs() is True
    assert watched.clock.now >= watched.begin + RUN_MS


def test_what_is_not_watched_is_not_followed(watched: Watched) -> None:
    assert live_recordings() == [watched.row.pk]
    Recording.objects.update(live=False)
    assert live_recordings() == []
    assert watched.runs() is False


def test_what_only_live_viewers_needed_is_forgotten(watched: Watched) -> None:
    watched.stops(5_000)
    watched.runs()
    kept = watched.folder / "journal/0.json"
    kept.write_text("{}")
    stopped = watched.begin + 5_000
    Recording.objects.update(status=Status.READY)
    live_forget(now=stopped + FORGOTTEN_MS)
    assert (watched.folder / "video/live").exists()
    live_forget(now=stopped + FORGOTTEN_MS + 1)
    assert not (watched.folder / "video/live").exists()
    assert list((watched.folder / "journal").iterdir()) == [kept]
    assert (watched.folder / "audio/0.m4s").exists()
    watched.row.refresh_from_db()
    assert watched.row.size_bytes > 0


def test_a_finished_bundle_is_left_alone(watched: Watched) -> None:
    """Whoever made it was quicker than the last segments."""
    watched.stops(9_000)
    watched.clock.due.append((watched.begin + 9_000, lambda: Recording.objects.update(status=Status.READY)))
    watched.runs()
    assert watched.manifest.audio.segments < 5
    assert all(int(Path(file.file).stem) >= JOURNAL for file in watched.manifest.journal)
