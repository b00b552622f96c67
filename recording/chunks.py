"""Chunk files: what was captured of one track, as it came (docs/recording.md has the format).

A chunk is lossless and survives a killed writer: whatever was flushed can be read, and a torn end is noticed.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import Annotated, BinaryIO
from zlib import crc32

import msgspec

MAGIC = b"RTPD\x01\n"
OPEN_SUFFIX = ".rtpd.open"
SUFFIX = ".rtpd"

_FRAME = Struct("!HI")
"""Length of the body, CRC-32 of the body."""
_PACKET = Struct("!BQBHIB")
"""Kind, arrival in µs of the server's clock, payload type and marker, sequence, timestamp, audio level."""
_REPORT = Struct("!BQQI")
"""Kind, arrival in µs of the server's clock, NTP time, RTP timestamp."""
_PACKET_KIND, _REPORT_KIND = 0, 1

MARKER = 0x80
NO_LEVEL = 255


class TrackHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the packets of a chunk are. The first thing in it, as JSON."""

    participant: str
    source: str
    """`microphone`, `camera`, `screen`, `screen_audio` or `phone`."""
    ssrc: int
    codec: str
    """`opus` or `vp8`."""
    clock_rate: Annotated[int, msgspec.Meta(gt=0)]
    layer: int = 0
    """Of a camera sent in several sizes, 0 the smallest."""
    stretch: int = 1
    """Who was silenced and speaks again begins another: browsers' clocks of sound stand still in between."""

    @property
    def folder(self) -> str:
        """Of the track's chunks."""
        return f"{self.participant}.{self.source}.{self.ssrc:08x}.{self.stretch}"


@dataclass(frozen=True, slots=True)
class PacketRecord:
    """`arrived_us` by the server's clock, in µs since 1970; `level` in -dBov (0 to 127), 255: unknown."""

    arrived_us: int
    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    payload: bytes
    level: int = NO_LEVEL

    def encode(self) -> bytes:
        first = self.payload_type | (MARKER if self.marker else 0)
        return packet_body(self.arrived_us, first, self.sequence, self.timestamp, self.level, self.payload)


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """The publisher's clock: which RTP timestamp was taken at which NTP time (64 bits, RFC 3550)."""

    arrived_us: int
    ntp: int
    timestamp: int

    def encode(self) -> bytes:
        return _REPORT.pack(_REPORT_KIND, self.arrived_us, self.ntp, self.timestamp)


Record = PacketRecord | ReportRecord


def packet_body(
    arrived_us: int, first: int, sequence: int, timestamp: int, level: int, payload: bytes
) -> bytes:
    """What `PacketRecord.encode` gives, without the record: for who writes thousands a second. `first` is
    the payload type, with `MARKER` where it is set."""
    return _PACKET.pack(_PACKET_KIND, arrived_us, first, sequence, timestamp, level) + payload


class ChunkDamaged(Exception):
    """It has no readable header."""


def framed(body: bytes) -> bytes:
    return _FRAME.pack(len(body), crc32(body)) + body


class ChunkWriter:
    """Writes one chunk; who flushes it often loses little. Raises OSError where the disk does not take it."""

    def __init__(self, path: Path, header: TrackHeader) -> None:
        self.path = path
        self._file = path.open("xb", buffering=256 * 1024)
        self._file.write(MAGIC + framed(msgspec.json.encode(header)))

    def write(self, record: Record) -> None:
        self.write_body(record.encode())

    def write_body(self, body: bytes) -> None:
        self._file.write(framed(body))

    def flush(self) -> None:
        """From here on it survives this process."""
        self._file.flush()

    def sync(self) -> None:
        """From here on it survives this machine; may take 150 ms."""
        self._file.flush()
        os.fdatasync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    def seal(self) -> Path:
        """Complete: rename `<n>.rtpd.open` to `<n>.rtpd`."""
        self.sync()
        self._file.close()
        return seal_file(self.path)

    def abandon(self) -> None:
        """The disk takes no more of it: what it took is kept."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            seal_file(self.path)


def seal_file(path: Path) -> Path:
    """Name a chunk as complete of which nobody writes any more. Raises OSError."""
    sealed = path.with_name(path.name.removesuffix(OPEN_SUFFIX) + SUFFIX)
    path.rename(sealed)
    return sealed


@dataclass(slots=True)
class Chunk:
    """What could be read of a chunk; `torn` bytes at its end could not."""

    header: TrackHeader
    records: list[Record]
    torn: int = 0


def read_chunk(path: Path) -> Chunk:
    """Up to the first byte that is not as it was written. Raises ChunkDamaged, OSError."""
    data = path.read_bytes()
    file = BytesIO(data)
    bodies = _opened(file)
    chunk = Chunk(_header(bodies), [])
    intact = file.tell()
    for body in bodies:
        record = _decode(body)
        if record is not None:
            chunk.records.append(record)
        intact = file.tell()
    chunk.torn = len(data) - intact
    return chunk


def read_head(path: Path) -> tuple[TrackHeader, PacketRecord | None]:
    """What the chunk is of, and its first packet, if it has one. Raises ChunkDamaged, OSError."""
    with path.open("rb") as file:
        bodies = _opened(file)
        header = _header(bodies)
        packets = (record for body in bodies if isinstance(record := _decode(body), PacketRecord))
        return header, next(packets, None)


def _opened(file: BinaryIO) -> Iterator[bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise ChunkDamaged
    return _bodies(file)


def _header(bodies: Iterator[bytes]) -> TrackHeader:
    try:
        return msgspec.json.decode(next(bodies), type=TrackHeader)
    except (StopIteration, msgspec.DecodeError) as cause:
        raise ChunkDamaged from cause


def _bodies(file: BinaryIO) -> Iterator[bytes]:
    while len(head := file.read(_FRAME.size)) == _FRAME.size:
        length, checksum = _FRAME.unpack(head)
        body = file.read(length)
        if len(body) < length or crc32(body) != checksum:
            return
        yield body


def _decode(body: bytes) -> Record | None:
    """None: of a kind that a later version writes."""
    match body[:1]:
        case b"\x00" if len(body) >= _PACKET.size:
            _, arrived, first, sequence, timestamp, level = _PACKET.unpack_from(body)
            return PacketRecord(
                arrived,
                first & ~MARKER,
                bool(first & MARKER),
                sequence,
                timestamp,
                body[_PACKET.size :],
                level,
            )
        case b"\x01" if len(body) == _REPORT.size:
            return ReportRecord(*_REPORT.unpack(body)[1:])
        case _:
            return None
