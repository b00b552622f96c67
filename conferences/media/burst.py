"""Packets of one publication, laid out once for all receivers: they differ only in headers and keys."""

from collections.abc import Sequence
from struct import Struct
from typing import Any, NamedTuple

from conferences.media.rtp import Packet
from conferences.media.srtp import Arena

#: RTP header with one header extension block of one word, which holds the sending time.
HEADER = Struct("!BBHIIII")
_FIRST_BYTE = 0x90
_FIRST_BYTE_IF_PADDED = 0xB0
HEADER_EXTENSION = 0xBEDE0001

#: Bounded by what the kernel segments in one call (64 packets, 64 kB).
MAX_PACKETS = 32
ARENA_SIZE = MAX_PACKETS * 2200

#: Browsers cut a frame into packets that differ by a byte or two; padded they go in one call (RFC 3550, 5.1).
_PADDING = (b"", b"\1", b"\0\2", b"\0\0\3", b"\0\0\0\4")


class Run(NamedTuple):
    """Neighbours the kernel can cut from one buffer: all of `size` bytes, but the last may be shorter."""

    start: int
    end: int
    size: int


class Burst:
    """Up to `MAX_PACKETS` packets as they stand in the arena, with room for header and authentication tag.

    `placed` are the packets with offset and first byte of their header, `segments` what to encrypt
    (pointer, size), `runs` what to send then.
    """

    __slots__ = ("layout", "octets", "packets", "placed", "runs", "segments", "size")

    def __init__(self, packets: Sequence[Packet], arena: Arena, tag_size: int) -> None:
        blank, tag = bytes(HEADER.size), bytes(tag_size)
        self.packets = packets
        self.placed: list[tuple[Packet, int, int]] = []
        self.segments: list[tuple[Any, int]] = []
        pieces: list[bytes] = []
        offset = 0
        longest = max(len(packet.payload) for packet in packets)
        for packet in packets:
            missing = longest - len(packet.payload)
            padding = _PADDING[missing] if missing < len(_PADDING) else b""
            size = HEADER.size + len(packet.payload) + len(padding)
            pieces += (blank, packet.payload, padding, tag)
            self.placed.append((packet, offset, _FIRST_BYTE_IF_PADDED if padding else _FIRST_BYTE))
            self.segments.append((arena.pointer(offset), size))
            offset += size + tag_size
        self.layout = b"".join(pieces)
        self.size = offset
        self.octets = sum(len(packet.payload) for packet in packets)
        self.runs = _runs([size + tag_size for _, size in self.segments])


def _runs(sizes: Sequence[int]) -> list[Run]:
    runs: list[Run] = []
    start = end = 0
    size = last = 0
    for current in sizes:
        if end > start and (last != size or current > size):
            runs.append(Run(start, end, size))
            start = end
        if start == end:
            size = current
        end += current
        last = current
    runs.append(Run(start, end, size))
    return runs
