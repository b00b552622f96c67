"""The bridge itself, in its own process: calls, rooms, and what becomes of them. On the event loop; the
sound is the mixer's. Knows the stack by its port only, and the server by events and commands.
"""

import asyncio
import itertools
import logging
import re
import time
import uuid
from collections.abc import Callable, Coroutine, Sequence
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

from bridges import events as e
from bridges.base import MediaLeg
from bridges.errors import AlreadyAttached, DialFailed, InvalidValue, LegGone
from bridges.events import AnyBridgeEvent
from bridges.pcm import factor
from bridges.sip.doorman import Doorman
from bridges.sip.legs import PhoneLeg, RoomSound
from bridges.sip.mixer import Mixer
from bridges.sip.recording import Recording
from bridges.sip.sounds import BadSound, Playing, Samples, read_sound
from bridges.sip.stack import (
    Arrived,
    Closed,
    Died,
    Established,
    Held,
    Line,
    Measured,
    Pressed,
    Registered,
    Ringing,
    SipStack,
    StackEvent,
    StackFailed,
)
from bridges.types import Direction, EndCause, LegState, Room

logger = logging.getLogger(__name__)

MEASURED_EVERY_S = 10.0
NUMBER = re.compile(r"\+?[0-9]{1,32}")
ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Switchboard:
    """`is_led` is set by who connects the server: without it nobody would lead a call, so none is taken."""

    def __init__(self, stack: SipStack, tell: Callable[[AnyBridgeEvent], None]) -> None:
        self.is_led = False
        self.trunk = Registered(works=True)
        self.died = asyncio.Event()
        self.idle = asyncio.Event()
        """No call is up."""
        self.mixer = Mixer(self._talked, self._played, self._is_full)
        self._stack = stack
        self._tell = tell
        self._legs: dict[str, PhoneLeg] = {}
        self._of_line: dict[Line, PhoneLeg] = {}
        self._rooms: dict[str, RoomSound] = {}
        self._doorman = Doorman(time.monotonic())
        self._plays = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()

    async def start(self) -> None:
        """Raises StackFailed."""
        await self._stack.start(self.happened)
        self.mixer.start()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self.mixer.end()
        for room in list(self._rooms):
            self.detach(room)
        await self._stack.stop()

    def snapshot(self) -> e.BridgeUp:
        legs = [leg.described() for leg in self._legs.values() if leg.is_answered]
        rooms = [Room(name, legs=tuple(leg for leg in legs if leg.room == name)) for name in self._rooms]
        return e.BridgeUp(rooms=tuple(rooms), waiting=tuple(leg for leg in legs if not leg.room))

    @property
    def calls(self) -> int:
        return len(self._legs)

    # What the stack tells

    @singledispatchmethod
    def happened(self, event: StackEvent) -> None:
        raise TypeError(f"No stack tells {event!r}.")

    @happened.register
    def _(self, event: Registered) -> None:
        if event != self.trunk:
            logger.warning("Registered at the SIP trunk: %s. %s", event.works, event.reason)
        self.trunk = event

    @happened.register
    def _(self, event: Died) -> None:
        self.died.set()

    @happened.register
    def _(self, event: Arrived) -> None:
        if not self.is_led or not self._doorman.admits(event.caller, time.monotonic()):
            self._soon(event.line.refuse())
            return
        leg = PhoneLeg(
            str(uuid.uuid4()), event.line, Direction.IN, caller=event.caller, dialled=event.dialled
        )
        leg.caller_name = event.caller_name
        self._keep(leg)
        self._soon(event.line.answer())

    @happened.register
    def _(self, event: Ringing) -> None:
        leg = self._of_line.get(event.line)
        if leg and leg.direction is Direction.OUT and leg.state is LegState.DIALING:
            leg.state = LegState.RINGING
            self._tell(e.LegRinging(leg=leg.leg))

    @happened.register
    def _(self, event: Established) -> None:
        leg = self._of_line.get(event.line)
        if leg is None or leg.is_answered:
            return
        leg.state = LegState.ARRIVED
        leg.line.formats()
        if leg.direction is Direction.OUT:
            self._tell(e.LegAnswered(leg=leg.leg, codec=leg.line.codec))
        else:
            self._tell(e.LegArrived(leg=leg.leg, info=leg.described()))

    @happened.register
    def _(self, event: Pressed) -> None:
        if leg := self._of_line.get(event.line):
            self._tell(e.LegDigit(leg=leg.leg, digit=event.digit))

    @happened.register
    def _(self, event: Held) -> None:
        leg = self._of_line.get(event.line)
        if leg and leg.held != event.held:
            leg.held = event.held
            self._tell(e.LegHeld(leg=leg.leg, held=event.held))

    @happened.register
    def _(self, event: Measured) -> None:
        leg, now = self._of_line.get(event.line), time.monotonic()
        if leg and leg.is_answered and now - leg.measured_at >= MEASURED_EVERY_S:
            leg.measured_at = now
            self._tell(e.LegMeasured(leg=leg.leg, quality=event.quality))

    @happened.register
    def _(self, event: Closed) -> None:
        leg = self._of_line.pop(event.line, None)
        if leg is None:
            return
        self._legs.pop(leg.leg, None)
        self._changed()
        if leg.is_answered or leg.direction is Direction.OUT:
            self._tell(
                e.LegEnded(
                    leg=leg.leg,
                    cause=leg.cause or event.cause,
                    sip_code=event.sip_code,
                    quality=event.quality,
                )
            )

    # What the mixer tells, on its thread

    def _talked(self, leg: str, level: int) -> None:
        self._loop.call_soon_threadsafe(self._tell, e.LegTalking(leg=leg, level=level))

    def _played(self, leg: str, play: str) -> None:
        self._loop.call_soon_threadsafe(self._tell, e.LegPlayed(leg=leg, play=play))

    def _is_full(self, leg: str, recording: Recording) -> None:
        self._loop.call_soon_threadsafe(self._finish, leg, recording)

    # What the server asks

    async def dial(self, leg: str, number: str, caller_id: str, timeout_s: int) -> None:
        """Raises DialFailed, InvalidValue."""
        if (
            leg in self._legs
            or not NUMBER.fullmatch(number)
            or (caller_id and not NUMBER.fullmatch(caller_id))
        ):
            raise InvalidValue("A call needs a name of its own, and numbers of digits.")
        try:
            line = await self._stack.dial(number, caller_id)
        except StackFailed as error:
            raise DialFailed(EndCause.CONGESTION, str(error)) from error
        placed = PhoneLeg(leg, line, Direction.OUT, caller=caller_id, dialled=number)
        self._keep(placed)
        self._soon(self._give_up_after(placed, timeout_s))

    async def _give_up_after(self, leg: PhoneLeg, timeout_s: float) -> None:
        await asyncio.sleep(timeout_s)
        if not leg.is_answered and leg.leg in self._legs:
            leg.cause = leg.cause or EndCause.NO_ANSWER
            await leg.line.hang_up()

    async def hang_up(self, leg: str, cause: EndCause) -> None:
        found = self._legs.get(leg)
        if found is None:
            return
        if found.cause is None:
            found.cause = cause if found.is_answered or cause is not EndCause.NORMAL else EndCause.CANCELLED
        await found.line.hang_up()

    async def hang_up_all(self, cause: EndCause) -> None:
        for leg in list(self._legs):
            await self.hang_up(leg, cause)

    async def play(self, leg: str, sounds: Sequence[str], *, loop: bool) -> str:
        """Raises LegGone, InvalidValue."""
        samples = await _read(sounds)
        found = self._leg(leg)
        self.stop_playing(leg)
        found.playing = Playing(f"{leg}.{next(self._plays)}", samples, loop=loop)
        return found.playing.play

    def stop_playing(self, leg: str) -> None:
        found = self._leg(leg)
        playing, found.playing = found.playing, None
        if playing is not None:
            self._tell(e.LegPlayed(leg=leg, play=playing.play))

    def record(self, leg: str) -> None:
        """Raises LegGone."""
        self.stop_playing(leg)
        self._leg(leg).recording = Recording()

    def stop_recording(self, leg: str) -> None:
        """Raises LegGone."""
        self._finish(leg, self._leg(leg).recording)

    def _finish(self, leg: str, recording: Recording | None) -> None:
        """Once, unless another took its place."""
        found = self._legs.get(leg)
        if found and recording and found.recording is recording:
            found.recording = None
            self._tell(e.LegRecorded(leg=leg, sound=recording.sound))

    def join(self, leg: str, room: str, *, muted: bool) -> None:
        """Raises LegGone, InvalidValue."""
        _check(room)
        found = self._leg(leg)
        if found.room == room:
            return
        if found.room:
            self.leave(leg)
        self.stop_playing(leg)
        self._rooms.setdefault(room, RoomSound())
        found.muted, found.room, found.state, found.recording = muted, room, LegState.JOINED, None
        self._changed()
        self._tell(e.LegJoined(leg=leg, info=found.described()))

    def leave(self, leg: str) -> None:
        """Raises LegGone."""
        found = self._leg(leg)
        if found.room:
            found.room, found.state = "", LegState.ARRIVED
            self._changed()
            self._tell(e.LegLeft(leg=leg))

    def set_muted(self, leg: str, *, muted: bool) -> None:
        """Raises LegGone."""
        found = self._leg(leg)
        if found.muted != muted:
            found.muted = muted
            self._tell(e.LegMuted(leg=leg, muted=muted))
            if muted:
                self._tell(e.LegTalking(leg=leg, level=0))

    def set_deaf(self, leg: str, *, deaf: bool) -> None:
        self._leg(leg).deaf = deaf

    def set_volume(self, leg: str, db: int) -> None:
        """Raises LegGone."""
        self._leg(leg).factor = factor(db)

    async def announce(self, room: str, sounds: Sequence[str]) -> None:
        """Nobody is there: nothing is announced. Raises InvalidValue."""
        _check(room)
        samples = await _read(sounds)
        if found := self._rooms.get(room):
            found.announcing = Playing("", samples)

    async def close_room(self, room: str) -> None:
        """Raises InvalidValue."""
        _check(room)
        inside = [leg for leg in self._legs.values() if leg.room == room]
        existed = self._rooms.pop(room, None)
        if existed and existed.media:
            existed.media.close()
        for leg in inside:
            await self.hang_up(leg.leg, EndCause.NORMAL)
        self._changed()
        if existed:
            self._tell(e.RoomClosed(room=room))

    def attach(self, room: str, media: MediaLeg) -> None:
        """Raises AlreadyAttached, InvalidValue."""
        _check(room)
        found = self._rooms.setdefault(room, RoomSound())
        if found.media is not None:
            raise AlreadyAttached(room)
        found.media = media
        self._changed()

    def detach(self, room: str) -> None:
        found = self._rooms.get(room)
        if found and found.media:
            media, found.media = found.media, None
            media.close()
            self._changed()

    def detach_all(self) -> None:
        """Another server leads us: it attaches its own."""
        for room in list(self._rooms):
            self.detach(room)

    def _leg(self, leg: str) -> PhoneLeg:
        found = self._legs.get(leg)
        if found is None or not found.is_answered:
            raise LegGone(leg)
        return found

    def _keep(self, leg: PhoneLeg) -> None:
        self._legs[leg.leg] = self._of_line[leg.line] = leg
        self._changed()

    def _changed(self) -> None:
        """The mixer sees what there is now. A room without phones and without us is no room."""
        peopled = {leg.room for leg in self._legs.values()}
        self._rooms = {
            name: room for name, room in self._rooms.items() if name in peopled or room.media is not None
        }
        self.mixer.legs = tuple(self._legs.values())
        if self._legs:
            self.idle.clear()
        else:
            self.idle.set()
        self.mixer.rooms = dict(self._rooms)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _check(room: str) -> None:
    """Raises InvalidValue."""
    if not ROOM.fullmatch(room):
        raise InvalidValue("A room is named by letters and digits.")


async def _read(sounds: Sequence[str]) -> list[Samples]:
    """Raises InvalidValue."""
    try:
        return [await asyncio.to_thread(read_sound, Path(sound)) for sound in sounds]
    except BadSound as error:
        raise InvalidValue(str(error)) from error
