"""RTP packets as they arrive, decrypted: header, extensions, payload (RFC 3550 section 5.1, RFC 8285)."""

from dataclasses import dataclass, field
from struct import Struct

from conferences.media.vp8 import Descriptor

_HEADER = Struct("!BBHII")
_ONE_BYTE_EXTENSIONS = 0xBEDE
_TWO_BYTE_EXTENSIONS = 0x100
_END_OF_EXTENSIONS = 15

MARKER = 0x80
SEQUENCE_MASK = 0xFFFF
TIMESTAMP_MASK = 0xFFFFFFFF
NO_LEVEL = 255


class MalformedRtp(Exception):
    """The bytes are no RTP packet."""


@dataclass(slots=True)
class Packet:
    """`marker` is `MARKER` or 0; `independent` means a receiver can start with this packet; `level` is the
    loudness in -dBov (RFC 6464), or `NO_LEVEL`."""

    payload_type: int
    marker: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    extensions: dict[int, bytes] = field(default_factory=dict)
    independent: bool = False
    level: int = NO_LEVEL
    descriptor: Descriptor | None = None


def parse(data: memoryview) -> Packet:
    """Raise `MalformedRtp` if lengths contradict each other."""
    size = len(data)
    if size < _HEADER.size:
        raise MalformedRtp
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start = _HEADER.size + 4 * (first & 0x0F)
    extensions: dict[int, bytes] = {}
    if first & 0x10:
        if size < start + 4:
            raise MalformedRtp
        profile = int.from_bytes(data[start : start + 2])
        block = start + 4
        start = block + 4 * int.from_bytes(data[start + 2 : block])
        extensions = parse_extensions(profile, bytes(data[block:start]))
    end = size - data[size - 1] if first & 0x20 else size
    if first >> 6 != 2 or start > end:
        raise MalformedRtp
    return Packet(
        second & 0x7F, second & MARKER, sequence, timestamp, ssrc, bytes(data[start:end]), extensions
    )


def parse_extensions(profile: int, block: bytes) -> dict[int, bytes]:
    """Elements by their id. What does not fit into the block is left out."""
    if profile == _ONE_BYTE_EXTENSIONS:
        return _one_byte_elements(block)
    if profile >> 4 == _TWO_BYTE_EXTENSIONS:
        return _two_byte_elements(block)
    return {}


def _one_byte_elements(block: bytes) -> dict[int, bytes]:
    elements: dict[int, bytes] = {}
    at, size = 0, len(block)
    while at < size:
        identifier = block[at] >> 4
        if identifier == _END_OF_EXTENSIONS:
            break
        if not identifier:
            at += 1
            continue
        end = at + 2 + (block[at] & 0x0F)
        if end > size:
            break
        elements[identifier] = block[at + 1 : end]
        at = end
    return elements


def _two_byte_elements(block: bytes) -> dict[int, bytes]:
    elements: dict[int, bytes] = {}
    at, size = 0, len(block)
    while at + 1 < size:
        if not block[at]:
            at += 1
            continue
        end = at + 2 + block[at + 1]
        if end > size:
            break
        elements[block[at]] = block[at + 2 : end]
        at = end
    return elements


def is_newer(sequence: int, than: int) -> bool:
    """Whether one 16-bit sequence number comes after another, across the wrap."""
    return 0 < (sequence - than) & SEQUENCE_MASK < 0x8000


def counted_on(last: int | None, timestamp: int) -> int:
    """A 32-bit timestamp as the number nearest to the last, across wraps."""
    if last is None:
        return timestamp
    return last + ((timestamp - last + 0x80000000 & TIMESTAMP_MASK) - 0x80000000)
