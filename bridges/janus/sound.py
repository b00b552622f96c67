"""Sound files that we say in a room."""

import asyncio
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bridges.base import FRAME_BYTES, FRAME_MS, SAMPLE_RATE, MediaLeg
from bridges.errors import InvalidValue
from bridges.pcm import Upsampler

LONGEST_S = 600
AFTERWARDS = 10 * bytes(FRAME_BYTES)
"""Silence, so that the last word is out of Janus' buffer before we leave."""


def frames_of(files: Iterable[Path]) -> list[bytes]:
    """Of FRAME_BYTES, one file after the other. Reads the disk. Raises InvalidValue."""
    sound = b"".join(map(_read, files)) + AFTERWARDS
    sound += bytes(-len(sound) % FRAME_BYTES)
    return [sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES)]


def _read(file: Path) -> bytes:
    try:
        with wave.open(str(file), "rb") as sound:
            kind = sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
            data = sound.readframes(LONGEST_S * kind[2])
    except (OSError, EOFError, wave.Error) as error:
        raise InvalidValue(f"{file.name} is no sound: {error}") from error
    if kind == (1, 2, SAMPLE_RATE):
        return data
    if kind == (1, 2, SAMPLE_RATE // 2):
        return Upsampler()(np.frombuffer(data, "<i2").astype(np.int16)).tobytes()
    raise InvalidValue(f"{file.name} is not mono, 16 bit, 8 or 16 kHz")


async def say(leg: MediaLeg, frames: Iterable[bytes]) -> None:
    """Returns when it was said."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    for frame in frames:
        leg.push(frame)
        due += FRAME_MS / 1000
        await asyncio.sleep(due - loop.time())
