"""What a packer must know of VP8: where a packet's own bytes begin, what starts a frame, how large it is.

RFC 7741, section 4.2 (payload descriptor); RFC 6386, section 9.1 (frame header).
"""

from typing import NamedTuple

_EXTENDED, _START, _PARTITION = 0x80, 0x10, 0x07
_PICTURE_ID, _LAYER_INDEX, _LAYER_OR_KEY = 0x80, 0x40, 0x30
_INTER_FRAME = 0x01
_START_CODE = b"\x9d\x01\x2a"


class Size(NamedTuple):
    width: int
    height: int


def depacketised(payload: bytes) -> tuple[bool, bytes]:
    """Whether a frame begins here, and the piece of it; empty: there is none in this packet."""
    if not payload:
        return False, b""
    first = payload[0]
    starts = bool(first & _START) and not first & _PARTITION
    return starts, payload[_descriptor_length(payload) :]


def _descriptor_length(payload: bytes) -> int:
    if not payload[0] & _EXTENDED or len(payload) < 2:
        return 1
    present, length = payload[1], 2
    if present & _PICTURE_ID and len(payload) > length:
        length += 2 if payload[length] & 0x80 else 1
    return length + bool(present & _LAYER_INDEX) + bool(present & _LAYER_OR_KEY)


def key_size(frame: bytes) -> Size | None:
    """Of a keyframe; None: it is none."""
    if len(frame) < 10 or frame[0] & _INTER_FRAME or frame[3:6] != _START_CODE:
        return None
    width, height = int.from_bytes(frame[6:8], "little"), int.from_bytes(frame[8:10], "little")
    return Size(width & 0x3FFF, height & 0x3FFF)
