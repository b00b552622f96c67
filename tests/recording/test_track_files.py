"""Chunk after chunk of one track."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recording.chunks import PacketRecord, TrackHeader
from recording.track_files import FLUSH_S, SEAL_S, SYNC_S, TrackFiles, seal_leftovers
from tests.recording.feed import chunks, names

HEADER = TrackHeader(participant="bob", source="microphone", ssrc=7, codec="opus", clock_rate=48_000)
FOLDER = HEADER.folder


def record(number: int = 1) -> bytes:
    return PacketRecord(1_000_000, 111, False, number, 960, b"%d" % number).encode()


def counted(raw: Path) -> list[int]:
    return [len(chunk.records) for chunk in chunks(raw, FOLDER)]


@pytest.fixture
def files(tmp_path: Path) -> Iterator[TrackFiles]:
    files = TrackFiles(tmp_path, HEADER)
    yield files
    files.abandon()


def test_nothing_is_opened_before_there_is_something_to_write(files: TrackFiles, tmp_path: Path) -> None:
    files.care(1000.0, seal_after=SEAL_S)
    files.seal()
    files.abandon()
    assert names(tmp_path) == []


def test_what_was_written_can_be_read_after_a_second(files: TrackFiles, tmp_path: Path) -> None:
    files.write([record()], 0.0)
    assert counted(tmp_path) == [0]
    files.care(FLUSH_S, seal_after=SEAL_S)
    assert counted(tmp_path) == [1]
    files.write([record()], FLUSH_S)
    files.care(SYNC_S, seal_after=SEAL_S)
    assert counted(tmp_path) == [2]


def test_a_chunk_is_sealed_in_time_and_the_next_begins_with_the_next_packet(
    files: TrackFiles, tmp_path: Path
) -> None:
    files.write([record()], 0.0)
    files.care(59.0, seal_after=SEAL_S)
    assert names(tmp_path) == [f"{FOLDER}/00001.rtpd.open"]
    files.care(60.0, seal_after=SEAL_S)
    assert names(tmp_path) == [f"{FOLDER}/00001.rtpd"]
    files.write([record(), record()], 61.0)
    files.seal()
    assert names(tmp_path) == [f"{FOLDER}/00001.rtpd", f"{FOLDER}/00002.rtpd"]
    assert counted(tmp_path) == [1, 2]


def test_no_number_is_used_again_also_where_the_chunk_has_been_shipped(
    files: TrackFiles, tmp_path: Path
) -> None:
    files.write([record()], 0.0)
    files.seal()
    (tmp_path / FOLDER / "00001.rtpd").unlink()
    files.write([record()], 1.0)
    files.seal()
    assert names(tmp_path) == [f"{FOLDER}/00002.rtpd"]


def test_who_comes_after_a_killed_process_takes_the_next_number(files: TrackFiles, tmp_path: Path) -> None:
    files.write([record()], 0.0)
    files.care(FLUSH_S, seal_after=SEAL_S)
    heir = TrackFiles(tmp_path, HEADER)
    heir.write([record(2)], 0.0)
    heir.seal()
    assert names(tmp_path) == [f"{FOLDER}/00001.rtpd.open", f"{FOLDER}/00002.rtpd"]


def test_what_a_killed_process_left_open_is_sealed_and_what_is_empty_is_gone(
    files: TrackFiles, tmp_path: Path
) -> None:
    files.write([record()], 0.0)
    files.care(FLUSH_S, seal_after=SEAL_S)
    (tmp_path / FOLDER / "00002.rtpd.open").touch()
    seal_leftovers(tmp_path)
    assert names(tmp_path) == [f"{FOLDER}/00001.rtpd"]
    assert counted(tmp_path) == [1]
    seal_leftovers(tmp_path / "nothing")


def test_a_chunk_that_cannot_be_named_complete_is_told_of_and_another_begins(
    files: TrackFiles, tmp_path: Path
) -> None:
    files.write([record()], 0.0)
    (tmp_path / FOLDER / "00001.rtpd.open").unlink()
    with pytest.raises(FileNotFoundError):
        files.seal()
    files.write([record()], 1.0)
    files.seal()
    assert names(tmp_path) == [f"{FOLDER}/00002.rtpd"]
