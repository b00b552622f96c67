"""Sounds without words, computed: tones for coming and going, music for those who wait, and what is heard in
place of prompts that nobody has spoken yet."""

import math
import wave
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
LOUDNESS = 0.22

Sound = npt.NDArray[np.float64]
Note = tuple[float, float]
"""Hertz (0: a pause) and seconds."""

F2, G2, A2, C3, F3, G3, A3 = 87.31, 98.0, 110.0, 130.81, 174.61, 196.0, 220.0
C4, D4, E4, G4, A4 = 261.63, 293.66, 329.63, 392.0, 440.0
B4, C5, D5, E5, G5 = 493.88, 523.25, 587.33, 659.25, 783.99

TONES: dict[str, Sequence[Note]] = {
    "entry": ((E5, 0.12), (G5, 0.22)),
    "exit": ((G5, 0.12), (E5, 0.22)),
    "question": ((C5, 0.16), (0, 0.05), (E5, 0.24)),
    "refusal": ((G4, 0.2), (0, 0.05), (C4, 0.32)),
    "notice": ((D5, 0.18),),
    "end": ((G5, 0.14), (E5, 0.14), (C5, 0.3)),
}

CHORDS = (
    (C3, (C4, E4, G4, C5)),
    (A2, (A3, E4, A4, C5)),
    (F2, (A3, C4, A4, C5)),
    (G2, (G3, D4, G4, B4)),
    (C3, (C4, E4, G4, E5)),
    (A2, (C4, E4, A4, E5)),
    (F2, (F3, C4, A4, D5)),
    (G2, (G3, D4, B4, D5)),
)
PICKED = (0, 1, 2, 3, 2, 1, 2, 1)
"""Which string of a chord follows which."""
BEAT_S = 0.4
RINGS_S = 2.0


def sign_write(sign: str, place: Path) -> None:
    """As WAV, mono, 16 bit, 16 kHz. Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    wav_write(draft, SIGNS[sign]())
    draft.replace(place)


def wav_write(place: Path, sound: Sound) -> None:
    """`sound` within -1 to 1."""
    samples = (np.clip(sound, -1, 1) * 32_767).astype("<i2")
    with wave.open(str(place), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def _melody(notes: Sequence[Note]) -> Sound:
    return np.concatenate([_note(pitch, seconds) for pitch, seconds in notes])


def _music() -> Sound:
    """A guitar, as it were: strings ring on while the next are picked. It ends softly."""
    length = len(CHORDS) * len(PICKED) * BEAT_S + RINGS_S
    sound = np.zeros(round(length * RATE))
    for number, (bass, strings) in enumerate(CHORDS):
        begin = number * len(PICKED) * BEAT_S
        _add(sound, begin, 0.8 * _note(bass, 2 * RINGS_S))
        for beat, string in enumerate(PICKED):
            _add(sound, begin + beat * BEAT_S, _note(strings[string], RINGS_S))
    return np.asarray(LOUDNESS * sound / np.abs(sound).max())


def _add(sound: Sound, at_s: float, note: Sound) -> None:
    begin = round(at_s * RATE)
    end = min(begin + len(note), len(sound))
    sound[begin:end] += note[: end - begin] * np.linspace(1, 0, len(note))[: end - begin]


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


SIGNS: dict[str, Callable[[], Sound]] = {
    **{name: partial(_melody, notes) for name, notes in TONES.items()},
    "music": _music,
}
