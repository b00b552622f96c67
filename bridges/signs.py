"""Sounds without words, computed: tones for coming and going, music for those who wait, and what is heard in
place of prompts that nobody has spoken yet."""

import math
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
LOUDNESS = 0.22

Sound = npt.NDArray[np.float64]
Note = tuple[float, float]
"""Hertz (0: a pause) and seconds."""

G3, A3, C4, D4, E4, F4, G4, A4 = 196.0, 220.0, 261.63, 293.66, 329.63, 349.23, 392.0, 440.0
C5, D5, E5, G5 = 523.25, 587.33, 659.25, 783.99

SIGNS: dict[str, Sequence[Note]] = {
    "entry": ((E5, 0.12), (G5, 0.22)),
    "exit": ((G5, 0.12), (E5, 0.22)),
    "question": ((C5, 0.16), (0, 0.05), (E5, 0.24)),
    "refusal": ((G4, 0.2), (0, 0.05), (C4, 0.32)),
    "notice": ((D5, 0.18),),
    "end": ((G5, 0.14), (E5, 0.14), (C5, 0.3)),
    "music": tuple(
        (pitch, 0.48)
        for chord in ((C4, G4, C5, E5), (A3, E4, A4, C5), (F4, A4, C5, G5), (G3, D4, G4, D5))
        for pitch in (*chord, *chord[2:0:-1], chord[3], 0)
    ),
}


def sign_write(sign: str, place: Path) -> None:
    """As WAV, mono, 16 bit, 16 kHz. Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    wav_write(draft, _rendered(SIGNS[sign]))
    draft.replace(place)


def wav_write(place: Path, sound: Sound) -> None:
    """`sound` within -1 to 1."""
    samples = (np.clip(sound, -1, 1) * 32_767).astype("<i2")
    with wave.open(str(place), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def _rendered(notes: Sequence[Note]) -> Sound:
    return np.concatenate([_note(pitch, seconds) for pitch, seconds in notes])


def _note(pitch: float, seconds: float) -> Sound:
    """Struck softly, and dying away, with two overtones."""
    at = np.arange(int(seconds * RATE)) / RATE
    tone = sum(
        (
            strength * np.sin(math.tau * pitch * overtone * at)
            for overtone, strength in ((1, 1.0), (2, 0.3), (3, 0.1))
        ),
        np.zeros_like(at),
    )
    struck = np.minimum(1, at / 0.01) * np.exp(-3 * at / seconds) * np.minimum(1, (seconds - at) / 0.01)
    return np.asarray(LOUDNESS * tone * struck)
