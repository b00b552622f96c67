"""Tests of recording/samples.py."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from recording.captured import captured_tracks
from recording.chunks import PacketRecord
from recording.samples import Line, frames, gaps, ordered, sounds
from tests.recording import takes

BEGIN = 1_790_000_000_000
FIRST_US = BEGIN * 1000


def packet(sequence: int, *, arrived_us: int = 0, timestamp: int = 0, payload: bytes = b"x") -> PacketRecord:
    return PacketRecord(arrived_us, 111, False, sequence & 0xFFFF, timestamp & 0xFFFF_FFFF, payload)


def numbers(packets: list[PacketRecord]) -> list[int]:
    return [number for number, _packet in ordered(packets)]


def test_packets_are_put_in_order_and_counted_once() -> None:
    assert numbers([packet(n) for n in (5, 7, 6, 6, 8, 5)]) == [5, 6, 7, 8]


def test_numbers_go_round() -> None:
    assert numbers([packet(n) for n in (65_534, 65_535, 1, 0, 2)]) == [65_534, 65_535, 65_536, 65_537, 65_538]


def test_what_comes_after_a_long_break_comes_later() -> None:
    before, after = packet(9_000), packet(100, arrived_us=5_000_000)
    assert [p for _n, p in ordered([before, after])] == [before, after]


@given(st.integers(0, 2**32 - 1), st.integers(0, 48_000 * 40_000_000), st.integers(-400_000, 400_000))
def test_timestamps_are_counted_on_by_what_arrival_lets_expect(first: int, passed: int, late_us: int) -> None:
    line = Line(48_000, FIRST_US, first, offset_us=-7)
    taken = FIRST_US + passed * 1_000_000 // 48_000
    at = line.at_us((first + passed) & 0xFFFF_FFFF, taken + late_us)
    assert at == taken - 7


def carried(raw: Path, *, source: str) -> list[tuple[int, bytes]]:
    (track,) = captured_tracks(raw)
    line = track.line()
    packets = track.packets(0, 2**62)

    def at_us(found: PacketRecord) -> int:
        return line.at_us(found.timestamp, found.arrived_us)

    if source == "camera":
        return [(frame.at_us, frame.payload) for frame in frames(packets, at_us)]
    return [(sound.at_us, sound.payload) for sound in sounds(packets, at_us)]


def test_sound_comes_out_as_it_was_put_in(tmp_path: Path) -> None:
    network = takes.Network(jitter_ms=30, reordered=0.1, repeated=0.1)
    takes.sound(tmp_path, "alice", 440, begin=BEGIN, seconds=4, network=network)
    found = carried(tmp_path, source="microphone")
    assert len(found) == 200
    assert {later[0] - earlier[0] for earlier, later in pairwise(found)} == {20_000}


def test_what_was_lost_leaves_a_gap(tmp_path: Path) -> None:
    takes.sound(tmp_path, "alice", 440, begin=BEGIN, seconds=10, network=takes.Network(loss=0.05))
    found = carried(tmp_path, source="microphone")
    steps = {later[0] - earlier[0] for earlier, later in pairwise(found)}
    assert len(found) < 500
    assert all(step % 20_000 == 0 for step in steps)
    assert list(gaps([at for at, _payload in found], 20_000))


def test_pictures_come_out_as_they_were_put_in(tmp_path: Path) -> None:
    network = takes.Network(jitter_ms=30, reordered=0.05)
    takes.picture(tmp_path, "alice", "red", begin=BEGIN, seconds=4, fps=10, size=(640, 360), network=network)
    found = [at for at, _payload in carried(tmp_path, source="camera")]
    assert [(at - found[0]) // 1000 for at in found] == list(range(0, 4000, 100))


def test_after_a_loss_nothing_is_shown_until_the_next_keyframe(tmp_path: Path) -> None:
    takes.picture(
        tmp_path,
        "alice",
        "red",
        begin=BEGIN,
        seconds=10,
        key_every_s=2,
        network=takes.Network(loss=0.02, seed=3),
    )
    (track,) = captured_tracks(tmp_path)
    found = frames(track.packets(0, 2**62), lambda p: p.timestamp * 100 // 9)
    whole = {round((frame.at_us - found[0].at_us) / 100_000): frame for frame in found}
    assert 20 < len(whole) < 100
    for number, frame in whole.items():
        assert frame.size or number - 1 in whole


def test_a_stray_beginning_is_left_out(tmp_path: Path) -> None:
    takes.picture(tmp_path, "alice", "red", begin=BEGIN, seconds=4, key_every_s=2)
    (track,) = captured_tracks(tmp_path)
    late = list(track.packets(FIRST_US + 500_000, 2**62))
    found = frames(late, lambda p: p.timestamp)
    assert found[0].size == (320, 180)
    assert len(found) == 20
