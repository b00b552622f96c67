"""Prompts spoken by espeak-ng, a program of Debian, as sound files that every bridge plays."""

import contextlib
import logging
import secrets
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from bridges.prompts import Prompts, prompts, text
from bridges.readings import read_aloud
from bridges.selectors import languages_heard
from bridges.signs import RATE, Sound, wav_write
from bridges.spoken_names import Spoken, wav_of
from bridges.voices import voice_of

logger = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 150
PEAK = 0.6
QUIET = 0.003
PAUSE_S = 0.15
"""Around what is said: prompts follow each other."""


class NotSpoken(Exception):
    """The program has no voice for a language, or failed; its own words."""


def can_speak() -> bool:
    return shutil.which(PROGRAM) is not None


def missing(found: Prompts, language: str, *, anew: bool = False) -> Iterator[str]:
    """What nobody has spoken yet, and a voice can; `anew`: also what was made before. A brand's own never
    is."""
    for prompt in prompts():
        if is_readable(prompt, language) and (
            found.is_missing(prompt, language) or (anew and found.is_made(prompt, language))
        ):
            yield prompt


def has_words(prompt: str, language: str) -> bool:
    """Translators have said it in that language."""
    return language.partition("-")[0] == "en" or text(prompt, language) != text(prompt, "en")


def is_readable(prompt: str, language: str) -> bool:
    """A voice can read its words aloud."""
    words = read_aloud(text(prompt, language), language)
    return has_words(prompt, language) and voice_of(words, language) is not None


def unread(found: Prompts, language: str) -> list[str]:
    """What has words that no voice can read, has no reading, and nobody has recorded."""
    return [
        prompt
        for prompt in prompts()
        if has_words(prompt, language)
        and not is_readable(prompt, language)
        and found.is_missing(prompt, language)
    ]


def languages_without_voice(found: Prompts) -> list[str]:
    """Codes of those in which callers hear tones though there are words."""
    return [code for code in languages_heard() if next(missing(found, code), None) is not None]


def prompt_speak(found: Prompts, prompt: str, language: str) -> None:
    """Whole or not at all. Raises NotSpoken."""
    place = found.place(prompt, language)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    wav_write(draft, spoken(read_aloud(text(prompt, language), language), language))
    draft.replace(place)


def names_said(found: Prompts, names: Iterable[Spoken], language: str) -> list[Path]:
    """The sounds of names; what nobody can say is left out."""
    return [said for name in names if (said := _name_said(found, name, language))]


def _name_said(found: Prompts, name: Spoken, language: str) -> Path | None:
    place = found.name_place(name.key, "") if name.sound else found.name_place(name.text, language)
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{secrets.token_hex(4)}")
    try:
        if name.sound:
            draft.write_bytes(wav_of(name.sound))
        else:
            wav_write(draft, spoken(name.text, language))
    except NotSpoken as error:
        logger.info("A name is not said: %s", error)
        return None
    draft.replace(place)
    return place


def names_forget(found: Prompts, *, before_s: float) -> None:
    """Nobody's name stays longer than it is needed. Seconds since 1970."""
    for file in found.names():
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < before_s:
                file.unlink()


def spoken(words: str, language: str) -> Sound:
    """16 kHz, within -1 to 1. Raises NotSpoken."""
    voice = voice_of(words, language)
    if voice is None:
        raise NotSpoken(f"No voice reads {language} as it is written.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        _run(words, voice, file)
        with wave.open(str(file), "rb") as said:
            rate = said.getframerate()
            sound = np.frombuffer(said.readframes(said.getnframes()), "<i2") / 32_768
    return _evened(_resampled(sound, rate))


def _run(words: str, voice: str, file: Path) -> None:
    speed = str(WORDS_PER_MINUTE)
    command = [PROGRAM, "-v", voice, "-s", speed, "-b", "1", "--stdin", "-w", str(file)]
    try:
        subprocess.run(command, input=words.encode(), check=True, capture_output=True, timeout=30)  # noqa: S603 - its words come by stdin
    except subprocess.CalledProcessError as error:
        raise NotSpoken(error.stderr.decode(errors="replace").strip()) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotSpoken(str(error)) from None


def _resampled(sound: Sound, rate: int) -> Sound:
    """By its spectrum: exact for a whole sound."""
    length = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)[: length // 2 + 1]
    return np.asarray(np.fft.irfft(spectrum, length) * (length / len(sound)))


def _evened(sound: Sound) -> Sound:
    """As loud as all others, with the same pause before and after."""
    heard = np.flatnonzero(np.abs(sound) > QUIET)
    if not len(heard):
        raise NotSpoken("Nothing was heard.")
    sound = sound[heard[0] : heard[-1] + 1]
    pause = np.zeros(round(PAUSE_S * RATE))
    return np.concatenate((pause, sound * (PEAK / np.abs(sound).max()), pause))
