"""Mode `ari`: Asterisk carries calls and mixes; what happens with them is ours."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from msgspec import Struct

from bridges.asterisk.ari import Absent
from bridges.asterisk.ari_bridge import MUTED, AriBridge
from bridges.asterisk.config import Config
from bridges.asterisk.values import checked_number, checked_room, is_placed
from bridges.base import Call
from bridges.errors import (
    BridgeError,
    DialFailed,
    InvalidValue,
    LegGone,
    MediaFailed,
    NotSupported,
    ProtocolError,
    RoomNotFound,
)
from bridges.events import LegPlayed
from bridges.types import Capabilities, Direction, EndCause, Leg, LegState

PATIENCE_S = 5.0


class Play(Struct, frozen=True):
    """What is played to a leg. Each round of a loop is a playback of its own: `<id>.<round>`."""

    id: str
    leg: str
    media: str
    loop: bool
    round: int = 0


class Stasis(AriBridge):
    capabilities = Capabilities(records=True)

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._plays: dict[str, Play] = {}
        """By leg."""
        self._entering: Counter[str] = Counter()
        """How many are on their way into a room."""

    # Calls

    async def dial(self, call: Call) -> None:
        checked_number(call.number)
        caller_id = checked_number(call.caller_id or self.config.caller_id, may_be_empty=True)
        if not is_placed(call.leg):
            raise InvalidValue("A leg is a UUID")
        self._must_be_up()
        self._calls.put(
            Leg(
                leg=call.leg,
                vendor=call.leg,
                state=LegState.DIALING,
                direction=Direction.OUT,
                caller=caller_id,
                dialled=call.number,
            )
        )
        try:
            await self._ask(
                "POST",
                "channels",
                endpoint=self.config.trunk.replace("{number}", call.number),
                app=self._app,
                channelId=call.leg,
                callerId=caller_id,
                timeout=str(call.timeout_s),
            )
        except (ProtocolError, Absent) as error:
            self._calls.forget(call.leg)
            raise DialFailed(EndCause.ERROR, str(error)) from error

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        self._must_be_up()
        if leg in self._calls:
            self._calls.will_end(leg, cause)
            await self._hang_up_channel(self._calls[leg].vendor)

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        self._must_be_up()
        await self.stop_playing(leg)
        media = ",".join(f"sound:{address}" for address in await self._shelf.addresses(sounds))
        play = Play(uuid4().hex, leg, media, loop)
        self._plays[leg] = play
        await self._begin(play)
        return play.id

    async def stop_playing(self, leg: str) -> None:
        self._must_be_up()
        _ = self._calls[leg]
        if play := self._plays.pop(leg, None):
            self._tell([LegPlayed(leg=leg, play=play.id)])
            try:
                await self._ask("DELETE", f"playbacks/{play.id}.{play.round}")
            except Absent:
                return  # it has just ended

    async def _begin(self, play: Play) -> None:
        await self._ask_channel(
            "POST", play.leg, "/play", media=play.media, playbackId=f"{play.id}.{play.round}"
        )

    def _played(self, playback: str, *, done: bool) -> None:
        found = [play for play in self._plays.values() if f"{play.id}.{play.round}" == playback]
        for play in found:
            if play.loop and done:
                again = self._plays[play.leg] = Play(
                    play.id, play.leg, play.media, loop=True, round=play.round + 1
                )
                self._spawn(self._repeat(again))
            else:
                del self._plays[play.leg]
                self._tell([LegPlayed(leg=play.leg, play=play.id)])

    async def _repeat(self, play: Play) -> None:
        try:
            await self._begin(play)
        except BridgeError:
            self._plays.pop(play.leg, None)
            self._tell([LegPlayed(leg=play.leg, play=play.id)])

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        checked_room(room)
        await self.stop_playing(leg)
        if self._calls[leg].room:
            await self.leave(leg)
        await self._silence(leg, muted)
        async with self._opened(room) as bridge:
            try:
                await self._ask("POST", f"bridges/{bridge}/addChannel", channel=self._calls[leg].vendor)
            except (Absent, ProtocolError) as error:
                raise LegGone(f"There is no call {leg}") from error

    async def leave(self, leg: str) -> None:
        self._must_be_up()
        info = self._calls[leg]
        if info.room:
            self._leaving.add(leg)
            bridge = self._translate.bridge_of(info.room)
            try:
                await self._ask("POST", f"bridges/{bridge}/removeChannel", channel=info.vendor)
            except (Absent, ProtocolError):
                self._leaving.discard(leg)

    async def set_muted(self, leg: str, muted: bool) -> None:
        self._must_be_up()
        await self._silence(leg, muted)
        self._tell(self._calls.mutes(leg, muted=muted))

    async def _silence(self, leg: str, muted: bool) -> None:
        await self._ask_channel("POST" if muted else "DELETE", leg, "/mute", direction="in")
        await self._ask_channel("POST", leg, "/variable", variable=MUTED, value="1" if muted else "0")
        (self._muted.add if muted else self._muted.discard)(leg)

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        self._must_be_up()
        await self._ask_channel("POST" if deaf else "DELETE", leg, "/mute", direction="out")

    # Rooms

    @asynccontextmanager
    async def _opened(self, room: str) -> AsyncIterator[str]:
        """The room is there, and is not tidied away meanwhile."""
        self._entering[room] += 1
        try:
            bridge = self._translate.bridge_of(room)
            await self._open_bridge(bridge, room)
            yield bridge
        finally:
            self._entering[room] -= 1

    async def _open_bridge(self, bridge: str, room: str) -> None:
        """To make it a second time is an error of Asterisk's (500)."""
        try:
            await self._ask("GET", f"bridges/{bridge}")
        except Absent:
            await self._ask("POST", f"bridges/{bridge}", type="mixing,dtmf_events", name=room)

    async def _tidy(self, room: str) -> None:
        if room and not (self._calls.inside(room) or self._entering[room] or room in self._attached):
            await self._destroy(room)

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        checked_room(room)
        self._must_be_up()
        media = ",".join(f"sound:{address}" for address in await self._shelf.addresses(sounds))
        try:
            await self._ask("POST", f"bridges/{self._translate.bridge_of(room)}/play", media=media)
        except Absent as error:
            raise RoomNotFound(f"There is no room {room}") from error

    async def set_locked(self, room: str, locked: bool) -> None:
        raise NotSupported("lock")

    async def close_room(self, room: str) -> None:
        checked_room(room)
        self._must_be_up()
        await self.detach_media(room)
        for info in self._calls.inside(room):
            await self.hang_up(info.leg)
        await self._destroy(room)

    async def detach_media(self, room: str) -> None:
        await super().detach_media(room)
        if self._up:
            await self._tidy(room)

    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        channel = f"{self.key}_media_{uuid4().hex}"
        self._media[channel] = room
        arrived = self._awaited[channel] = asyncio.Event()
        try:
            await self._ask(
                "POST",
                "channels/externalMedia",
                channelId=channel,
                app=self._app,
                external_host=our_address,
                format=str(self.config.codec),
            )
            async with self._opened(room) as bridge, asyncio.timeout(PATIENCE_S):
                await arrived.wait()
                await self._ask("POST", f"bridges/{bridge}/addChannel", channel=channel)
            address = await self._variable(channel, "UNICASTRTP_LOCAL_ADDRESS")
            return address, int(await self._variable(channel, "UNICASTRTP_LOCAL_PORT"))
        except (TimeoutError, ValueError, Absent, ProtocolError) as error:
            raise MediaFailed(f"Asterisk does not bring our sound into room {room}") from error
        finally:
            del self._awaited[channel]

    async def _variable(self, channel: str, name: str) -> str:
        return str((await self._ask("GET", f"channels/{channel}/variable", variable=name))["value"])
