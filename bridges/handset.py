"""What is done to one call on its bridge. A bridge that cannot, or is not there now, is logged and lived
with: the call goes on as well as it can.
"""

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from pathlib import Path

from bridges.base import AudioBridge
from bridges.errors import BridgeError, LegGone, RoomNotFound
from bridges.journey import Line
from bridges.prompts import Prompts
from bridges.speech import names_said
from bridges.spoken_names import Spoken
from bridges.types import EndCause

logger = logging.getLogger(__name__)

MUSIC = Line("music", "")


class Handset:
    """`playing` is the id of what is being played, for `LegPlayed`."""

    def __init__(self, bridge: AudioBridge, leg: str, prompts: Prompts) -> None:
        self.bridge = bridge
        self.leg = leg
        self.playing = ""
        self._prompts = prompts

    @property
    def can_leave(self) -> bool:
        return self.bridge.capabilities.transfer

    @property
    def can_listen(self) -> bool:
        return self.bridge.capabilities.listens

    async def say(self, lines: Iterable[Line], *, names: Iterable[Path] = (), loop: bool = False) -> bool:
        """And names after it. Whether it is being said."""
        sounds = [*self._prompts.files(lines), *names]
        try:
            self.playing = await self.bridge.play(self.leg, sounds, loop=loop)
        except BridgeError as error:
            self.playing = ""
            self._cannot("play", error)
        return bool(self.playing)

    async def play_music(self) -> None:
        await self.say([MUSIC], loop=True)

    async def hush(self) -> None:
        self.playing = ""
        await self._try("stop playing", self.bridge.stop_playing(self.leg))

    async def record(self) -> bool:
        """Whether it is being recorded."""
        self.playing = ""
        return await self._try("record", self.bridge.record(self.leg))

    async def stop_recording(self) -> None:
        await self._try("stop recording", self.bridge.stop_recording(self.leg))

    async def join(self, room: str, *, muted: bool) -> None:
        self.playing = ""
        await self._try("join", self.bridge.join(self.leg, room, muted=muted))

    async def leave(self) -> None:
        await self._try("leave", self.bridge.leave(self.leg))

    async def mute(self, muted: bool) -> bool:
        """Whether the bridge was told."""
        return await self._try("mute", self.bridge.set_muted(self.leg, muted))

    async def set_volume(self, db: int) -> bool:
        """How loud they hear everybody else. Whether the bridge can, and was told."""
        able = self.bridge.capabilities.volume
        return able and await self._try("set the volume", self.bridge.set_volume(self.leg, db))

    async def announce(self, room: str, sign: str, names: Iterable[Path] = ()) -> None:
        """A sound without words to all callers of a room, and names after it."""
        sounds = [*self._prompts.files([Line(sign, "")]), *names]
        await self._try("announce", self.bridge.announce(room, sounds))

    async def sounds_of(self, names: Iterable[Spoken], language: str) -> list[Path]:
        """How they are called: as they said it, else as a voice reads it. Who cannot be said is left out."""
        return await asyncio.to_thread(names_said, self._prompts, list(names), language)

    async def hang_up(self, cause: EndCause) -> None:
        await self._try("hang up", self.bridge.hang_up(self.leg, cause))

    async def _try(self, what: str, doing: Awaitable[None]) -> bool:
        try:
            await doing
        except BridgeError as error:
            self._cannot(what, error)
            return False
        return True

    def _cannot(self, what: str, error: BridgeError) -> None:
        if not isinstance(error, LegGone | RoomNotFound):  # its end is on the way; nobody is there yet
            logger.warning("Bridge %s could not %s for a call: %r", self.bridge.key, what, error)
