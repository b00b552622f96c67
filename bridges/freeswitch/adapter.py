"""`Adapter`: a FreeSWITCH, by its event socket alone.

Its dialplan parks the calls that we are to lead, marked by the variable `meetingserver`. There they hear
prompts (`playback`); `uuid_transfer` takes them into rooms of mod_conference, and back when they leave.
"""

import asyncio
import logging
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from bridges.base import AudioBridge, Call, MediaLeg, health_of
from bridges.chores import Chores
from bridges.errors import BridgeError, BridgeTimeout, DialFailed, InvalidValue, LegGone, RoomNotFound
from bridges.events import AnyBridgeEvent, MediaLost
from bridges.freeswitch.calls import Calls
from bridges.freeswitch.config import Codec, Config
from bridges.freeswitch.esl import EventSocket, Fields, Timing
from bridges.freeswitch.link import Link, ignored
from bridges.freeswitch.media import Media
from bridges.freeswitch.standing import look, rooms
from bridges.freeswitch.translation import Translation
from bridges.freeswitch.values import VOLUMES, Refused, file_string, mark
from bridges.sound_shelf import SoundShelf
from bridges.types import Capabilities, Direction, EndCause, Health, Leg, LegState
from bridges.values import checked_leg, checked_number, checked_room

log = logging.getLogger(__name__)

MODULES = ("mod_conference", "mod_sofia", "mod_httapi", "mod_dptools", "mod_sndfile")
"""Without these we can do nothing."""
WIDE_MODULE = "mod_spandsp"
"""It has G.722."""
STOPS_WITHIN_S = 0.4
PLAYED = "FILE PLAYED"
ENDINGS = {8000: "wav", 16_000: "wav"}
AS_OURS = "set:conference_enforce_security=false,set:conference_controls=none"
"""Into rooms: no lock, no PIN, no keys of FreeSWITCH's own."""
QUIET = "set:playback_terminators=none"
"""Digits do not stop what is played."""


class Adapter(AudioBridge):
    type: ClassVar[str] = "freeswitch"
    capabilities: Capabilities = Capabilities(
        lock=True, records=True, quality=True, volume=True, codecs=("G722", "L16", "PCMU")
    )
    config: Config

    def __init__(self, key: str, config: Config, timing: Timing = Timing()) -> None:  # noqa: B008 - immutable
        super().__init__(key, config)
        address = config.listen_address or config.our_host
        self._calls = Calls()
        self._media = Media(key, config, self._is_freeswitch)
        self._translation = Translation(self._calls, self._media.rooms)
        self._link = Link(key, config, timing, look=self._look, observe=self._observe)
        self._shelf = SoundShelf(address, config.our_host, config.sounds_port, endings=ENDINGS)
        self._loops: dict[str, str] = {}
        """What is said again when it has ended: by its play."""
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._freeswitch: frozenset[str] = frozenset()
        self._chores = Chores(f"FreeSWITCH {key}")

    async def start(self) -> None:
        self._chores.begin(self._link.stay())

    async def stop(self) -> None:
        await self._chores.end()
        self._media.close()
        await self._shelf.close()

    async def check(self) -> Health:
        return await health_of(self._look_around())

    async def _look_around(self) -> str:
        """By an own connection: what was found. Raises BridgeError."""
        found = await self._link.open(ignored)
        try:
            for module in (*MODULES, *self._codec_modules()):
                if await found.api(f"module_exists {module}") != "true":
                    raise BridgeError(f"This FreeSWITCH has not loaded {module}")
            version = (await found.api("version")).partition("~")[0]
            return f"{version.strip()}, open rooms: {await rooms(found)}"
        finally:
            await found.close()

    def _codec_modules(self) -> list[str]:
        return [WIDE_MODULE] if self.config.codec is Codec.WIDE else []

    def events(self) -> AsyncIterator[AnyBridgeEvent]:
        return self._link.events()

    # Calls

    async def dial(self, call: Call) -> None:
        number = checked_number(call.number)
        caller_id = checked_number(call.caller_id or self.config.caller_id, may_be_empty=True)
        variables = {
            "origination_uuid": checked_leg(call.leg),
            "origination_caller_id_number": caller_id,
            "originate_timeout": str(call.timeout_s),
            "ignore_early_media": "true",
            "playback_terminators": "none",
            "meetingserver": mark(number),
        }
        event_socket = self._link.socket
        self._calls.put(
            Leg(
                leg=call.leg,
                vendor="",
                state=LegState.DIALING,
                direction=Direction.OUT,
                caller=caller_id,
                dialled=number,
            )
        )
        endpoint = self.config.trunk.replace("{number}", number)
        try:
            await event_socket.begin(f"originate {_braced(variables)}{endpoint} &park()", call.leg)
        except Refused as error:
            self._calls.forget(call.leg)
            raise DialFailed(EndCause.ERROR, str(error)) from error

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        event_socket = self._link.socket
        if leg in self._calls:
            self._calls.will_end(leg, cause)
            await _kill(event_socket, leg)

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        _ = self._link.socket, self._calls[leg]
        sound = file_string(await self._shelf.addresses(sounds))
        async with self._turns[leg]:
            await self._fall_silent(leg)
            play = uuid4().hex
            if loop:
                self._loops[play] = sound
            await self._say(leg, play, sound)
        return play

    async def _say(self, leg: str, play: str, sound: str) -> None:
        info = self._calls[leg]
        self._calls.playing[leg] = play
        try:
            if info.room:
                await self._ask_room(info, f"play {sound}")
            else:
                await self._link.socket.execute(leg, "playback", sound, play)
        except BridgeError as error:
            self._calls.playing.pop(leg, None)
            self._loops.pop(play, None)
            raise LegGone(str(error)) if isinstance(error, Refused) else error from error

    async def stop_playing(self, leg: str) -> None:
        _ = self._link.socket, self._calls[leg]
        async with self._turns[leg]:
            await self._fall_silent(leg)

    async def _fall_silent(self, leg: str) -> None:
        """What had not begun when it was stopped has no end that FreeSWITCH tells: it is over all the same.
        What begins in that moment takes no notice, so it is stopped twice."""
        play = self._calls.playing.get(leg, "")
        self._loops.pop(play, None)
        for _ in range(2):
            if not play or self._calls.playing.get(leg) != play:
                return
            await self._stop_sound(self._calls[leg])
            with suppress(BridgeTimeout):
                await self._link.until(
                    lambda: self._calls.playing.get(leg) != play, "a sound has stopped", within=STOPS_WITHIN_S
                )
        self._link.tell(self._calls.has_played(leg, play))

    async def _stop_sound(self, info: Leg) -> None:
        with suppress(Refused, LegGone):
            if info.room:
                await self._ask_room(info, "stop all")
            else:
                await self._link.socket.api(f"uuid_break {info.leg} all")

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        checked_room(room)
        flags = "+flags{mute}" if muted else ""
        enter = f"conference:{room}@{self.config.conference_profile}{flags}"
        await self._transfer(leg, f"{AS_OURS},{enter},park:", room)

    async def leave(self, leg: str) -> None:
        _ = self._link.socket
        if self._calls[leg].room:
            await self._transfer(leg, "park:", "")

    async def _transfer(self, leg: str, applications: str, room: str) -> None:
        """Ends whatever a call does, and has it do these; returns when it is in that room."""
        event_socket, info = self._link.socket, self._calls[leg]
        if leg not in self._calls.led:
            self._calls.led.add(leg)
            applications = f"set:meetingserver={mark(info.dialled)},{QUIET},{applications}"
        async with self._turns[leg]:
            self._loops.pop(self._calls.playing.get(leg, ""), None)
            try:
                await event_socket.api(f"uuid_transfer {leg} {applications} inline")
            except Refused as error:
                raise LegGone(str(error)) from error
            await self._link.until(
                lambda: leg not in self._calls or self._calls[leg].room == room, "a call has moved"
            )
        _ = self._calls[leg]
        if volume := self._calls.volumes.get(leg):
            await self._switch(leg, "volume_out", str(volume))

    async def set_muted(self, leg: str, muted: bool) -> None:
        await self._switch(leg, "mute" if muted else "unmute")
        self._link.tell(self._calls.mutes(leg, muted=muted))

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        await self._switch(leg, "deaf" if deaf else "undeaf")

    async def set_volume(self, leg: str, db: int) -> None:
        """Outside of rooms FreeSWITCH changes nothing: from the next room on."""
        _ = self._link.socket, self._calls[leg]
        self._calls.volumes[leg] = VOLUMES[db]
        await self._switch(leg, "volume_out", str(VOLUMES[db]))

    async def _switch(self, leg: str, command: str, value: str = "") -> None:
        _, info = self._link.socket, self._calls[leg]
        if info.room:
            try:
                await self._ask_room(info, command, value)
            except Refused as error:
                raise LegGone(str(error)) from error

    async def _ask_room(self, info: Leg, command: str, value: str = "") -> None:
        """About one who is in it. Raises Refused, LegGone."""
        member = self._calls.members.get(info.leg)
        if member is None:
            raise LegGone(f"{info.leg} is in no room")
        await self._link.socket.api(f"conference {info.room} {command} {member} {value}".rstrip())

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        await self._about(room, f"play {file_string(await self._shelf.addresses(sounds))}")

    async def set_locked(self, room: str, locked: bool) -> None:
        await self._about(room, "lock" if locked else "unlock")

    async def close_room(self, room: str) -> None:
        await self.detach_media(checked_room(room))
        with suppress(RoomNotFound):
            await self._about(room, "hup all")

    async def _about(self, room: str, command: str) -> None:
        try:
            await self._link.socket.api(f"conference {checked_room(room)} {command}")
        except Refused as error:
            raise RoomNotFound(str(error)) from error

    async def attach_media(self, room: str) -> MediaLeg:
        return await self._media.attach(self._link.socket, checked_room(room))

    async def detach_media(self, room: str) -> None:
        await self._media.detach(self._link.socket, room)

    # What FreeSWITCH tells

    async def _look(self, event_socket: EventSocket) -> list[AnyBridgeEvent]:
        """Raises BridgeError, OSError."""
        hosts = {self.config.host, self.config.sip_host} - {""}
        self._freeswitch = await asyncio.to_thread(_addresses_of, hosts)
        await self._shelf.open()
        await self._media.open()
        standing = await look(event_socket, self._calls, self._translation)
        played = await self._all_silent(event_socket, standing.up.waiting)
        for stale in self._media.stale(standing.channels):
            await _kill(event_socket, stale)
        lost = self._media.lost(standing.channels)
        return [standing.up, *played, *(MediaLost(room=room, reason="It is gone") for room in lost)]

    async def _all_silent(self, event_socket: EventSocket, waiting: Iterable[Leg]) -> list[AnyBridgeEvent]:
        """Nobody told us what ended meanwhile: so all has, and what is said next stands alone."""
        for leg in waiting:
            with suppress(Refused):
                await event_socket.api(f"uuid_break {leg.leg} all")
        self._loops.clear()
        return [event for leg in list(self._calls.playing) for event in self._calls.has_played(leg)]

    def _observe(self, fields: Fields) -> Iterable[AnyBridgeEvent]:
        leg, play = fields.get("Unique-ID", ""), self._calls.playing.get(fields.get("Unique-ID", ""), "")
        if sound := self._again(fields, play):
            self._chores.begin(self._say_again(leg, play, sound))
            return []
        told = self._translation.observe(fields)
        if fields.get("Event-Name") == "CHANNEL_CREATE" and self._calls.is_ending(leg):
            self._chores.begin(_kill(self._link.socket, leg))
        for event in told:
            if isinstance(event, MediaLost):
                self._media.forget(event.room)
        if leg not in self._calls:
            self._turns.pop(leg, None)
            self._loops.pop(play, None)
        return told

    def _again(self, fields: Fields, play: str) -> str:
        """What is to be said once more; empty: nothing. What cannot be played is not tried for ever."""
        if play not in self._loops:
            return ""
        if fields.get("Action") != "play-file-member-done":
            if fields.get("Application-UUID") != play:
                return ""
            if fields.get("Application-Response", PLAYED) != PLAYED:
                log.warning("FreeSWITCH could not play a sound: %s", fields["Application-Response"])
                del self._loops[play]
                return ""
        return self._loops[play]

    async def _say_again(self, leg: str, play: str, sound: str) -> None:
        if self._calls.playing.get(leg) == play and play in self._loops:
            with suppress(LegGone):
                await self._say(leg, play, sound)

    def _is_freeswitch(self, address: str) -> bool:
        return address in self._freeswitch


def _braced(variables: dict[str, str]) -> str:
    """As `originate` takes them. Raises InvalidValue if one would be two."""
    for value in variables.values():
        if any(character in value for character in "{}[]<>,'\"\\$ \r\n"):
            raise InvalidValue("A value holds what originate would misread")
    return "{" + ",".join(f"{name}={value}" for name, value in variables.items() if value) + "}"


async def _kill(event_socket: EventSocket, channel: str) -> None:
    """Harmless when it is gone."""
    with suppress(Refused):
        await event_socket.api(f"uuid_kill {channel}")


def _addresses_of(hosts: Iterable[str]) -> frozenset[str]:
    """All that names stand for. Waits for the network; raises OSError."""
    return frozenset(str(found[4][0]) for host in hosts for found in socket.getaddrinfo(host, None))
