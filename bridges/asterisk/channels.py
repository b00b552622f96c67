"""Channels that we make beside the callers': media legs, and pairs of which one speaks what the other takes
into a room or an ear. They come to us by FastAGI like calls."""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple, Protocol
from uuid import uuid4

from bridges.asterisk.agi import AgiCall
from bridges.asterisk.ami import Block
from bridges.asterisk.line import Interrupt, Line
from bridges.asterisk.values import Refused
from bridges.errors import BridgeError

log = logging.getLogger(__name__)

EXTENSION = "lead"
"""Of the context that gives calls to FastAGI."""
PATIENCE_S = 5.0


class Ask(Protocol):
    def __call__(self, action: str, *, action_id: str = "", **fields: str) -> Awaitable[Block]:
        """`AmiClient.ask` of the connection that is there now."""


class Pair(NamedTuple):
    speaks: Line
    hears: Line
    started: asyncio.Event
    """The one that hears is where it is to be."""


class OwnChannels:
    def __init__(self, key: str, context: str, ask: Ask) -> None:
        self._key, self._context, self._ask = key, context, ask
        self._awaited: dict[str, asyncio.Future[AgiCall]] = {}
        self._starting: dict[str, asyncio.Event] = {}

    def name(self, part: str) -> str:
        """Of a new channel; `values.is_own_channel` knows it again."""
        return f"{self._key}_{part}_{uuid4().hex}"

    def is_stale_media(self, name: str) -> bool:
        """Of an earlier process."""
        return bool(re.match(f"{self._key}_media_", name))

    def takes(self, call: AgiCall) -> bool:
        """Whether a call that FastAGI brings is one that we wait for."""
        awaited = self._awaited.get(call.unique_id)
        if awaited is None or awaited.done():
            return False
        awaited.set_result(call)
        return True

    def is_there(self, channel: str) -> None:
        """It has come into its room, or ear."""
        if started := self._starting.get(channel):
            started.set()

    async def originate(self, channel: str, *, action_id: str = "", **fields: str) -> None:
        """Raises Refused."""
        await self._ask(
            "Originate",
            action_id=action_id,
            Channel=channel,
            Context=self._context,
            Exten=EXTENSION,
            Priority="1",
            Async="true",
            **fields,
        )

    @asynccontextmanager
    async def starting(self, channel: str) -> AsyncIterator[asyncio.Event]:
        self._starting[channel] = asyncio.Event()
        try:
            yield self._starting[channel]
        finally:
            del self._starting[channel]

    async def call(self, name: str, channel: str) -> AgiCall:
        """A channel of ours, when FastAGI has it."""
        return (await self._made(channel, [name], ChannelId=name))[0]

    async def whisper(self, to: str, sounds: Sequence[str], *, loop: bool, ended: Callable[[], None]) -> None:
        """Into the ear of one who is in a room."""
        try:
            async with self._pair() as pair:
                await pair.hears.whisper(to)
                await self._speak(pair, sounds, loop=loop)
        except (BridgeError, TimeoutError) as error:
            log.warning("Asterisk would not speak to %s: %s", to, error)
        finally:
            ended()

    async def announce(self, room: str, sounds: Sequence[str]) -> None:
        try:
            async with self._pair() as pair:
                await pair.hears.enter(room, muted=False, leave_room=nothing)
                await self._speak(pair, sounds)
        except (BridgeError, TimeoutError) as error:
            log.warning("An announcement to room %s failed: %s", room, error)

    async def _speak(self, pair: Pair, sounds: Sequence[str], *, loop: bool = False) -> None:
        await asyncio.wait_for(pair.started.wait(), PATIENCE_S)
        await pair.speaks.play(sounds, loop=loop, ended=lambda: None)
        await pair.speaks.finish()

    @asynccontextmanager
    async def _pair(self) -> AsyncIterator[Pair]:
        names = [self.name("speak"), self.name("hear")]
        async with self.starting(names[1]) as started:
            local = f"Local/{EXTENSION}@{self._context}/n"
            async with asyncio.timeout(PATIENCE_S):
                calls = await self._made(local, names, ChannelId=names[1], OtherChannelId=names[0])
            try:
                speaks, hears = (Line(call, stop_sound=silencer(self._ask, call.channel)) for call in calls)
                yield Pair(speaks, hears, started)
            finally:
                for call in calls:
                    await call.hang_up()

    async def _made(self, channel: str, names: list[str], **fields: str) -> list[AgiCall]:
        loop = asyncio.get_running_loop()
        self._awaited |= {name: loop.create_future() for name in names}
        try:
            await self.originate(channel, **fields)
            return list(await asyncio.gather(*(self._awaited[name] for name in names)))
        finally:
            for name in names:
                del self._awaited[name]


def silencer(ask: Ask, channel: str) -> Interrupt:
    """Ends what is played to a channel; harmless if nothing is."""
    return partial(_harmless, partial(ask, "ControlPlayback", Channel=channel, Control="stop"))


def kick(ask: Ask, room: str, channel: str) -> Interrupt:
    """Sends a channel out of a room; harmless if it is not there."""
    return partial(_harmless, partial(ask, "ConfbridgeKick", Conference=room, Channel=channel))


async def _harmless(ask: Callable[[], Awaitable[Block]]) -> None:
    with contextlib.suppress(Refused):
        await ask()


async def nothing() -> None:
    """To be interrupted only by hanging up."""
