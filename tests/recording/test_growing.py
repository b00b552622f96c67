"""Captured tracks that grow: what comes is found, once."""

from pathlib import Path

from recording.aligned import SOUNDS
from recording.desk import Desk
from recording.growing import GrowingTracks
from tests.recording import takes

BEGIN = 1_790_000_000_000


def heard(growing: GrowingTracks) -> int:
    """Sounds of everybody."""
    aligned = growing.aligned
    end = (BEGIN + 60_000) * 1_000
    return sum(len(aligned.sounds(track, BEGIN * 1_000, end)) for track in aligned.of(SOUNDS))


def test_chunks_and_tracks_are_found_as_they_come(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    growing = GrowingTracks(desk, BEGIN)
    growing.look()
    assert heard(growing) == 0
    takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=2)
    growing.look()
    assert heard(growing) == 100
    takes.sound(desk.raw, "bob", 700, begin=BEGIN + 2_000, seconds=2)
    growing.look()
    assert heard(growing) == 200


def test_a_chunk_is_read_on_after_it_was_sealed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    header = takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=2)
    sealed = next((desk.raw / header.folder).iterdir())
    open_file = sealed.with_name(f"{sealed.name}.open")
    sealed.rename(open_file)
    growing = GrowingTracks(desk, BEGIN)
    assert heard(growing) == 100
    open_file.rename(sealed)
    growing.look()
    assert heard(growing) == 100


def test_a_chunk_without_packets_is_looked_at_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    header = takes.sound(desk.raw, "alice", 440, begin=BEGIN, seconds=1)
    growing = GrowingTracks(desk, BEGIN)
    empty = desk.raw / header.folder / "00001.rtpd.open"
    empty.write_bytes(b"")
    growing.look()
    empty.unlink()
    assert heard(growing) == 50
