"""Channels that we make beside the callers': media legs, and pairs of which one speaks what the other takes into a
room or an ear. They come to us by FastAGI like calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import NamedTuple, Protocol
from uuid import uuid4

from bridges.asterisk.agi import AgiCall
from bridges.asterisk.ami import ActionFailed, Block
from bridges.asterisk.line import Line

EXTENSION = "lead"
"""Of the context that gives calls to FastAGI."""


class Ask(Protocol):
    def __call__(self, action: str, *, action_id: str = "", **fields: str) -> Awaitable[Block]:
        """`AmiClient.ask` of the connection that is there now."""


class Pair(NamedTuple):
    speaks: Line
    hears: Line
    started: asyncio.Event
    """The one that hears is where it is to be."""


class Helpers:
    def __init__(self, key: str, context: str, ask: Ask) -> None:
        self._key, self._context, self._ask = key, context, ask
        self._awaited: dict[str, asyncio.Future[AgiCall]] = {}
        self._starting: dict[str, asyncio.Event] = {}

    def name(self, part: str) -> str:
        """Of a new channel; `ami_events.HELPER` knows it again."""
        return f"{self._key}_{part}_{uuid4().hex}"

    def takes(self, call: AgiCall) -> bool:
        """Whether a call that FastAGI brings is one of ours."""
        awaited = self._awaited.get(call.unique_id)
        if awaited is None or awaited.done():
            return False
        awaited.set_result(call)
        return True

    def is_there(self, channel: str) -> None:
        """It has come into its room, or ear."""
        if started := self._starting.get(channel):
            started.set()

    @asynccontextmanager
    async def starting(self, channel: str) -> AsyncIterator[asyncio.Event]:
        self._starting[channel] = asyncio.Event()
        try:
            yield self._starting[channel]
        finally:
            del self._starting[channel]

    async def originate(self, channel: str, *, action_id: str = "", **fields: str) -> None:
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

    async def call(self, name: str, channel: str) -> AgiCall:
        """A channel of ours, when FastAGI has it."""
        return (await self._made(channel, [name], ChannelId=name))[0]

    @asynccontextmanager
    async def pair(self) -> AsyncIterator[Pair]:
        names = [self.name("speak"), self.name("hear")]
        async with self.starting(names[1]) as started:
            calls = await self._made(
                f"Local/{EXTENSION}@{self._context}/n", names, ChannelId=names[1], OtherChannelId=names[0]
            )
            try:
                speaks, hears = (Line(call, stop_sound=self.silencer(call)) for call in calls)
                yield Pair(speaks, hears, started)
            finally:
                for call in calls:
                    await call.hang_up()

    def silencer(self, call: AgiCall) -> "StopSound":
        return StopSound(self._ask, call.channel)

    async def _made(self, channel: str, names: list[str], **fields: str) -> list[AgiCall]:
        loop = asyncio.get_running_loop()
        self._awaited |= {name: loop.create_future() for name in names}
        try:
            await self.originate(channel, **fields)
            return list(await asyncio.gather(*(self._awaited[name] for name in names)))
        finally:
            for name in names:
                del self._awaited[name]


class StopSound(NamedTuple):
    """Ends what is played to a channel; harmless if nothing is."""

    ask: Ask
    channel: str

    async def __call__(self) -> None:
        try:
            await self.ask("ControlPlayback", Channel=self.channel, Control="stop")
        except ActionFailed:
            return  # it has hung up


class Kick(NamedTuple):
    """Sends a channel out of a room; harmless if it is not there."""

    ask: Ask
    room: str
    channel: str

    async def __call__(self) -> None:
        try:
            await self.ask("ConfbridgeKick", Conference=self.room, Channel=self.channel)
        except ActionFailed:
            return  # it has left


async def nothing() -> None:
    """To be interrupted only by hanging up."""
