"""Opus from and for browsers, as the mono sound of 16 kHz that is mixed."""

from fractions import Fraction
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from av import AudioFrame, CodecContext, FFmpegError
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet
from numpy.lib.stride_tricks import as_strided

from conferences.media.mixing import FRAME_SAMPLES, SAMPLE_RATE, Samples

CLOCK_RATE = 48_000
CLOCK_PER_SAMPLE = CLOCK_RATE // SAMPLE_RATE
CLOCK_PER_FRAME = FRAME_SAMPLES * CLOCK_PER_SAMPLE

_BITRATE = 32_000
_EFFORT = "5"
"""Of libopus, 0 to 10."""
_TAPS = 96
_CUTOFF = 7200 / CLOCK_RATE

Floats = npt.NDArray[np.float32]


class OpusDecoder:
    """Of one stream. The decoder itself gives 48 kHz only."""

    def __init__(self) -> None:
        self._codec = _context("r", CLOCK_RATE)
        self._past: Floats = np.zeros(_TAPS - CLOCK_PER_SAMPLE, np.float32)

    def decoded(self, payload: bytes) -> Samples:
        """Nothing, if it is no Opus."""
        try:
            frames = self._codec.decode(Packet(payload))
        except FFmpegError:
            return np.zeros(0, np.int16)
        found = [self._narrowed(frame.to_ndarray()[0].astype(np.float32)) for frame in frames]
        return found[0] if len(found) == 1 else np.concatenate([*found, np.zeros(0, np.int16)])

    def _narrowed(self, wide: Floats) -> Samples:
        known: Floats = np.concatenate((self._past, wide))
        self._past = known[len(wide) :]
        count, step = len(wide) // CLOCK_PER_SAMPLE, known.itemsize
        windows = as_strided(known, (count, _TAPS), (CLOCK_PER_SAMPLE * step, step))
        narrow: Floats = windows @ _low_pass()
        return np.clip(narrow, -32_768, 32_767).astype(np.int16)


class OpusEncoder:
    """Of one stream."""

    def __init__(self) -> None:
        self._codec = _context("w", SAMPLE_RATE)

    def encoded(self, frame: Samples) -> bytes:
        """A packet of 20 ms."""
        sound = AudioFrame.from_ndarray(frame[None, :], format="s16", layout="mono")
        sound.sample_rate = SAMPLE_RATE
        return b"".join(bytes(packet) for packet in self._codec.encode(sound))


def _context(mode: Literal["r", "w"], rate: int) -> AudioCodecContext:
    context = CodecContext.create("libopus", mode)
    context.sample_rate, context.format, context.layout = rate, "s16", "mono"
    if mode == "w":
        context.bit_rate = _BITRATE
        context.time_base = Fraction(1, rate)
        context.options = {"application": "lowdelay", "frame_duration": "20", "compression_level": _EFFORT}
    return context


@cache
def _low_pass() -> Floats:
    """What is above half the lower rate must go, or it is heard as something else."""
    places = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps: Floats = (np.sinc(2 * _CUTOFF * places) * np.kaiser(_TAPS, 6.0)).astype(np.float32)
    taps /= taps.sum()
    return taps
