"""Names as callers said them: what of a recording is the name, and its sound. PURE.

Sound is signed 16 bit little endian, mono, 16 kHz, as everywhere between bridges and conferences.
"""

import io
import wave

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from bridges.base import FRAME_SAMPLES, LONGEST_RECORDED_S, SAMPLE_RATE

MOST_BYTES = 2 * SAMPLE_RATE * LONGEST_RECORDED_S
LOUD_DB = -42.0
"""Of full scale (RMS of 20 ms): a line's noise is below."""
FEWEST_LOUD = 8
"""Frames: 160 ms. A click, a breath or the end of a key's tone is no name."""
AROUND = 5
"""Frames kept before and after what is loud: consonants are soft."""
PEAK = 0.6
LOUDEST_GAIN = 12.0


class Spoken(Struct, frozen=True):
    """Somebody's name: as it is written, and as they said it themselves (`key` names that sound)."""

    text: str
    key: str = ""
    sound: bytes = b""


def name_of(recorded: bytes) -> bytes:
    """What was said, as loud as all other prompts; empty: nobody said anything."""
    whole = min(len(recorded), MOST_BYTES) // (2 * FRAME_SAMPLES)
    samples = sound_of(recorded[: whole * 2 * FRAME_SAMPLES])
    frames = samples.reshape(-1, FRAME_SAMPLES)
    loudness = 10 * np.log10(np.maximum(np.mean(frames**2, axis=1), 1e-12))
    loud = np.flatnonzero(loudness > LOUD_DB)
    if len(loud) < FEWEST_LOUD:
        return b""
    said = frames[max(0, loud[0] - AROUND) : loud[-1] + 1 + AROUND].ravel()
    evened = said * min(PEAK / np.abs(said).max(), LOUDEST_GAIN)
    return bytes((evened * 32_767).astype("<i2").tobytes())


def sound_of(name: bytes) -> npt.NDArray[np.float64]:
    """Within -1 to 1."""
    return np.frombuffer(name, "<i2") / 32_768


def wav_of(name: bytes) -> bytes:
    """A file that browsers play."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        wav.writeframes(name)
    return file.getvalue()
