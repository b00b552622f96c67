"""Tests of recording/chunks.py."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recording.chunks import (
    ChunkDamaged,
    ChunkWriter,
    PacketRecord,
    Record,
    ReportRecord,
    TrackHeader,
    framed,
    read_chunk,
)

HEADER = TrackHeader(participant="alice", source="camera", ssrc=0xCAFE, codec="vp8", clock_rate=90_000)
SPOKEN: list[Record] = [
    PacketRecord(1_000_000, 96, True, 7, 4_294_967_295, b"picture", 12),
    ReportRecord(1_000_500, 2**63, 90_000),
    PacketRecord(1_020_000, 96, False, 8, 960, b""),
]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    writer = ChunkWriter(tmp_path / "00001.rtpd.open", HEADER)
    for record in SPOKEN:
        writer.write(record)
    return writer.seal()


def test_what_was_written_is_read(written: Path) -> None:
    chunk = read_chunk(written)
    assert (chunk.header, chunk.records, chunk.torn) == (HEADER, SPOKEN, 0)


def test_a_sealed_chunk_has_another_name(written: Path) -> None:
    assert [path.name for path in written.parent.iterdir()] == ["00001.rtpd"]


def test_a_tracks_folder_says_whose_it_is() -> None:
    assert HEADER.folder == "alice.camera.0000cafe.1"


def test_what_was_flushed_can_be_read_before_it_is_sealed(tmp_path: Path) -> None:
    writer = ChunkWriter(tmp_path / "1.rtpd.open", HEADER)
    writer.write(SPOKEN[0])
    writer.flush()
    writer.write(SPOKEN[1])
    assert read_chunk(tmp_path / "1.rtpd.open").records == SPOKEN[:1]
    writer.close()


@pytest.mark.parametrize("kept", range(1, 30))
def test_a_torn_end_is_noticed_and_nothing_else_is_lost(written: Path, kept: int) -> None:
    whole = written.read_bytes()
    written.write_bytes(whole[:-kept])
    chunk = read_chunk(written)
    assert chunk.records == SPOKEN[: len(chunk.records)]
    assert chunk.torn > 0 or len(chunk.records) == len(SPOKEN) - 1


def test_a_flipped_bit_ends_the_chunk_before_it(written: Path) -> None:
    whole = bytearray(written.read_bytes())
    whole[whole.index(b"picture")] ^= 1
    written.write_bytes(whole)
    assert read_chunk(written).records == []


def test_records_of_a_later_version_are_left_out(written: Path) -> None:
    with written.open("ab") as file:
        file.write(framed(b"\x07something new"))
    chunk = read_chunk(written)
    assert (chunk.records, chunk.torn) == (SPOKEN, 0)


@given(st.binary(max_size=200))
def test_anything_else_is_no_chunk(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("chunk") / "1.rtpd"
    path.write_bytes(data)
    with pytest.raises(ChunkDamaged):
        read_chunk(path)
