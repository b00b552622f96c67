"""The VP8 payload descriptor (RFC 7741, section 4.2): where keyframes start, which numbers run on."""

from dataclasses import dataclass

PICTURE_ID_MASK = 0x7FFF
LAYER_INDEX_MASK = 0xFF

_EXTENDED = 0x80
_START = 0x10
_PARTITION = 0x07
_HAS_PICTURE_ID = 0x80
_HAS_LAYER_INDEX = 0x40
_INTER_FRAME = 0x01


class MalformedVp8(Exception):
    """The payload ends within its descriptor."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """Values with their offsets in the payload. An offset of 0 means the value is not there.

    Seven-bit picture ids are passed on as they are: no browser sends them.
    """

    keyframe: bool
    picture_id: int = 0
    picture_id_at: int = 0
    layer_index: int = 0
    layer_index_at: int = 0


def parse(payload: bytes) -> Descriptor:
    """Raise `MalformedVp8` if the payload is too short."""
    try:
        return _parse(payload)
    except IndexError as error:
        raise MalformedVp8 from error


def _parse(payload: bytes) -> Descriptor:
    first = payload[0]
    picture_id = picture_id_at = layer_index = layer_index_at = 0
    at = 1
    if first & _EXTENDED:
        present = payload[1]
        at = 2
        if present & _HAS_PICTURE_ID:
            if payload[at] & 0x80:
                picture_id_at, picture_id = at, (payload[at] & 0x7F) << 8 | payload[at + 1]
                at += 1
            at += 1
        if present & _HAS_LAYER_INDEX:
            layer_index_at, layer_index = at, payload[at]
            at += 1
        at += bool(present & 0x30)
    starts = bool(first & _START) and not first & _PARTITION
    keyframe = starts and not payload[at] & _INTER_FRAME
    return Descriptor(keyframe, picture_id, picture_id_at, layer_index, layer_index_at)
