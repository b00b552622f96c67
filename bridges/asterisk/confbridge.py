"""Mode `ami`: Asterisk's own rooms (ConfBridge), commanded by its manager interface and FastAGI."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from bridges.asterisk.ami import ActionFailed
from bridges.asterisk.ami_bridge import AmiBridge
from bridges.asterisk.config import Config
from bridges.asterisk.helpers import Kick, Pair, nothing
from bridges.asterisk.line import Line
from bridges.asterisk.values import checked_number, checked_room, is_placed
from bridges.base import Call
from bridges.errors import (
    BridgeError,
    DialFailed,
    InvalidValue,
    LegGone,
    MediaFailed,
    NotSupported,
    RoomNotFound,
)
from bridges.events import LegPlayed
from bridges.types import Capabilities, Direction, EndCause, Leg, LegState

log = logging.getLogger(__name__)

PATIENCE_S = 5.0


class ConfBridge(AmiBridge):
    capabilities = Capabilities(deafen=False, lock=True, records=True)

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._whispers: dict[str, asyncio.Task[None]] = {}
        """What is said to legs that are in a room."""

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
                vendor="",
                state=LegState.DIALING,
                direction=Direction.OUT,
                caller=caller_id,
                dialled=call.number,
            )
        )
        try:
            await self._helpers.originate(
                self.config.trunk.replace("{number}", call.number),
                action_id=call.leg,
                ChannelId=call.leg,
                CallerID=f"<{caller_id}>",
                Timeout=str(call.timeout_s * 1000),
            )
        except ActionFailed as error:
            self._calls.forget(call.leg)
            raise DialFailed(EndCause.ERROR, str(error)) from error

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        self._must_be_up()
        if leg in self._calls:
            self._calls.will_end(leg, cause)
            await self._hang_up_channel(self._calls[leg].vendor or leg)

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        self._must_be_up()
        info = self._calls[leg]
        addresses = await self._shelf.addresses(sounds)
        play = uuid4().hex

        def ended() -> None:
            self._tell([LegPlayed(leg=leg, play=play)])

        if info.room:
            self._silence(leg)
            self._whispers[leg] = self._spawn(self._whisper(info, addresses, loop=loop, ended=ended))
        else:
            await (await self._line(leg)).play(addresses, loop=loop, ended=ended)
        return play

    async def stop_playing(self, leg: str) -> None:
        self._must_be_up()
        self._silence(leg)
        if line := self._lines.get(leg):
            await line.hush()

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        checked_room(room)
        self._must_be_up()
        self._silence(leg)
        line = await self._line(leg)
        await line.enter(
            room,
            muted=muted,
            leave_room=Kick(self._ask, room, line.call.channel),
            left=lambda: self._tell(self._calls.leaves(leg)),
        )

    async def leave(self, leg: str) -> None:
        self._must_be_up()
        info = self._calls[leg]
        self._silence(leg)
        if line := self._lines.get(leg):
            await line.leave()
        elif info.room:
            await Kick(self._ask, info.room, info.vendor)()

    async def set_muted(self, leg: str, muted: bool) -> None:
        self._must_be_up()
        info = self._calls[leg]
        if not info.room:
            self._tell(self._calls.mutes(leg, muted=muted))
            return
        try:
            await self._ask(
                "ConfbridgeMute" if muted else "ConfbridgeUnmute", Conference=info.room, Channel=info.vendor
            )
        except ActionFailed as error:
            raise LegGone(str(error)) from error

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        raise NotSupported("deafen")

    def _silence(self, leg: str) -> None:
        if whisper := self._whispers.pop(leg, None):
            whisper.cancel()

    async def _whisper(
        self, info: Leg, addresses: list[str], *, loop: bool, ended: Callable[[], None]
    ) -> None:
        """To one who is in a room: a helper speaks into his ear."""
        try:
            async with self._helpers.pair() as pair, asyncio.timeout(None) as patience:
                patience.reschedule(asyncio.get_running_loop().time() + PATIENCE_S)
                await pair.hears.whisper(info.vendor)
                await pair.started.wait()
                patience.reschedule(None)
                await self._spoken(pair, addresses, loop=loop)
        except (BridgeError, TimeoutError) as error:
            log.warning("Asterisk would not speak to %s: %s", info.vendor, error)
        finally:
            ended()

    async def _spoken(self, pair: Pair, addresses: list[str], *, loop: bool = False) -> None:
        await pair.speaks.play(addresses, loop=loop, ended=lambda: None)
        await pair.speaks.finish()

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        checked_room(room)
        self._must_be_up()
        if not self._calls.inside(room):
            raise RoomNotFound(f"There is nobody in room {room}")
        self._spawn(self._announce(room, await self._shelf.addresses(sounds)))

    async def _announce(self, room: str, addresses: list[str]) -> None:
        try:
            async with self._helpers.pair() as pair:
                await pair.hears.enter(room, muted=False, leave_room=nothing)
                await asyncio.wait_for(pair.started.wait(), PATIENCE_S)
                await self._spoken(pair, addresses)
        except (BridgeError, TimeoutError) as error:
            log.warning("An announcement to room %s failed: %s", room, error)

    async def set_locked(self, room: str, locked: bool) -> None:
        checked_room(room)
        self._must_be_up()
        try:
            await self._ask("ConfbridgeLock" if locked else "ConfbridgeUnlock", Conference=room)
        except ActionFailed as error:
            raise RoomNotFound(str(error)) from error

    async def close_room(self, room: str) -> None:
        checked_room(room)
        self._must_be_up()
        await self.detach_media(room)
        for info in self._calls.inside(room):
            await self.hang_up(info.leg)

    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        name = self._helpers.name("media")
        self._media[name] = room
        try:
            async with self._helpers.starting(name) as started, asyncio.timeout(PATIENCE_S):
                call = await self._helpers.call(name, f"UnicastRTP/{our_address}/c({self.config.codec})")
                _, address = await call.say("GET VARIABLE", "UNICASTRTP_LOCAL_ADDRESS")
                _, port = await call.say("GET VARIABLE", "UNICASTRTP_LOCAL_PORT")
                await Line(call, stop_sound=nothing).enter(
                    room, muted=False, leave_room=nothing, left=lambda: self._end_media(name)
                )
                await started.wait()
            return address, int(port)
        except (TimeoutError, ValueError, ActionFailed, LegGone) as error:
            raise MediaFailed(f"Asterisk does not bring our sound into room {room}") from error

    def _end_media(self, name: str) -> None:
        """It was thrown out of its room, and has nothing else to do."""
        self._spawn(self._hang_up_channel(name))
