"""The sound of simulated phones: each is a tone while it talks; the bridge adds them up."""

import io
import math
import threading
import wave
from collections import deque

import numpy as np

from bridges.base import FRAME_SAMPLES, SAMPLE_RATE, MediaLeg
from bridges.pcm import amplified, factor

LOUDNESS = 6_000
KEPT = 250
"""Frames of what came from the conference, for whoever wants to know what phones heard: 5 s."""


def tone(pitch: float, seconds: float = 1.0) -> bytes:
    """What somebody said; 0 Hz: nothing."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (LOUDNESS * np.sin(2 * math.pi * pitch * at)).astype("<i2").tobytes()


def heard(file: bytes, db: int) -> bytes:
    """A WAV file that is so much louder."""
    if not db:
        return file
    louder = io.BytesIO()
    with wave.open(io.BytesIO(file)) as before, wave.open(louder, "wb") as after:
        after.setparams(before.getparams())
        samples = np.frombuffer(before.readframes(before.getnframes()), "<i2").astype(np.float32)
        after.writeframes(amplified(samples, factor(db)).astype("<i2").tobytes())
    return louder.getvalue()


class Tones:
    """Who talks in a room, and at which pitch. Read by the mixer's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pitches: dict[str, float] = {}
        self._at = 0

    def set(self, leg: str, pitch: float) -> None:
        """Hertz; 0: silent."""
        with self._lock:
            if pitch:
                self._pitches[leg] = pitch
            else:
                self._pitches.pop(leg, None)

    def frame(self) -> bytes:
        """The next 20 ms of all of them."""
        with self._lock:
            pitches, at = tuple(self._pitches.values()), self._at
            self._at = (at + FRAME_SAMPLES) % (SAMPLE_RATE * 60)
        seconds = np.arange(at, at + FRAME_SAMPLES) / SAMPLE_RATE
        mixed = np.zeros(FRAME_SAMPLES)
        for pitch in pitches:
            mixed += LOUDNESS * np.sin(math.tau * pitch * seconds)
        return bytes(np.clip(mixed, -32768, 32767).astype("<i2").tobytes())


class SimulatedMedia(MediaLeg):
    """Our end in a simulated room. `heard` is what came from the conference."""

    def __init__(self, tones: Tones) -> None:
        self.heard: deque[bytes] = deque(maxlen=KEPT)
        self.closed = False
        self._tones = tones
        self._sent = self._received = 0

    def push(self, frame: bytes) -> None:
        self._received += 1
        self.heard.append(frame)

    def pull(self) -> bytes | None:
        if self.closed:
            return None
        self._sent += 1
        return self._tones.frame()

    @property
    def stats(self) -> dict[str, int]:
        counted = {"received": self._sent, "sent": self._received}
        return counted | dict.fromkeys(("lost", "late", "concealed", "dropped"), 0)

    def close(self) -> None:
        self.closed = True
