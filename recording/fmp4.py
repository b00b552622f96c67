"""Sound as fragmented MP4: one AAC-LC track, 48 kHz stereo (ISO/IEC 14496-12, 14496-14, 14496-3).

Written here, not by a muxer, because each segment is made by itself: what stands in it depends on its
number alone.
"""

from collections.abc import Sequence
from struct import pack

RATE = 48_000
CHANNELS = 2
FRAME = 1024
"""Samples of an AAC frame."""
CONFIG = bytes((0x11, 0x90))
"""AudioSpecificConfig (14496-3, 1.6.2.1): AAC-LC, 48 kHz, two channels."""

_MATRIX = pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_BASE_IS_MOOF, _DEFAULT_DURATION, _DEFAULT_FLAGS = 0x020000, 0x08, 0x20
_DATA_OFFSET, _SAMPLE_SIZES = 0x01, 0x0200
_INDEPENDENT = 0x02000000


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, pack(">I", version << 24 | flags), *content)


def init_segment() -> bytes:
    brands = _box(b"ftyp", b"iso6", pack(">I", 0), b"iso6", b"mp41", b"dash")
    header = _full(
        b"mvhd", pack(">4I", 0, 0, RATE, 0), pack(">IH10x", 0x10000, 0x100), _MATRIX, bytes(24), pack(">I", 2)
    )
    extends = _box(b"mvex", _full(b"trex", pack(">5I", 1, 1, 0, 0, 0)))
    return brands + _box(b"moov", header, _track(), extends)


def _track() -> bytes:
    header = _full(
        b"tkhd", pack(">5I", 0, 0, 1, 0, 0), bytes(8), pack(">4H", 0, 0, 0x100, 0), _MATRIX, bytes(8), flags=3
    )
    media = _full(b"mdhd", pack(">4I", 0, 0, RATE, 0), pack(">2H", 0x55C4, 0))
    handler = _full(b"hdlr", bytes(4), b"soun", bytes(12), b"\0")
    reference = _full(b"dref", pack(">I", 1), _full(b"url ", flags=1))
    entry = _box(
        b"mp4a", bytes(6), pack(">H", 1), bytes(8), pack(">4HI", CHANNELS, 16, 0, 0, RATE << 16), _esds()
    )
    tables = _box(
        b"stbl",
        _full(b"stsd", pack(">I", 1), entry),
        _full(b"stts", bytes(4)),
        _full(b"stsc", bytes(4)),
        _full(b"stsz", bytes(8)),
        _full(b"stco", bytes(4)),
    )
    information = _box(b"minf", _full(b"smhd", bytes(4)), _box(b"dinf", reference), tables)
    return _box(b"trak", header, _box(b"mdia", media, handler, information))


def _esds() -> bytes:
    specific = _descriptor(0x05, CONFIG)
    decoder = _descriptor(0x04, bytes((0x40, 0x15)), bytes(11), specific)
    return _full(b"esds", _descriptor(0x03, bytes((0, 1, 0)), decoder, _descriptor(0x06, b"\x02")))


def _descriptor(tag: int, *content: bytes) -> bytes:
    body = b"".join(content)
    return bytes((tag, len(body))) + body


def media_segment(number: int, time: int, frames: Sequence[bytes]) -> bytes:
    """`number` from 0; `time` of its first frame in samples."""
    header = _full(b"mfhd", pack(">I", number + 1))
    defaults = _full(
        b"tfhd",
        pack(">3I", 1, FRAME, _INDEPENDENT),
        flags=_BASE_IS_MOOF | _DEFAULT_DURATION | _DEFAULT_FLAGS,
    )
    when = _full(b"tfdt", pack(">Q", time), version=1)
    sizes = pack(f">{len(frames)}I", *map(len, frames))
    length = 8 + len(header) + 8 + len(defaults) + len(when) + 12 + 4 + 4 + len(sizes)
    run = _full(b"trun", pack(">2I", len(frames), length + 8), sizes, flags=_DATA_OFFSET | _SAMPLE_SIZES)
    fragment = _box(b"moof", header, _box(b"traf", defaults, when, run))
    return _box(b"styp", b"msdh", pack(">I", 0), b"msdh", b"dash") + fragment + _box(b"mdat", *frames)
