"""The recorder: lossless, in time, and never in the way."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conferences.core.words import Part
from conferences.media.contract import Source
from recording.capture import LOOK_S, MOST_WAITING, Recorder
from recording.chunks import PacketRecord, ReportRecord, TrackHeader
from recording.take import Take, Trouble
from recording.track_files import FLUSH_S, SEAL_LIVE_S, SEAL_S
from tests.recording.feed import OFFSET_US, Talker, chunks, names, numbers

MICROPHONE, CAMERA = "bob.microphone.00000007.1", "bob.camera.00000008.1"
FLOOR = 1000


class Studio:
    """A recorder whose turns tests take. Dial: `free`."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self.free = FLOOR
        self.troubles: list[Trouble] = []
        self.recorder = Recorder(floor=FLOOR, free=lambda _: self.free, offset_us=lambda: OFFSET_US)
        self.take = self.begins()
        self.microphone = Talker("bob", Source.MICROPHONE, 7).heard_by(self.take)
        self.camera = Talker("bob", Source.CAMERA, 8).heard_by(self.take)

    def begins(self, *, reduced: bool = False) -> Take:
        return self.recorder.begin(self.raw, Part, reduced=reduced, troubled=self.troubles.append)

    def talk(self, count: int = 1, *, at: float = 0.0) -> None:
        for talker in (self.microphone, self.camera):
            talker.sends(count, at=at)

    def closes(self) -> None:
        self.recorder.end(self.take)
        self.recorder.turn(0.0)

    def captured(self, folder: str) -> list[int]:
        return numbers(chunks(self.raw, folder))


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(tmp_path / "raw")
    yield studio
    studio.closes()


def test_everything_is_written_as_it_came_with_the_time_of_the_server(studio: Studio) -> None:
    studio.microphone.sends(2, at=5.25)
    studio.microphone.reports(at=6.0)
    done = studio.recorder.pause(studio.take)
    studio.recorder.turn(7.0)
    assert done.done()
    (chunk,) = chunks(studio.raw, MICROPHONE)
    assert chunk.header == TrackHeader(
        participant="bob", source="microphone", ssrc=7, codec="opus", clock_rate=48_000
    )
    assert chunk.records == [
        PacketRecord(OFFSET_US + 5_250_000, 96, True, 1, 960, b"1 ", 40),
        PacketRecord(OFFSET_US + 5_250_000, 96, True, 2, 1920, b"2 ", 40),
        ReportRecord(OFFSET_US + 6_000_000, 7 << 32, 960),
    ]
    assert (studio.recorder.written, studio.recorder.dropped) == (3, 0)


def test_what_came_more_than_a_second_ago_is_in_the_files(studio: Studio) -> None:
    studio.talk(3)
    studio.recorder.turn(0.0)
    studio.talk(1, at=FLUSH_S / 2)
    studio.recorder.turn(FLUSH_S)
    studio.talk(1, at=FLUSH_S)
    studio.recorder.turn(FLUSH_S * 1.5)
    assert studio.captured(MICROPHONE) == studio.captured(CAMERA) == [1, 2, 3, 4]


def test_every_chunk_is_sealed_after_a_minute_and_sooner_while_somebody_watches(studio: Studio) -> None:
    studio.talk()
    studio.recorder.turn(0.0)
    studio.recorder.turn(SEAL_LIVE_S)
    assert {name.partition(".rtpd")[2] for name in names(studio.raw)} == {".open"}
    studio.recorder.watched(studio.take, live=True)
    studio.recorder.turn(SEAL_LIVE_S)
    assert {name.partition(".rtpd")[2] for name in names(studio.raw)} == {""}
    studio.recorder.watched(studio.take, live=False)
    studio.talk()
    studio.recorder.turn(SEAL_LIVE_S)
    studio.recorder.turn(SEAL_S)
    assert names(studio.raw)[-1].endswith("00002.rtpd.open")


def test_a_pause_seals_and_who_speaks_again_begins_another_stretch(studio: Studio) -> None:
    studio.talk()
    sealed = studio.recorder.pause(studio.take)
    studio.recorder.turn(1.0)
    assert sealed.done()
    studio.microphone.heard_by(studio.take).sends(1, at=60.0)
    studio.recorder.pause(studio.take)
    studio.recorder.turn(61.0)
    again = MICROPHONE.replace(".1", ".2")
    assert names(studio.raw) == [f"{folder}/00001.rtpd" for folder in (CAMERA, MICROPHONE, again)]
    assert (studio.captured(MICROPHONE), studio.captured(again)) == ([1], [2])


def test_what_came_after_a_pause_before_it_was_told_is_left_out(studio: Studio) -> None:
    for at in (1.0, 2.0, 3.0):
        studio.microphone.sends(1, at=at)
        studio.microphone.reports(at=at)
    studio.recorder.pause(studio.take, at=(OFFSET_US + 2_000_000) // 1000)
    studio.recorder.turn(4.0)
    studio.recorder.resume(studio.take)
    studio.microphone.sends(1, at=5.0)
    studio.recorder.pause(studio.take)
    studio.recorder.turn(6.0)
    assert studio.captured(MICROPHONE) == [1, 4]


def test_who_comes_forty_times_is_forty_tracks(studio: Studio) -> None:
    for ssrc in range(100, 140):
        Talker("carol", Source.MICROPHONE, ssrc).heard_by(studio.take).sends(2, at=0.0)
    studio.recorder.pause(studio.take)
    studio.recorder.turn(1.0)
    folders = [path.name for path in studio.raw.iterdir()]
    assert len(folders) == 40
    assert all(studio.captured(folder) == [1, 2] for folder in folders)


def test_a_killed_recorders_chunks_are_sealed_by_the_next_which_begins_other_stretches(
    studio: Studio,
) -> None:
    studio.talk()
    studio.recorder.turn(0.0)
    studio.recorder.turn(FLUSH_S)
    heir = Studio(studio.raw)
    heir.talk(2)
    heir.closes()
    again = [folder.replace(".1", ".2") for folder in (CAMERA, MICROPHONE)]
    assert names(studio.raw) == sorted(f"{folder}/00001.rtpd" for folder in (CAMERA, MICROPHONE, *again))
    assert (studio.captured(MICROPHONE), studio.captured(again[1])) == ([1], [1, 2])


# A disk that is full, or slow


def test_below_the_floor_pictures_are_left_out_and_sound_goes_on(studio: Studio) -> None:
    studio.talk()
    studio.free = FLOOR - 1
    studio.recorder.turn(LOOK_S)
    studio.talk()
    studio.recorder.turn(2 * LOOK_S)
    studio.recorder.pause(studio.take)
    studio.recorder.turn(2 * LOOK_S)
    assert (studio.captured(CAMERA), studio.captured(MICROPHONE)) == ([1], [1, 2])
    assert studio.troubles == [Trouble.REDUCED]


def test_far_below_the_floor_everything_stops_and_what_was_there_is_sealed(studio: Studio) -> None:
    studio.talk()
    studio.free = FLOOR // 4 - 1
    studio.recorder.turn(LOOK_S)
    studio.talk()
    studio.recorder.turn(2 * LOOK_S)
    assert names(studio.raw) == [f"{CAMERA}/00001.rtpd", f"{MICROPHONE}/00001.rtpd"]
    assert studio.troubles == [Trouble.FAILED]


def test_who_was_short_of_space_before_is_not_told_again(studio: Studio) -> None:
    take = studio.begins(reduced=True)
    studio.free = FLOOR - 1
    Talker("carol", Source.CAMERA, 9).heard_by(take).sends(1, at=0.0)
    studio.take.reduced = True
    studio.recorder.turn(LOOK_S)
    assert (studio.troubles, names(studio.raw)) == ([], [])


def test_a_disk_that_does_not_say_how_much_is_free_is_written_to(studio: Studio, tmp_path: Path) -> None:
    def lost(_: Path) -> int:
        raise FileNotFoundError

    recorder = Recorder(floor=FLOOR, free=lost)
    take = recorder.begin(tmp_path / "more", [])
    recorder.turn(LOOK_S)
    assert not take.failed


def test_a_place_that_takes_no_files_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file in the way")
    studio = Studio(tmp_path / "raw")
    studio.recorder.turn(0.0)
    studio.talk()
    studio.recorder.turn(1.0)
    assert studio.troubles == [Trouble.FAILED]


@pytest.mark.parametrize(
    ("broken", "troubles"),
    [([CAMERA], [Trouble.REDUCED]), ([CAMERA, MICROPHONE], [Trouble.REDUCED, Trouble.FAILED])],
    ids=["pictures", "everything"],
)
def test_what_the_disk_does_not_take_stops_pictures_first(
    studio: Studio, broken: list[str], troubles: list[Trouble]
) -> None:
    studio.raw.mkdir()
    for folder in broken:
        (studio.raw / folder).write_text("a file in the way")
    for at in range(3):
        studio.camera.sends(1, at=at)
        studio.microphone.sends(1, at=at)
        studio.recorder.turn(float(at))
    studio.recorder.pause(studio.take)
    studio.recorder.turn(3.0)
    assert studio.troubles == troubles
    if len(broken) == 1:
        assert studio.captured(MICROPHONE) == [1, 2, 3]


def test_a_disk_that_is_full_in_the_middle_of_a_packet_keeps_what_it_took(tmp_path: Path) -> None:
    studio = Studio(tmp_path / "raw")
    camera = Talker("carol", Source.CAMERA, 9, size=1000).heard_by(studio.take)
    with files_of_at_most(200_000):
        for at in range(5):
            camera.sends(100, at=at)
            studio.microphone.sends(100, at=at)
            studio.recorder.turn(float(at))
        studio.closes()
    assert studio.troubles == [Trouble.REDUCED]
    assert studio.captured(MICROPHONE) == list(range(1, 501))
    (pictures,) = chunks(studio.raw, "carol.camera.00000009.1")
    assert 0 < pictures.torn < 1100
    assert numbers([pictures]) == list(range(1, len(pictures.records) + 1))
    assert len(pictures.records) > 150


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The disk takes no more of any file."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def test_a_disk_that_falls_behind_costs_pictures_first(studio: Studio) -> None:
    studio.talk(MOST_WAITING // 4)
    assert studio.recorder.dropped == 0
    studio.talk(1)
    assert studio.recorder.dropped == 1
    studio.recorder.turn(0.0)
    studio.talk(1)
    studio.recorder.pause(studio.take)
    studio.recorder.turn(1.0)
    assert len(studio.captured(MICROPHONE)) == MOST_WAITING // 4 + 2
    assert len(studio.captured(CAMERA)) == MOST_WAITING // 4 + 1


# The thread


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[], Recorder]]:
    recorder = Recorder()
    recorder.start()
    yield lambda: recorder
    recorder.stop()


def test_it_seals_everything_when_it_is_stopped(tmp_path: Path) -> None:
    recorder = Recorder()
    assert not recorder.works
    recorder.start()
    assert recorder.works
    take = recorder.begin(tmp_path, [])
    Talker("bob", Source.MICROPHONE, 7).heard_by(take).sends(5, at=0.0)
    recorder.stop()
    assert not recorder.works
    assert names(tmp_path) == [f"{MICROPHONE}/00001.rtpd"]
    assert numbers(chunks(tmp_path, MICROPHONE)) == [1, 2, 3, 4, 5]


def test_what_was_fed_is_sealed_when_the_end_is_told(running: Callable[[], Recorder], tmp_path: Path) -> None:
    take = running().begin(tmp_path, [])
    Talker("bob", Source.MICROPHONE, 7).heard_by(take).sends(5, at=0.0)
    running().end(take).result(20.0)
    assert numbers(chunks(tmp_path, MICROPHONE)) == [1, 2, 3, 4, 5]
    assert running().works
