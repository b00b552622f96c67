"""Tests of recording/remux.py."""

from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from recording.aligned import AlignedTracks
from recording.desk import Desk
from recording.remux import Master, Packing, best_layers, read_index, runs, sweep
from recording.samples import Frame
from recording.vp8 import Size
from recording.webm import read_pictures
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def pack(desk: Desk, until_ms: int | None = None) -> list[Master]:
    packing = Packing(desk, AlignedTracks(desk, BEGIN), BEGIN)
    for _left in packing.pack(None if until_ms is None else (BEGIN + until_ms) * 1000):
        pass
    return read_index(desk).masters


def numbers(desk: Desk, masters: Sequence[Master]) -> list[int]:
    found: list[int] = []
    for master in masters:
        with av.open(str(desk.masters / master.file)) as file:
            found += [takes.seen(frame)[1] for frame in file.decode(video=0)]
    return found


def test_pictures_are_cut_at_keyframes_and_none_is_lost(desk: Desk) -> None:
    takes.picture(desk.raw, "alice", "red", begin=BEGIN, seconds=620, fps=5, key_every_s=10)
    masters = pack(desk)
    assert [round((m.end_us - m.begin_us) / 1e6) for m in masters] == [300, 300, 20]
    assert numbers(desk, masters) == [n % 50 for n in range(3_100)]
    for master in masters:
        assert next(read_pictures(desk.masters / master.file, master.begin_us)).size == (320, 180)


def test_sound_is_packed_by_the_minute_and_none_is_lost(desk: Desk) -> None:
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=130)
    masters = pack(desk)
    assert len(masters) == 3
    packets = 0
    for master in masters:
        with av.open(str(desk.masters / master.file)) as file:
            packets += sum(1 for packet in file.demux() if packet.size)
        assert b"OpusHead" in (desk.masters / master.file).read_bytes()[:1_000]
        assert (desk.masters / master.levels).exists()
    assert packets == 6_500


def test_what_was_packed_while_it_ran_is_what_is_packed_afterwards(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    for place in (desk, other):
        takes.sound(place.raw, "alice", 440, begin=BEGIN, seconds=200)
        takes.picture(place.raw, "alice", "red", begin=BEGIN, seconds=400, fps=2)
    for until in range(20_000, 420_000, 20_000):
        pack(desk, until)
    assert [m.file for m in pack(desk)] == [m.file for m in pack(other)]


def test_only_complete_windows_are_packed_while_it_runs(desk: Desk) -> None:
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=130)
    takes.picture(desk.raw, "alice", "red", begin=BEGIN, seconds=130, fps=2)
    assert [m.source for m in pack(desk, 130_000)] == ["microphone", "microphone"]


def test_packing_again_changes_nothing(desk: Desk) -> None:
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=70)
    first = pack(desk)
    assert pack(desk) == first


def test_what_a_killed_worker_left_is_swept(desk: Desk) -> None:
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=10)
    pack(desk)
    for name in ("x.webm.77.part", "bob.camera.1.webm"):
        (desk.masters / name).touch()
    sweep(desk.masters, read_index(desk))
    assert {path.suffix for path in desk.masters.iterdir()} == {".webm", ".json"}
    assert len(list(desk.masters.glob("*.webm"))) == 1


def group(layer: int, begin: int, *later: int) -> tuple[int, list[Frame]]:
    size = Size(160 << layer, 90 << layer)
    return layer, [Frame(begin, bytes((layer,)), size), *(Frame(at, bytes((layer,)), None) for at in later)]


def layers(*groups: tuple[int, list[Frame]]) -> list[tuple[int, int]]:
    return [(frame.at_us, frame.payload[0]) for frame in best_layers(groups)]


def test_the_largest_that_flows_is_taken() -> None:
    small = [group(0, 0, 5), group(0, 10, 15), group(0, 20, 25)]
    assert layers(*small, group(1, 10, 15, 19)) == [
        (0, 0),
        (5, 0),
        (10, 1),
        (15, 1),
        (19, 1),
        (20, 0),
        (25, 0),
    ]


def test_a_smaller_one_is_joined_at_its_next_keyframe() -> None:
    assert layers(group(1, 0, 2), group(0, 1, 3, 5), group(0, 10)) == [(0, 1), (2, 1), (10, 0)]


def test_a_screen_that_stands_still_stays_one_file() -> None:
    still = [Frame(0, b"", Size(1, 1)), Frame(9_000_000, b"", None), Frame(10_000_000, b"", Size(1, 1))]
    assert [len(run) for run in runs(still)] == [3]
    off = [Frame(0, b"", Size(1, 1)), Frame(9_000_000, b"", Size(1, 1))]
    assert [len(run) for run in runs(off)] == [1, 1]
