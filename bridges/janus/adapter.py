"""`Adapter`: the rooms of a Janus. Others bring callers into them: Janus has no telephone numbers.

In each room we have a watcher, who is told what happens there and neither speaks nor hears.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from bridges.absence import Absence
from bridges.base import AudioBridge, Call, MediaLeg, health_of
from bridges.chores import Chores
from bridges.errors import (
    AlreadyAttached,
    BridgeError,
    BridgeUnavailable,
    LegGone,
    MediaFailed,
    NotSupported,
    RoomNotFound,
)
from bridges.events import AnyBridgeEvent, BridgeDown, BridgeUp, MediaLost
from bridges.janus.config import Config
from bridges.janus.presence import Ours, Presence
from bridges.janus.roster import Roster
from bridges.janus.session import Message, Session, Timing
from bridges.janus.sound import frames_of, say
from bridges.types import Capabilities, EndCause, Health
from bridges.values import checked_room

log = logging.getLogger(__name__)

ANY_ROOM = "000000000"
MOST_WAITING = 2000
"""Events that nobody has read yet: then Janus waits."""


class Adapter(AudioBridge):
    """`talkers` is no promise: Janus tells of those who come by WebRTC, and not of those by plain RTP."""

    type: ClassVar[str] = "janus"
    capabilities: Capabilities = Capabilities(
        answer=False,
        dial_out=False,
        deafen=False,
        hold=False,
        lock=True,
        transfer=False,
        talkers=False,
        dtmf=False,
    )
    config: Config

    def __init__(self, key: str, config: Config, timing: Timing = Timing()) -> None:  # noqa: B008 - immutable
        super().__init__(key, config)
        self._timing = timing
        self._told: asyncio.Queue[AnyBridgeEvent] = asyncio.Queue(MOST_WAITING)
        self._roster = Roster(key)
        self._presence: Presence | None = None
        """While there is a connection."""
        self._media: dict[str, Ours | None] = {}
        """By room; None: on the way."""
        self._locked: set[str] = set()
        self._look_now = asyncio.Event()
        self._chores = Chores(f"Janus {key}")

    async def start(self) -> None:
        self._chores.begin(self._stay_connected())

    async def stop(self) -> None:
        await self._chores.end()
        for one in self._media.values():
            if one and one.leg:
                one.leg.close()
        self._media.clear()

    async def check(self) -> Health:
        return await health_of(self._look_around())

    async def _look_around(self) -> str:
        """By an own connection: what was found. Raises BridgeError."""
        async with Session(self.config, self._timing) as session:
            about = await session.about()
            presence = Presence(f"{self.key}.check", self.config, session)
            await presence.begin()
            with suppress(RoomNotFound):
                await presence.ask("listparticipants", ANY_ROOM)
            rooms = await presence.rooms()
            for room in set(rooms) & set(self.config.rooms):
                await presence.watch(room)
        return f"Janus {about.get('version_string', '')}, rooms: {len(rooms)}"

    async def events(self) -> AsyncIterator[AnyBridgeEvent]:
        while True:
            yield await self._told.get()

    # The connection

    async def _stay_connected(self) -> None:
        timing = self._timing
        absence = Absence(
            f"Janus {self.key}", first_pause=timing.first_pause, longest_pause=timing.longest_pause
        )
        while True:
            try:
                async with Session(self.config, self._timing) as session:
                    presence = await self._come_up(session)
                    absence.over()
                    await self._be_up(presence)
                reason = "The connection to Janus broke"
            except BridgeError as error:
                reason = str(error)
            except (KeyError, TypeError, ValueError):
                log.exception("What Janus %s said was not understood.", self.key)
                reason = "Janus said something odd"
            finally:
                self._presence = None
            if absence.is_news(reason):
                await self._tell([BridgeDown(reason=reason)])
            await absence.pause()

    async def _come_up(self, session: Session) -> Presence:
        """What there is now is told. With the session before this one all of ours ended."""
        presence = Presence(self.key, self.config, session)
        await presence.begin()
        rooms = await self._find_rooms(presence)
        self._roster.keep_only(rooms)
        self._locked &= set(rooms)
        for room, muted in rooms.items():
            list(self._roster.mutes_all(room, muted=muted))
        self._presence = presence
        for message in session.waiting():
            list(self._heed(presence, message))
        await self._tell([BridgeUp(rooms=self._roster.rooms(self._locked))])
        for room in list(self._media):
            await self._tell(self._loses_media(room, "The connection broke"))
        return presence

    async def _find_rooms(self, presence: Presence) -> Mapping[str, bool]:
        """Those that are new, and whether all are muted there. What we locked stays locked."""
        rooms = await presence.look()
        for room in self._locked & set(rooms):
            await presence.ask("allowed", room, action="enable")
        return rooms

    async def _be_up(self, presence: Presence) -> None:
        """Until the connection ends."""
        looking = self._chores.begin(self._look(presence))
        try:
            async for message in presence.session.messages():
                await self._tell(self._heed(presence, message))
        finally:
            looking.cancel()

    async def _look(self, presence: Presence) -> None:
        """Nobody tells us of rooms that others make: we ask. A Janus that does not answer is left."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._timing.look_every):
                    await self._look_now.wait()
            self._look_now.clear()
            try:
                for room, muted in (await self._find_rooms(presence)).items():
                    await self._tell(self._roster.mutes_all(room, muted=muted))
            except BridgeError as error:
                log.warning("Janus %s is left: %s", self.key, error)
                await presence.session.close()
                return

    def _heed(self, presence: Presence, message: Message) -> Iterable[AnyBridgeEvent]:
        if presence.is_told_to_watcher(message):
            yield from self._roster.observe(message.data)
        for stranger in presence.strangers(message.data):
            self._chores.begin(presence.throw_out(str(message.data.get("room")), stranger))
        for one in presence.loses(message):
            self._chores.begin(presence.session.detach(one.handle))
            if one.leg is None:
                self._look_now.set()
            elif one is self._media.get(one.room):
                yield from self._loses_media(one.room, "Janus threw our sound out")

    def _loses_media(self, room: str, reason: str) -> Iterable[AnyBridgeEvent]:
        one = self._media.pop(room, None)
        if one and one.leg:
            one.leg.close()
            yield MediaLost(room=room, reason=reason)

    # Calls

    async def dial(self, call: Call) -> None:
        raise NotSupported("dial_out")

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        presence = self._up()
        with suppress(LegGone):
            caller = self._roster[leg]
            caller.cause = caller.cause or cause
            try:
                await presence.ask("kick", caller.room, id=caller.participant)
            except (LegGone, RoomNotFound):
                await self._tell(self._roster.leaves(caller.room, caller.participant))
            else:
                await self._tell(self._roster.throws_out(caller))

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        raise NotSupported("answer")

    async def stop_playing(self, leg: str) -> None:
        raise NotSupported("answer")

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        raise NotSupported("transfer")

    async def leave(self, leg: str) -> None:
        raise NotSupported("transfer")

    async def set_muted(self, leg: str, muted: bool) -> None:
        presence, caller = self._up(), self._roster[leg]
        await presence.ask("mute" if muted else "unmute", caller.room, id=caller.participant)
        await self._tell(self._roster.mutes(self._roster[leg], muted=muted))

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        raise NotSupported("deafen")

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        checked_room(room)
        presence = self._up()
        frames = await asyncio.to_thread(frames_of, sounds)
        one = await presence.speak(room, "announce")
        self._chores.begin(self._say(presence, one, frames))

    async def _say(self, presence: Presence, one: Ours, frames: Iterable[bytes]) -> None:
        try:
            if one.leg:
                await say(one.leg, frames)
        finally:
            await presence.leave(one)

    async def set_locked(self, room: str, locked: bool) -> None:
        checked_room(room)
        presence = self._up()
        await presence.ask("allowed", room, action="enable" if locked else "disable")
        (self._locked.add if locked else self._locked.discard)(room)

    async def close_room(self, room: str) -> None:
        """Rooms that are always to be there are only emptied."""
        checked_room(room)
        presence = self._up()
        await self.detach_media(room)
        for caller in self._roster.inside(room):
            await self.hang_up(caller.leg)
        await self._tell(self._roster.closes(room))
        if room in self.config.rooms:
            if room in self._locked:
                await self.set_locked(room, False)
            return
        self._locked.discard(room)
        with suppress(RoomNotFound):
            await presence.ask("destroy", room)

    async def attach_media(self, room: str) -> MediaLeg:
        checked_room(room)
        presence = self._up()
        if room in self._media:
            raise AlreadyAttached(f"Our sound is in room {room} already")
        self._media[room] = None
        try:
            one = await self._speak(presence, room)
        except BaseException:
            self._media.pop(room, None)
            raise
        if room not in self._media or one.leg is None or not presence.has(one):
            self._media.pop(room, None)
            await presence.leave(one)
            raise MediaFailed(f"Our sound in room {room} was not wanted any more")
        self._media[room] = one
        return one.leg

    async def _speak(self, presence: Presence, room: str) -> Ours:
        if room not in presence.watched:
            await presence.make(room)
            await presence.watch(room)
        return await presence.speak(room, "media")

    async def detach_media(self, room: str) -> None:
        one = self._media.pop(room, None)
        if one and one.leg:
            one.leg.close()
        if one and self._presence:
            await self._presence.leave(one)

    # Inside

    def _up(self) -> Presence:
        if self._presence is None:
            raise BridgeUnavailable("There is no connection to Janus now")
        return self._presence

    async def _tell(self, events: Iterable[AnyBridgeEvent]) -> None:
        for event in events:
            await self._told.put(event)
