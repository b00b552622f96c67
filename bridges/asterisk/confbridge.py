"""Mode `ami`: Asterisk's own rooms (ConfBridge), by its manager interface; calls are led by FastAGI."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from uuid import uuid4

from msgspec import structs

from bridges.asterisk.agi import AgiCall, AgiServer
from bridges.asterisk.ami import AmiClient, Block
from bridges.asterisk.ami_events import ODD, AmiEvents, is_caller
from bridges.asterisk.bridge import AsteriskBridge, addresses_of
from bridges.asterisk.channels import EXTENSION, OwnChannels, kick, nothing, silencer
from bridges.asterisk.config import Config
from bridges.asterisk.encryption import encryption
from bridges.asterisk.line import Line
from bridges.asterisk.values import Refused, is_own_channel, known, leg_of
from bridges.base import Call
from bridges.errors import (
    BridgeAuthFailed,
    BridgeTimeout,
    BridgeUnavailable,
    LegGone,
    MediaFailed,
    NotSupported,
    RoomNotFound,
)
from bridges.events import BridgeUp, LegPlayed
from bridges.known_calls import PLACED
from bridges.types import Capabilities, Direction, Leg, LegState, Room
from bridges.values import checked_room, is_ours, is_placed

log = logging.getLogger(__name__)

USUAL_PORT = 5038
PATIENCE_S = 5.0
ACTIONS = (
    *("ConfbridgeKick", "ConfbridgeList", "ConfbridgeListRooms", "ConfbridgeLock", "ConfbridgeMute"),
    *("ConfbridgeUnlock", "ConfbridgeUnmute", "ControlPlayback", "CoreSettings", "CoreShowChannels"),
    *("Getvar", "Hangup", "Originate", "Setvar"),
)
"""What we ask of it."""
STATES = {"0": LegState.DIALING, "3": LegState.DIALING, "4": LegState.RINGING, "5": LegState.RINGING}
"""Of a channel that is not up (AST_STATE_*)."""


class ConfBridge(AsteriskBridge):
    capabilities = Capabilities(deafen=False, lock=True, records=True, quality=True, volume=True)

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self._ami: AmiClient | None = None
        self._lines: dict[str, Line] = {}
        self._lines_changed = asyncio.Condition()
        self._own = OwnChannels(key, config.context, self._ask)
        self._translate = AmiEvents(key, config.context, self._calls, self._media, self._lines.__contains__)
        self._whispers: dict[str, asyncio.Task[None]] = {}
        """What is said to legs that are in a room."""
        self._held: list[Block] = []
        """Told while a snapshot was made."""
        self._asterisk: frozenset[str] = frozenset()
        self._agi = AgiServer(self._listen_address, config.agi_port, self._called, accepts=self._is_asterisk)

    # Calls

    async def _originate(self, call: Call, endpoint: str, caller_id: str) -> None:
        await self._own.originate(
            endpoint,
            action_id=call.leg,
            ChannelId=call.leg,
            CallerID=f"<{caller_id}>",
            Timeout=str(call.timeout_s * 1000),
        )

    async def _hang_up_channel(self, channel: str) -> None:
        with contextlib.suppress(Refused):
            await self._ask("Hangup", Channel=channel, Cause="16")

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        self._must_be_up()
        info = self._calls[leg]
        addresses = await self._shelf.addresses(sounds)
        play = uuid4().hex

        def ended() -> None:
            self._tell([LegPlayed(leg=leg, play=play)])

        if info.room:
            self._silence(leg)
            whisper = self._own.whisper(info.vendor, addresses, loop=loop, ended=ended)
            self._whispers[leg] = self._chores.begin(whisper)
        else:
            await (await self._line(leg)).play(addresses, loop=loop, ended=ended)
        return play

    async def stop_playing(self, leg: str) -> None:
        self._must_be_up()
        self._silence(leg)
        if line := self._lines.get(leg):
            await line.hush()

    def _silence(self, leg: str) -> None:
        if whisper := self._whispers.pop(leg, None):
            whisper.cancel()

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        checked_room(room)
        self._must_be_up()
        self._silence(leg)
        line = await self._line(leg)
        await line.enter(
            room,
            muted=muted,
            leave_room=kick(self._ask, room, line.call.channel),
            left=lambda: self._tell(self._calls.leaves(leg)),
        )

    async def leave(self, leg: str) -> None:
        self._must_be_up()
        info = self._calls[leg]
        self._silence(leg)
        if line := self._lines.get(leg):
            await line.leave()
        elif info.room:
            await kick(self._ask, info.room, info.vendor)()

    async def set_muted(self, leg: str, muted: bool) -> None:
        self._must_be_up()
        info = self._calls[leg]
        if not info.room:
            self._tell(self._calls.mutes(leg, muted=muted))
            return
        action = "ConfbridgeMute" if muted else "ConfbridgeUnmute"
        try:
            await self._ask(action, Conference=info.room, Channel=info.vendor)
        except Refused as error:
            raise LegGone(str(error)) from error

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        raise NotSupported("deafen")

    async def _set_variable(self, leg: str, name: str, value: str) -> None:
        try:
            await self._ask("Setvar", Channel=self._calls[leg].vendor, Variable=name, Value=value)
        except Refused as error:
            raise LegGone(str(error)) from error

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        checked_room(room)
        self._must_be_up()
        if not self._calls.inside(room):
            raise RoomNotFound(f"There is nobody in room {room}")
        self._chores.begin(self._own.announce(room, await self._shelf.addresses(sounds)))

    async def set_locked(self, room: str, locked: bool) -> None:
        checked_room(room)
        self._must_be_up()
        try:
            await self._ask("ConfbridgeLock" if locked else "ConfbridgeUnlock", Conference=room)
        except Refused as error:
            raise RoomNotFound(str(error)) from error

    async def _attach(self, room: str, our_address: str) -> tuple[str, int]:
        name = self._own.name("media")
        self._media[name] = room
        try:
            async with self._own.starting(name) as started, asyncio.timeout(PATIENCE_S):
                call = await self._own.call(name, f"UnicastRTP/{our_address}/c({self.config.codec})")
                _, address = await call.say("GET VARIABLE", "UNICASTRTP_LOCAL_ADDRESS")
                _, port = await call.say("GET VARIABLE", "UNICASTRTP_LOCAL_PORT")
                await Line(call, stop_sound=nothing).enter(
                    room, muted=False, leave_room=nothing, left=lambda: self._end_media(name)
                )
                await started.wait()
            return address, int(port)
        except (TimeoutError, ValueError, Refused, LegGone) as error:
            raise MediaFailed(f"Asterisk does not bring our sound into room {room}") from error

    def _end_media(self, name: str) -> None:
        """It was thrown out of its room, and has nothing else to do."""
        self._chores.begin(self._hang_up_channel(name))

    # Calls that FastAGI brings

    async def _called(self, call: AgiCall) -> None:
        if is_own_channel(call.unique_id) and not self._own.takes(call):
            await call.hang_up()
            return
        await call.say("ANSWER")
        if not is_own_channel(call.unique_id):
            await self._lead(call)

    async def _lead(self, call: AgiCall) -> None:
        leg = leg_of(self.key, call.unique_id)
        self._lines[leg] = Line(call, stop_sound=silencer(self._ask, call.channel))
        self._chores.begin(self._forget_after(call, leg))
        if leg not in self._calls:
            self._tell(self._calls.arrives(_described(call, leg)))
        elif self._calls[leg].state in PLACED:
            self._calls.put(structs.replace(self._calls[leg], vendor=call.channel))
            self._tell(self._calls.answers(leg))
        else:
            self._tell(self._calls.leaves(leg))
        async with self._lines_changed:
            self._lines_changed.notify_all()

    async def _forget_after(self, call: AgiCall, leg: str) -> None:
        await call.over.wait()
        if leg in self._lines and self._lines[leg].call is call:
            del self._lines[leg]

    async def _line(self, leg: str) -> Line:
        """FastAGI's end of a call, which may be a moment late."""
        async with self._lines_changed:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._lines_changed.wait_for(lambda: leg in self._lines or leg not in self._calls)
            except TimeoutError:
                raise BridgeTimeout("The dialplan does not give us this call") from None
        if leg not in self._lines:
            raise LegGone(f"There is no call {leg}")
        return self._lines[leg]

    # The connection

    async def _look_around(self) -> str:
        ami = await self._open(_ignored)
        try:
            await ami.log_in(self.config.username, self.config.password, events=False)
            allowed = await ami.ask("ListCommands")
            if denied := [action for action in ACTIONS if not allowed[action]]:
                raise BridgeAuthFailed(f"The manager user may not: {', '.join(denied)}")
            version = (await ami.ask("CoreSettings"))["AsteriskVersion"]
            rooms = await _listed(ami, "ConfbridgeListRooms")
        finally:
            await ami.close()
        return f"Asterisk {version}, open rooms: {len(rooms)}"

    async def _ask(self, action: str, *, action_id: str = "", **fields: str) -> Block:
        if self._ami is None:
            raise BridgeUnavailable("There is no connection to Asterisk now")
        return await self._ami.ask(action, action_id=action_id, **fields)

    async def _variable(self, channel: str, name: str) -> str:
        try:
            return (await self._ask("Getvar", Channel=channel, Variable=name))["Value"]
        except Refused:
            return ""

    async def _open(self, on_event: Callable[[Block], Awaitable[None]]) -> AmiClient:
        config = self.config
        return await AmiClient.connect(
            config.host, config.port or USUAL_PORT, tls=encryption(config), on_event=on_event
        )

    async def _listen(self) -> None:
        await super()._listen()
        self._asterisk = await asyncio.to_thread(addresses_of, self.config.host)
        await self._agi.open()

    async def _stop_listening(self) -> None:
        await self._agi.close()
        await super()._stop_listening()

    def _is_asterisk(self, address: str) -> bool:
        return address in self._asterisk

    async def _connect(self) -> BridgeUp:
        self._held.clear()
        self._ami = await self._open(self._heard)
        await self._ami.log_in(self.config.username, self.config.password)
        return await self._snapshot(self._ami)

    async def _connection_ends(self) -> None:
        held, self._held = self._held, []
        for block in held:
            self._observe(block)
        if self._ami:
            await self._ami.closed()

    async def _disconnect(self) -> None:
        if self._ami:
            await self._ami.close()
            self._ami = None

    async def _heard(self, block: Block) -> None:
        if self._up:
            await self._stream.space()
            self._observe(block)
        else:
            self._held.append(block)

    def _observe(self, block: Block) -> None:
        try:
            self._tell(self._translate.observe(block))
        except ODD as error:
            log.warning("Asterisk said something odd (%s): %s", block["Event"], error)
        match block["Event"]:
            case "ConfbridgeJoin":
                self._own.is_there(block["Uniqueid"])
            case "ChanSpyStart":
                self._own.is_there(block["SpyerUniqueid"])
            case "Newchannel" if self._calls.is_ending(block["Uniqueid"]):
                self._chores.begin(self._hang_up_channel(block["Uniqueid"]))
            case _:
                pass

    # What there is

    async def _snapshot(self, ami: AmiClient) -> BridgeUp:
        rooms = [
            await self._room(ami, block)
            for block in await _listed(ami, "ConfbridgeListRooms")
            if is_ours(block["Conference"])
        ]
        found = {leg.leg for room in rooms for leg in room.legs}
        waiting = await self._outside(ami, found)
        self._calls.keep_only(found | {leg.leg for leg in waiting})
        return BridgeUp(rooms=tuple(rooms), waiting=tuple(waiting))

    async def _room(self, ami: AmiClient, about: Block) -> Room:
        name = about["Conference"]
        blocks = await _listed(ami, "ConfbridgeList", Conference=name)
        legs = tuple(self._translate.inside(block, name) for block in blocks if is_caller(block))
        for leg in legs:
            self._calls.put(leg)
        return Room(room=name, locked=about["Locked"] == "Yes", legs=legs)

    async def _outside(self, ami: AmiClient, inside: set[str]) -> list[Leg]:
        """Calls that we lead, and those that still ring. Tidies up after media legs, theirs and ours."""
        channels = {block["Uniqueid"]: block for block in await ami.ask_for_list("CoreShowChannels")}
        for name in channels:
            if self._own.is_stale_media(name) and name not in self._media:
                await self._hang_up_channel(name)
        self._lose_media(name for name in self._media if name not in channels)
        legs = [self._calls[leg] for leg in self._lines if leg not in inside and leg in self._calls]
        legs = [structs.replace(leg, state=LegState.ARRIVED, room="", talking=False) for leg in legs]
        for name, block in channels.items():
            if is_placed(name) and name not in inside and (state := STATES.get(block["ChannelState"])):
                legs.append(structs.replace(self._translate.caller(block), state=state))
        for leg in legs:
            self._calls.put(leg)
        return legs


async def _ignored(_: Block) -> None:
    """While one looks around, what happens does not matter."""


async def _listed(ami: AmiClient, action: str, **fields: str) -> list[Block]:
    """An empty list is an error to ConfBridge."""
    try:
        return await ami.ask_for_list(action, **fields)
    except Refused as error:
        if str(error).startswith("No "):
            return []
        raise


def _described(call: AgiCall, leg: str) -> Leg:
    placed = is_placed(call.unique_id)
    extension = call.about.get("agi_extension", "")
    return Leg(
        leg=leg,
        vendor=call.channel,
        state=LegState.ARRIVED,
        direction=Direction.OUT if placed else Direction.IN,
        caller=known(call.about.get("agi_callerid", "")),
        caller_name=known(call.about.get("agi_calleridname", "")),
        dialled=known(call.about.get("agi_dnid", "")) or ("" if extension == EXTENSION else extension),
    )
