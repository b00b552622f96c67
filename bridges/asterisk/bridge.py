"""What both modes of Asterisk share: staying connected, telling, placing calls, our media legs."""

import asyncio
import socket
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import ClassVar

from bridges.absence import Absence
from bridges.asterisk.calls import Calls
from bridges.asterisk.config import Codec, Config
from bridges.asterisk.counting import CODEC, COUNTED, counted
from bridges.asterisk.values import FACTORS, VOLUME, Refused
from bridges.base import AudioBridge, Call, MediaLeg, health_of
from bridges.chores import Chores
from bridges.codecs import G722, PCMA, PCMU
from bridges.errors import (
    AlreadyAttached,
    BridgeError,
    BridgeUnavailable,
    DialFailed,
    MediaFailed,
)
from bridges.event_stream import EventStream
from bridges.events import AnyBridgeEvent, BridgeDown, BridgeUp, MediaLost
from bridges.known_calls import PLACED
from bridges.rtp_leg import RtpMediaLeg
from bridges.sound_shelf import SoundShelf
from bridges.types import Direction, EndCause, Health, Leg, LegState
from bridges.values import authority, checked_leg, checked_number, checked_room

MEASURED_EVERY_S = 10.0
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 30.0
PAYLOADS = {Codec.G722: (G722, 9), Codec.ULAW: (PCMU, 0), Codec.ALAW: (PCMA, 8)}
"""With their payload types (RFC 3551, table 4)."""
UNNAMED = "application/octet-stream"
"""Asterisk 22 takes whatever is called audio/wav for 8 kHz; of this type it believes the address."""


class AsteriskBridge(AudioBridge):
    type: ClassVar[str] = "asterisk"
    config: Config

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._listen_address = config.listen_address or config.our_host
        self._calls = Calls()
        self._shelf = SoundShelf(
            self._listen_address,
            config.our_host,
            config.sounds_port,
            endings={8000: "wav", 16_000: "wav16"},
            content_type=UNNAMED,
        )
        self._stream = EventStream()
        self._up = self._listening = False
        self._media: dict[str, str] = {}
        """Room of each of our media channels."""
        self._attached: dict[str, RtpMediaLeg] = {}
        self._lost: list[str] = []
        self._chores = Chores(f"Asterisk {key}")

    async def start(self) -> None:
        self._chores.begin(self._stay_connected())
        self._chores.begin(self._listen_how_calls_sound())

    async def stop(self) -> None:
        await self._chores.end()
        self._up = False
        await self._disconnect()
        await self._stop_listening()
        for leg in self._attached.values():
            leg.close()

    async def check(self) -> Health:
        return await health_of(self._look_around())

    def events(self) -> AsyncIterator[AnyBridgeEvent]:
        return aiter(self._stream)

    # Calls

    async def dial(self, call: Call) -> None:
        checked_number(call.number)
        caller_id = checked_number(call.caller_id or self.config.caller_id, may_be_empty=True)
        checked_leg(call.leg)
        self._must_be_up()
        self._calls.put(
            Leg(
                leg=call.leg,
                vendor="",
                state=LegState.DIALING,
                direction=Direction.OUT,
                caller=caller_id,
                dialled=call.number,
            )
        )
        try:
            await self._originate(call, self.config.trunk.replace("{number}", call.number), caller_id)
        except Refused as error:
            self._calls.forget(call.leg)
            raise DialFailed(EndCause.ERROR, str(error)) from error

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        self._must_be_up()
        if leg in self._calls:
            self._calls.will_end(leg, cause)
            await self._hang_up_channel(self._calls[leg].vendor or leg)

    async def set_volume(self, leg: str, db: int) -> None:
        self._must_be_up()
        await self._set_variable(leg, VOLUME, FACTORS[db])

    @abstractmethod
    async def _set_variable(self, leg: str, name: str, value: str) -> None:
        """Of the channel of a call; functions are set likewise. Raises LegGone."""

    async def close_room(self, room: str) -> None:
        checked_room(room)
        self._must_be_up()
        await self.detach_media(room)
        for info in self._calls.inside(room):
            await self.hang_up(info.leg)

    @abstractmethod
    async def _originate(self, call: Call, endpoint: str, caller_id: str) -> None:
        """Makes the channel that calls `endpoint`; it has the name of the leg. Raises Refused."""

    @abstractmethod
    async def _hang_up_channel(self, channel: str) -> None:
        """Harmless when it is gone."""

    async def _listen_how_calls_sound(self) -> None:
        """Asterisk counts, and is asked now and then."""
        while True:
            await asyncio.sleep(MEASURED_EVERY_S)
            for info in list(self._calls.legs.values()):
                if self._up and info.vendor and info.state not in PLACED:
                    with suppress(BridgeError):
                        await self._measure(info)

    async def _measure(self, info: Leg) -> None:
        if now := counted(await self._variable(info.vendor, COUNTED)):
            codec = (await self._variable(info.vendor, CODEC)).strip("()")
            self._tell(self._calls.measures(info.leg, now, codec))

    @abstractmethod
    async def _variable(self, channel: str, name: str) -> str:
        """Empty if it has none. Raises BridgeError."""

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
            leg.connect(await self._attach(room, authority(self.config.our_host, leg.address[1])))
        except BaseException:
            for channel in self._forget_media(room):
                self._chores.begin(self._hang_up_channel(channel))
            raise
        return leg

    async def detach_media(self, room: str) -> None:
        for channel in self._forget_media(room):
            await self._hang_up_channel(channel)

    def _forget_media(self, room: str) -> list[str]:
        """Its channels."""
        if leg := self._attached.pop(room, None):
            leg.close()
        channels = [channel for channel, attached in self._media.items() if attached == room]
        for channel in channels:
            del self._media[channel]
        return channels

    @abstractmethod
    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        """Brings a channel that sends to our address into the room, notes it in `_media`, and says where it
        takes sound. Raises MediaFailed."""

    # The connection

    @abstractmethod
    async def _look_around(self) -> str:
        """By an own connection: what was found. Raises BridgeError."""

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
        absence = Absence(f"Asterisk {self.key}", first_pause=FIRST_PAUSE_S, longest_pause=LONGEST_PAUSE_S)
        while True:
            try:
                await self._be_connected()
                reason = "The connection to Asterisk broke"
            except (BridgeError, OSError) as error:
                reason = str(error)
            if self._up:
                absence.over()
                self._up = False
            await self._disconnect()
            if absence.is_news(reason):
                self._stream.tell(BridgeDown(reason=reason))
            await absence.pause()

    async def _be_connected(self) -> None:
        if not self._listening:
            await self._listen()
            self._listening = True
        found = await self._connect()
        self._up = True
        self._stream.tell(found)
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
                self._stream.tell(event)

    def _lose_media(self, channels: Iterable[str]) -> None:
        """Our legs that a snapshot does not have. Told after it."""
        self._lost += [self._media[channel] for channel in channels]


def addresses_of(host: str) -> frozenset[str]:
    """All that a name stands for. Waits for the network."""
    try:
        return frozenset(str(found[4][0]) for found in socket.getaddrinfo(host, None))
    except OSError:
        return frozenset()
