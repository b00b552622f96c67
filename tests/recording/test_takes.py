"""Tests of tests/recording/takes.py: what others build their tests on."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.codec import CodecContext

from conferences.media.vp8 import parse
from recording.chunks import PacketRecord, ReportRecord, read_chunk
from tests.recording import takes

BEGIN = 1_790_000_000_000


def packets_of(folder: Path) -> list[PacketRecord]:
    records = [record for path in sorted(folder.iterdir()) for record in read_chunk(path).records]
    return [record for record in records if isinstance(record, PacketRecord)]


def test_a_tone_can_be_heard(tmp_path: Path) -> None:
    header = takes.sound(tmp_path, "alice", 440, begin=BEGIN, seconds=2)
    decoder = CodecContext.create("libopus", "r")
    packets = packets_of(tmp_path / header.folder)
    frames = [f for p in packets for f in decoder.decode(av.Packet(p.payload))]
    left = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in frames])[9_600:, 0] / 32_768
    assert abs(takes.heard(left, 440) - 0.25) < 0.02
    assert takes.heard(left, 700) < 0.01


def test_a_picture_can_be_seen_and_counted(tmp_path: Path) -> None:
    header = takes.picture(tmp_path, "alice", "red", begin=BEGIN, seconds=2, sizes=((320, 180), (160, 90)))
    packets = packets_of(tmp_path / header.folder)
    assert parse(packets[0].payload).keyframe
    assert {parse(p.payload).picture_id & 0x7FFF for p in packets} == set(range(20))
    decoder = CodecContext.create("vp8", "r")
    payload = b"".join(p.payload[6:] for p in packets if p.timestamp == packets[0].timestamp)
    (frame,) = decoder.decode(av.Packet(payload))
    assert takes.seen(frame) == ("red", 0)


def test_the_network_may_lose_shuffle_and_repeat(tmp_path: Path) -> None:
    network = takes.Network(loss=0.05, reordered=0.05, repeated=0.05)
    header = takes.sound(tmp_path, "alice", 440, begin=BEGIN, seconds=20, network=network)
    numbers = [p.sequence for p in packets_of(tmp_path / header.folder)]
    assert 900 < len(set(numbers)) < 990
    assert len(numbers) > len(set(numbers))
    assert any(later < earlier for earlier, later in pairwise(numbers) if abs(later - earlier) < 1_000)


def test_reports_may_be_missing(tmp_path: Path) -> None:
    silent = takes.Sender(report_every_ms=0)
    header = takes.sound(tmp_path, "bob", 440, begin=BEGIN, seconds=1, sender=silent)
    (path,) = (tmp_path / header.folder).iterdir()
    assert not [r for r in read_chunk(path).records if isinstance(r, ReportRecord)]


def test_a_long_take_has_a_chunk_for_each_minute(tmp_path: Path) -> None:
    header = takes.sound(tmp_path, "bob", 440, begin=BEGIN, seconds=130)
    assert sorted(path.name for path in (tmp_path / header.folder).iterdir()) == [
        "00000.rtpd",
        "00001.rtpd",
        "00002.rtpd",
    ]
