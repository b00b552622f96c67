"""From packets as they arrived to what they carried: in order, once, on the server's clock. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from recording.chunks import PacketRecord
from recording.vp8 import Size, depacketised, key_size

SILENCE_US = 3_000_000
"""After such a break the numbers may have gone round: what follows is counted on."""
_TIMESTAMPS = 1 << 32
_Numbered = tuple[int, PacketRecord]


@dataclass(frozen=True, slots=True)
class Line:
    """Leads from a track's RTP timestamps to the server's clock, in µs.

    It goes through the track's first packet, at its arrival; `recording.alignment` finds `offset_us`.
    """

    clock_rate: int
    first_us: int
    first_timestamp: int
    offset_us: int = 0

    def media_us(self, timestamp: int, arrived_us: int) -> int:
        """As if the first packet had been taken when it arrived. The 32 bits are counted on to what lies next
        to what the arrival lets expect, so nothing must be remembered."""
        passed = (timestamp - self.first_timestamp) & 0xFFFF_FFFF
        expected = (arrived_us - self.first_us) * self.clock_rate // 1_000_000
        passed += (expected - passed + _TIMESTAMPS // 2) // _TIMESTAMPS * _TIMESTAMPS
        return self.first_us + passed * 1_000_000 // self.clock_rate

    def at_us(self, timestamp: int, arrived_us: int) -> int:
        """When a packet that arrived then was taken."""
        return self.media_us(timestamp, arrived_us) + self.offset_us


@dataclass(frozen=True, slots=True)
class Sound:
    """An Opus packet. `level` as it was recorded."""

    at_us: int
    payload: bytes
    level: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole VP8 frame; `size` of keyframes only."""

    at_us: int
    payload: bytes
    size: Size | None


def ordered(packets: Iterable[PacketRecord]) -> list[_Numbered]:
    """By their numbers, which are counted on past 65535; repetitions are left out."""
    found: dict[int, PacketRecord] = {}
    last, last_us = 0, None
    for packet in packets:
        if last_us is None:
            number = packet.sequence
        elif packet.arrived_us - last_us > SILENCE_US:
            base = max(found) + 2
            number = base + (packet.sequence - base & 0xFFFF)
        else:
            number = last + ((packet.sequence - last + 0x8000 & 0xFFFF) - 0x8000)
        found.setdefault(number, packet)
        last, last_us = number, packet.arrived_us
    return sorted(found.items(), key=itemgetter(0))


def sounds(packets: Iterable[PacketRecord], at_us: Callable[[PacketRecord], int]) -> list[Sound]:
    """`at_us`: when a packet was taken."""
    return [
        Sound(at_us(packet), packet.payload, packet.level)
        for _number, packet in ordered(packets)
        if packet.payload
    ]


def frames(packets: Iterable[PacketRecord], at_us: Callable[[PacketRecord], int]) -> list[Frame]:
    """Those that can be decoded: after a loss nothing until the next keyframe."""
    found: list[Frame] = []
    broken, expected = True, None
    for _timestamp, group in groupby(ordered(packets), key=lambda numbered: numbered[1].timestamp):
        pieces = list(group)
        payload = _assembled(pieces)
        size = key_size(payload)
        broken = not payload or (size is None and (broken or pieces[0][0] != expected))
        expected = pieces[-1][0] + 1
        if not broken:
            found.append(Frame(at_us(pieces[0][1]), payload, size))
    return found


def _assembled(pieces: Sequence[_Numbered]) -> bytes:
    """Empty: some of it is missing."""
    if not pieces[-1][1].marker or any(b[0] - a[0] != 1 for a, b in pairwise(pieces)):
        return b""
    starts, payload = depacketised(pieces[0][1].payload)
    if not starts:
        return b""
    if len(pieces) == 1:
        return payload
    return payload + b"".join(depacketised(packet.payload)[1] for _number, packet in pieces[1:])


def gaps(at_us: Iterable[int], longest_us: int) -> Iterator[int]:
    """Where in a run of moments one follows the other later than that: the indices of the later ones."""
    for index, (before, after) in enumerate(pairwise(at_us), start=1):
        if after - before > longest_us:
            yield index
