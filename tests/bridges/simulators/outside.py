"""Sound that simulated switches, which mix at 8 kHz, send and take by RTP."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from bridges.codecs import G722, OPUS, Codec
from tests.bridges.g711 import ulaw_decode, ulaw_encode
from tests.bridges.tones import Samples

RATE, FRAME = 8000, 160


class Packed(NamedTuple):
    """One stream's way. `step`: of its timestamps, by frame."""

    payload_type: int
    step: int
    encode: Callable[[Samples], bytes]
    decode: Callable[[bytes], Samples]


def narrow() -> Packed:
    return Packed(0, FRAME, ulaw_encode, ulaw_decode)


def wide(codec: Codec, payload_type: int) -> Packed:
    """Each sample twice, and every other left out: good enough for tones."""
    pack, unpack = codec.packing(), codec.unpacking()
    return Packed(
        payload_type,
        codec.clock * FRAME // RATE,
        lambda frame: pack(b"", np.repeat(frame, 2).tobytes()),
        lambda payload: unpack(payload)[::2],
    )


PACKED: Mapping[str, Callable[[], Packed]] = {
    "pcmu": narrow,
    "ulaw": narrow,
    "g722": lambda: wide(G722, 9),
    "opus": lambda: wide(OPUS, 111),
}
"""By what vendors call them."""
