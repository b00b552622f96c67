"""Tests of recording/captured.py."""

from pathlib import Path

from recording.captured import captured_tracks, chunk_paths
from recording.chunks import ChunkWriter, PacketRecord, TrackHeader
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000


def test_tracks_are_found_with_what_they_are(tmp_path: Path) -> None:
    takes.sound(tmp_path, "bob", 440, begin=BEGIN, seconds=2)
    takes.picture(tmp_path, "alice", "red", begin=BEGIN, seconds=2)
    found = captured_tracks(tmp_path)
    assert [(t.header.participant, t.header.source) for t in found] == [
        ("alice", "camera"),
        ("bob", "microphone"),
    ]
    assert captured_tracks(tmp_path / "nothing") == []


def test_records_are_found_by_the_time_of_their_arrival(tmp_path: Path) -> None:
    takes.sound(tmp_path, "bob", 440, begin=BEGIN, seconds=150)
    (track,) = captured_tracks(tmp_path)
    everything = list(track.packets(0, 2**62))
    assert (len(track.files), len(everything)) == (3, 7_500)
    begin, end = BEGIN_US + 58_000_000, BEGIN_US + 121_000_000
    assert list(track.packets(begin, end)) == [p for p in everything if begin <= p.arrived_us < end]
    assert track.last_us == everything[-1].arrived_us
    assert track.may_have(BEGIN_US + 149_000_000, BEGIN_US + 160_000_000)
    assert not track.may_have(BEGIN_US + 155_000_000, BEGIN_US + 160_000_000)


def test_a_chunk_that_grows_is_read_again(tmp_path: Path) -> None:
    header = TrackHeader("bob", "microphone", 7, "opus", 48_000)
    (tmp_path / header.folder).mkdir()
    writer = ChunkWriter(tmp_path / header.folder / "0.rtpd.open", header)
    packet = PacketRecord(BEGIN_US, 111, True, 1, 0, b"sound")
    writer.write(packet)
    writer.flush()
    (track,) = captured_tracks(tmp_path)
    assert len(list(track.packets(0, 2**62))) == 1
    writer.write(packet)
    sealed = writer.seal()
    assert len(list(track.packets(0, 2**62))) == 2
    assert sealed.name == "0.rtpd"


def test_what_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    header = takes.sound(tmp_path, "bob", 440, begin=BEGIN, seconds=150)
    (tmp_path / header.folder / "00001.rtpd").write_bytes(b"nonsense")
    (track,) = captured_tracks(tmp_path)
    assert [path.name for path in track.damaged] == ["00001.rtpd"]
    assert 4_000 < len(list(track.packets(0, 2**62))) < 5_000


def test_a_folder_without_a_packet_is_no_track(tmp_path: Path) -> None:
    header = TrackHeader("bob", "microphone", 7, "opus", 48_000)
    (tmp_path / header.folder).mkdir()
    ChunkWriter(tmp_path / header.folder / "0.rtpd.open", header).seal()
    (tmp_path / "a file").write_bytes(b"")
    assert captured_tracks(tmp_path) == []


def test_chunks_are_counted_not_sorted_by_name(tmp_path: Path) -> None:
    for name in ("10.rtpd", "9.rtpd", "9.rtpd.open", "11.rtpd.open", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name.split(".")[0] for path in chunk_paths(tmp_path)] == ["9", "10", "11"]
