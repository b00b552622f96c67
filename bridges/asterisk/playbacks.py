"""What calls are played by Asterisk's REST interface. A loop is played round by round, each a playback of its
own."""

import contextlib
from collections.abc import Callable
from typing import Any, Protocol
from uuid import uuid4

from msgspec import Struct, structs

from bridges.asterisk.values import Refused
from bridges.errors import BridgeError


class Ask(Protocol):
    async def __call__(self, method: str, path: str, **params: str) -> Any:
        """`AriClient.ask` of the connection that is there now."""


class Play(Struct, frozen=True):
    """`round` counts from 0."""

    id: str
    leg: str
    channel: str
    media: str
    loop: bool
    round: int = 0

    @property
    def playback(self) -> str:
        """What Asterisk calls this round."""
        return f"{self.id}.{self.round}"


class Playbacks:
    """At most one for each call. `ended` is told once of each, with its leg and its id."""

    def __init__(self, ask: Ask, ended: Callable[[str, str], None]) -> None:
        self._ask, self._ended = ask, ended
        self._plays: dict[str, Play] = {}

    async def begin(self, leg: str, channel: str, addresses: list[str], *, loop: bool) -> str:
        """Its id. Raises Refused."""
        await self.stop(leg)
        media = media_of(addresses)
        play = self._plays[leg] = Play(id=uuid4().hex, leg=leg, channel=channel, media=media, loop=loop)
        try:
            await self._play(play)
        except BridgeError:
            self.forget(leg)
            raise
        return play.id

    async def stop(self, leg: str) -> None:
        """Harmless if nothing is played."""
        if play := self._plays.pop(leg, None):
            self._ended(leg, play.id)
            with contextlib.suppress(Refused):
                await self._ask("DELETE", f"playbacks/{play.playback}")

    def forget(self, leg: str) -> None:
        self._plays.pop(leg, None)

    async def finished(self, playback: str, *, done: bool) -> None:
        """Asterisk says that a playback has come to its end (`done`), or to nothing."""
        play = next((play for play in self._plays.values() if play.playback == playback), None)
        if play is None:
            return
        if play.loop and done:
            await self._play_again(play)
        else:
            self._end(play)

    async def _play_again(self, play: Play) -> None:
        again = self._plays[play.leg] = structs.replace(play, round=play.round + 1)
        try:
            await self._play(again)
        except BridgeError:
            self._end(again)

    def _end(self, play: Play) -> None:
        if self._plays.get(play.leg) == play:
            del self._plays[play.leg]
            self._ended(play.leg, play.id)

    async def _play(self, play: Play) -> None:
        path = f"channels/{play.channel}/play"
        await self._ask("POST", path, media=play.media, playbackId=play.playback)


def media_of(addresses: list[str]) -> str:
    """Sounds, one after the other."""
    return ",".join(f"sound:{address}" for address in addresses)
