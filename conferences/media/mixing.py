"""Arithmetic of sound that is mixed: 16 kHz, mono, frames of 20 ms. Pure numpy.

Everybody who mixes does it here: the conference between its bridges, and our own bridge between its callers.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
FRAME_SAMPLES = 320
FRAME_BYTES = 2 * FRAME_SAMPLES
FRAME_S = 0.02

Samples = npt.NDArray[np.int16]
Sums = npt.NDArray[np.int32]

_LOUDEST = 32_767
_KNEE = 24_000
"""Up to here a sum stays as it is; above it is bent so that nothing clips."""
_QUIETEST = 127
_COMFORT_RMS = 14
"""About -67 dBov: just enough to survive the coarsest step of G.711."""


def mix_minus(frames: Samples) -> Samples:
    """`frames[n, samples]` of n legs; returns as many: to each the sum of the others, never itself."""
    sums: Sums = frames.sum(axis=0, dtype=np.int32) - frames
    return soft_clip(sums)


def soft_clip(sums: Sums) -> Samples:
    """Sums as 16 bits. What is too loud is bent, not cut."""
    if sums.size and max(int(sums.max()), -int(sums.min())) > _KNEE:
        room = _LOUDEST - _KNEE
        beyond = np.abs(sums) - _KNEE
        bent = _KNEE + room * np.tanh(np.maximum(beyond, 0) / room)
        sums = np.where(beyond > 0, np.sign(sums) * bent, sums).astype(np.int32)
    return sums.astype(np.int16)


def level(samples: Samples) -> int:
    """Loudness as audio levels have it (RFC 6464): -dBov, 0 the loudest, 127 silence."""
    wide = samples.astype(np.float32)
    power = float(wide @ wide) / max(1, len(wide))
    if power < 1:
        return _QUIETEST
    return min(_QUIETEST, max(0, round(90.3 - 10 * float(np.log10(power)))))


def comfort(turn: int) -> Samples:
    """A frame of very low noise, another one every turn: nobody is to think that the line is dead."""
    noise = _noise()
    at = turn * 7919 % (len(noise) - FRAME_SAMPLES)
    return noise[at : at + FRAME_SAMPLES]


@cache
def _noise() -> Samples:
    return np.random.default_rng(1).normal(0, _COMFORT_RMS, SAMPLE_RATE).astype(np.int16)


@cache
def ramp(samples: int) -> npt.NDArray[np.float32]:
    """From near 0 to 1, for fading something in (and by its reverse, out)."""
    return np.linspace(1 / samples, 1, samples, dtype=np.float32)


def crossfaded(before: Samples, after: Samples) -> Samples:
    """From the one to the other, both of one length."""
    rising = ramp(len(after))
    return (before * (1 - rising) + after * rising).astype(np.int16)
