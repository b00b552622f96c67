"""What both modes of Asterisk share: staying connected, telling, prompts, our media legs."""

import asyncio
import logging
import socket
from abc import abstractmethod
from collections.abc import AsyncIterator, Coroutine, Iterable
from typing import Any, ClassVar

from bridges.asterisk.calls import Calls
from bridges.asterisk.config import Codec, Config
from bridges.asterisk.sounds import SoundShelf
from bridges.asterisk.stream import EventStream
from bridges.asterisk.values import checked_room
from bridges.base import AudioBridge, MediaLeg
from bridges.errors import AlreadyAttached, BridgeError, BridgeUnavailable, MediaFailed
from bridges.events import AnyBridgeEvent, BridgeDown, BridgeUp, MediaLost
from bridges.rtp_leg import L16, PCMU, RtpMediaLeg

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 30.0
PAYLOADS = {Codec.WIDE: (L16, 118), Codec.NARROW: (PCMU, 0)}
"""Asterisk's payload types, which never change (main/rtp_engine.c)."""


class AsteriskBridge(AudioBridge):
    type: ClassVar[str] = "asterisk"
    config: Config

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        listen_address = config.listen_address or config.our_host
        self._listen_address = listen_address
        self._calls = Calls()
        self._shelf = SoundShelf(listen_address, config.our_host, config.sounds_port)
        self._up = False
        self._stream = EventStream()
        self._media: dict[str, str] = {}
        """Room of each of our media channels."""
        self._attached: dict[str, RtpMediaLeg] = {}
        self._lost: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening = False

    async def start(self) -> None:
        self._spawn(self._stay_connected())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._up = False
        await self._disconnect()
        await self._stop_listening()
        for leg in self._attached.values():
            leg.close()

    def events(self) -> AsyncIterator[AnyBridgeEvent]:
        return aiter(self._stream)

    # Media legs

    async def attach_media(self, room: str) -> MediaLeg:
        checked_room(room)
        self._must_be_up()
        if room in self._attached:
            raise AlreadyAttached(f"Our sound is in room {room} already")
        codec, payload_type = PAYLOADS[self.config.codec]
        try:
            leg = RtpMediaLeg(self._listen_address, codec=codec, payload_type=payload_type)
        except OSError as error:
            raise MediaFailed(f"No port for sound at {self._listen_address}") from error
        self._attached[room] = leg
        try:
            leg.connect(await self._attach(room, f"{self.config.our_host}:{leg.address[1]}"))
        except BaseException:
            self._forget_media(room)
            raise
        return leg

    async def detach_media(self, room: str) -> None:
        channels = [channel for channel, attached in self._media.items() if attached == room]
        self._forget_media(room)
        for channel in channels:
            await self._hang_up_channel(channel)

    def _forget_media(self, room: str) -> None:
        if leg := self._attached.pop(room, None):
            leg.close()
        for channel in [channel for channel, attached in self._media.items() if attached == room]:
            del self._media[channel]

    @abstractmethod
    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        """Brings a channel that sends to our address into the room, notes it in `_media`, and says where it
        takes sound. Raises MediaFailed."""

    @abstractmethod
    async def _hang_up_channel(self, channel: str) -> None:
        """Harmless when it is gone."""

    # The connection

    @abstractmethod
    async def _connect(self) -> BridgeUp:
        """A connection, and what is there. Raises BridgeError, OSError."""

    @abstractmethod
    async def _connection_ends(self) -> None:
        """Returns when the connection is gone. Until then what happens is told."""

    @abstractmethod
    async def _disconnect(self) -> None:
        """Leaves nothing open; harmless if nothing is."""

    async def _listen(self) -> None:
        """For what Asterisk fetches from us. Raises OSError."""
        await self._shelf.open()

    async def _stop_listening(self) -> None:
        await self._shelf.close()

    async def _stay_connected(self) -> None:
        pause = FIRST_PAUSE_S
        is_down_told = False
        while True:
            try:
                await self._be_connected()
                reason = "The connection to Asterisk broke"
            except (BridgeError, OSError) as error:
                reason = str(error)
            if self._up:
                pause, is_down_told, self._up = FIRST_PAUSE_S, False, False
            await self._disconnect()
            if not is_down_told:
                log.warning("Asterisk %s is away: %s", self.key, reason)
                self._stream.tell([BridgeDown(reason=reason)])
                is_down_told = True
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def _be_connected(self) -> None:
        if not self._listening:
            await self._listen()
            self._listening = True
        found = await self._connect()
        self._up = True
        self._stream.tell([found])
        lost, self._lost = self._lost, []
        self._tell(MediaLost(room=room, reason="It was gone when the connection came back") for room in lost)
        await self._connection_ends()

    def _must_be_up(self) -> None:
        if not self._up:
            raise BridgeUnavailable("There is no connection to Asterisk now")

    def _tell(self, events: Iterable[AnyBridgeEvent]) -> None:
        """What happens while we are not connected is in the next snapshot."""
        for event in events:
            if isinstance(event, MediaLost):
                self._forget_media(event.room)
            if self._up:
                self._stream.tell([event])

    def _lose_media(self, channels: Iterable[str]) -> None:
        """Our legs that a snapshot does not have. Told after it."""
        self._lost += [self._media[channel] for channel in channels]

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def addresses_of(host: str) -> frozenset[str]:
    """All that a name stands for. Waits for the network."""
    try:
        return frozenset(str(found[4][0]) for found in socket.getaddrinfo(host, None))
    except OSError:
        return frozenset()
