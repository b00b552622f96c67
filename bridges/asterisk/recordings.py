"""What callers say before they are in a room, recorded by Asterisk and fetched by its REST interface.

Asterisk writes files of 8 kHz into its folder for recordings (usually /var/spool/asterisk/recording, which
must exist); each is deleted as soon as it was read.
"""

import contextlib
import io
import wave
from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

import numpy as np

from bridges.asterisk.playbacks import Ask
from bridges.asterisk.values import Refused
from bridges.base import LONGEST_RECORDED_S
from bridges.errors import BridgeError
from bridges.pcm import Upsampler


class Fetch(Protocol):
    async def __call__(self, path: str) -> bytes:
        """`AriClient.fetch` of the connection that is there now."""


class Recordings:
    """At most one for each call. `ended` is told once of each that was not given up, with its leg and its
    sound."""

    def __init__(self, ask: Ask, fetch: Fetch, ended: Callable[[str, bytes], None]) -> None:
        self._ask, self._fetch, self._ended = ask, fetch, ended
        self._names: dict[str, str] = {}

    async def begin(self, leg: str, channel: str) -> None:
        """Raises Refused."""
        await self.give_up(leg)
        name = self._names[leg] = f"meetingserver-{uuid4().hex}"
        try:
            await self._ask(
                "POST",
                f"channels/{channel}/record",
                name=name,
                format="wav",
                maxDurationSeconds=str(LONGEST_RECORDED_S),
                ifExists="overwrite",
            )
        except BridgeError:
            self.forget(leg)
            raise

    async def stop(self, leg: str) -> None:
        """`finished` follows. Harmless if nothing is recorded."""
        if name := self._names.get(leg):
            with contextlib.suppress(Refused):
                await self._ask("POST", f"recordings/live/{name}/stop")

    async def give_up(self, leg: str) -> None:
        """Nothing is told of it."""
        if name := self._names.pop(leg, None):
            with contextlib.suppress(Refused):
                await self._ask("DELETE", f"recordings/live/{name}")

    def forget(self, leg: str) -> None:
        self._names.pop(leg, None)

    async def finished(self, name: str) -> None:
        """Asterisk says that a recording has ended, or failed."""
        leg = next((leg for leg, recorded in self._names.items() if recorded == name), None)
        sound = b""
        with contextlib.suppress(Refused):
            if leg is not None:
                sound = wide(await self._fetch(f"recordings/stored/{name}/file"))
            await self._ask("DELETE", f"recordings/stored/{name}")
        if leg is not None and self._names.get(leg) == name:
            del self._names[leg]
            self._ended(leg, sound)


def wide(file: bytes) -> bytes:
    """A WAV file of 8 kHz as sound of 16 kHz; empty if it is none."""
    try:
        with wave.open(io.BytesIO(file)) as narrow:
            frames = narrow.readframes(narrow.getframerate() * LONGEST_RECORDED_S)
            if (narrow.getnchannels(), narrow.getsampwidth(), narrow.getframerate()) != (1, 2, 8000):
                return b""
    except (EOFError, wave.Error):
        return b""
    return bytes(Upsampler()(np.frombuffer(frames, "<i2")).tobytes()) if frames else b""
