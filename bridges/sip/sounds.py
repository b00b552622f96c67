"""Sound files: read, and given out in frames of 20 ms."""

import wave
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bridges.base import FRAME_SAMPLES, SAMPLE_RATE
from bridges.sip.resample import from_line

Samples = npt.NDArray[np.int16]

LONGEST_S = 600
KEPT = 200
"""Sounds in memory: prompts are few and are heard all the time."""


class BadSound(Exception):
    """Not a WAV file as we play it: mono, 16 bit, 8 or 16 kHz."""


def read_sound(file: Path) -> Samples:
    """16 kHz, in whole frames. Raises BadSound."""
    try:
        return _read(str(file), file.stat().st_mtime_ns)
    except (OSError, EOFError, wave.Error) as error:
        raise BadSound(f"{file.name}: {error}") from error


@lru_cache(KEPT)
def _read(file: str, _changed: int) -> Samples:
    with wave.open(file, "rb") as sound:
        rate = sound.getframerate()
        if sound.getnchannels() != 1 or sound.getsampwidth() != 2 or rate not in (8_000, SAMPLE_RATE):
            raise wave.Error("mono, 16 bit, 8 or 16 kHz is needed")
        samples = np.frombuffer(sound.readframes(LONGEST_S * rate), "<i2").astype(np.int16)
    if rate != SAMPLE_RATE:
        samples = _widened(samples, rate)
    return _in_whole_frames(samples)


def _in_whole_frames(samples: Samples) -> Samples:
    whole: Samples = np.concatenate((samples, np.zeros(-len(samples) % FRAME_SAMPLES, np.int16)))
    return whole


def _widened(samples: Samples, rate: int) -> Samples:
    widen = from_line(rate)
    row = np.concatenate((np.zeros(widen.past, np.float32), samples.astype(np.float32)))[np.newaxis]
    wide: Samples = np.clip(widen(row)[0], -32_768, 32_767).astype(np.int16)
    return wide


class Playing:
    """Files one after the other. `next_frame` is the mixer's; None: it has ended."""

    def __init__(self, play: str, sounds: Sequence[Samples], *, loop: bool = False) -> None:
        self.play = play
        self._samples: Samples = np.concatenate(sounds) if sounds else np.zeros(0, np.int16)
        self._loop = loop and len(self._samples) > 0
        self._at = 0

    def next_frame(self) -> Samples | None:
        if self._at >= len(self._samples):
            if not self._loop:
                return None
            self._at = 0
        frame = self._samples[self._at : self._at + FRAME_SAMPLES]
        self._at += FRAME_SAMPLES
        return frame
