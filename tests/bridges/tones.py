"""Tones that phones talk, and ears that know them again: who hears whom is measured, not believed."""

import asyncio
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bridges.patience import within_patience

Samples = NDArray[np.int16]
LOUD = 6000
HEARD = 800
"""Amplitude. A tone that was mixed, resampled and coded as G.711 keeps far more of LOUD than this."""
UNHEARD = 200
WINDOW_S = 0.1
STEADY = 6
"""Frames of 20 ms, more than are listened to at once."""


class Voice:
    """Goes on with one tone, frame after frame. 0 Hz: silence."""

    def __init__(self, rate: int, hz: float = 0) -> None:
        self.hz = hz
        self._rate = rate
        self._position = 0

    def frame(self, samples: int) -> Samples:
        time = np.arange(self._position, self._position + samples) / self._rate
        self._position += samples
        return np.asarray(np.sin(2 * np.pi * self.hz * time) * LOUD).astype(np.int16)


class Ear:
    """The last moment of what somebody heard."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._last: Samples = np.zeros(int(rate * WINDOW_S), np.int16)
        self._more = asyncio.Condition()
        self._listening: set[asyncio.Task[None]] = set()

    def hear(self, samples: Samples) -> None:
        self._last = np.concatenate([self._last, samples])[-len(self._last) :]
        told = asyncio.get_running_loop().create_task(self._tell())
        self._listening.add(told)
        told.add_done_callback(self._listening.discard)

    async def _tell(self) -> None:
        async with self._more:
            self._more.notify_all()

    async def hears(self, *tones: float) -> None:
        """Returns when all of them are heard at once."""
        await self._until(lambda: all(self.loudness(hz) > HEARD for hz in tones), f"hears {tones}")

    async def hears_no(self, *tones: float) -> None:
        """Returns when none of them is heard for a moment."""
        await self._until(lambda: all(self.loudness(hz) < UNHEARD for hz in tones), f"hears no {tones}")

    async def hears_at(self, amplitude: float, hz: float) -> None:
        """Returns when a tone is that loud, to 2 dB, and stays so while all that is listened to goes by."""
        alike = 0

        def is_steady() -> bool:
            nonlocal alike
            alike = alike + 1 if abs(20 * np.log10(max(self.loudness(hz), 1) / amplitude)) < 2 else 0
            return alike > STEADY

        await self._until(is_steady, f"hears {hz} at {amplitude}")

    def loudness(self, hz: float) -> float:
        """Amplitude of one tone (Goertzel, as a sum)."""
        time = np.arange(len(self._last)) / self._rate
        return float(2 * abs(np.mean(self._last * np.exp(-2j * np.pi * hz * time))))

    async def _until(self, true: Callable[[], bool], what: str) -> None:
        async with within_patience(f"the ear {what}"), self._more:
            await self._more.wait_for(true)


def sound_file(path: Path, hz: float, seconds: float, rate: int = 16_000) -> Path:
    """A prompt that is one tone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(Voice(rate, hz).frame(int(rate * seconds)).tobytes())
    return path
