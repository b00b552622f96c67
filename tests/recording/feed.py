"""A media engine on paper: what people send, as the engine gives it to a tap."""

from collections.abc import Sequence
from pathlib import Path

from conferences.media.contract import PublicationKey, Source
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import Packet
from conferences.media.tap import Tap, Track, TrackTap
from recording.chunks import Chunk, PacketRecord, read_chunk

OFFSET_US = 1_790_000_000_000_000
"""The server's clock minus the engine's, in tests."""


class Talker:
    """Somebody's source. Every packet has its number as payload, and padding up to `size`."""

    def __init__(self, peer: str, source: Source, ssrc: int, *, layer: int = 0, size: int = 0) -> None:
        codec, rate = ("vp8", 90_000) if source.is_video else ("opus", 48_000)
        self.track = Track(PublicationKey(peer, source), ssrc, codec, rate, 96, layer)
        self.sent = 0
        self._size = size
        self._tap: TrackTap | None = None

    def heard_by(self, tap: Tap) -> "Talker":
        self._tap = tap.track_began(self.track)
        return self

    def sends(self, count: int, *, at: float) -> None:
        if self._tap is not None:
            self._tap.packets_received([self._packet() for _ in range(count)], at)

    def reports(self, *, at: float) -> None:
        if self._tap is not None:
            self._tap.report_received(SenderReport(self.track.ssrc, 7 << 32, 960, 1, 1), at)

    def _packet(self) -> Packet:
        self.sent += 1
        payload = b"%d " % self.sent + bytes(self._size)
        header = (96, 0x80, self.sent & 0xFFFF, self.sent * 960, self.track.ssrc)
        return Packet(*header, payload, independent=True, level=40)


def chunks(raw: Path, folder: str) -> list[Chunk]:
    """Of one track, in order; open ones too."""
    return [read_chunk(path) for path in sorted((raw / folder).iterdir())]


def names(raw: Path) -> list[str]:
    return sorted(str(path.relative_to(raw)) for path in raw.glob("*/*"))


def numbers(found: Sequence[Chunk]) -> list[int]:
    """Of the packets in these chunks."""
    records = [record for chunk in found for record in chunk.records]
    return [int(r.payload.split(b" ")[0]) for r in records if isinstance(r, PacketRecord)]
