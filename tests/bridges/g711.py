"""G.711 µ-law by tables, for telephones of tests."""

import numpy as np
from numpy.typing import NDArray

BIAS = 0x84
CLIP = 32635


def _decoded(code: int) -> int:
    code = ~code & 0xFF
    magnitude = (((code & 0x0F) << 3) + BIAS << ((code & 0x70) >> 4)) - BIAS
    return -magnitude if code & 0x80 else magnitude


DECODED = np.array([_decoded(code) for code in range(256)], np.int16)


def ulaw_decode(coded: bytes) -> NDArray[np.int16]:
    return np.asarray(DECODED[np.frombuffer(coded, np.uint8)])


def ulaw_encode(samples: NDArray[np.int16]) -> bytes:
    """ITU-T G.711, table 2: sign, segment, four bits of the mantissa."""
    wide = samples.astype(np.int32)
    magnitude = np.minimum(np.abs(wide), CLIP) + BIAS
    segment = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (segment + 3)) & 0x0F
    return np.asarray(~((wide < 0) << 7 | segment << 4 | mantissa) & 0xFF).astype(np.uint8).tobytes()
