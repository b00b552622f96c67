"""`Adapter`: the bridge. Its phones are handled by `phones.Phones`: from the simulated phone's page, from
tests."""

import asyncio
import itertools
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import structs

from bridges import events as e
from bridges.base import LONGEST_RECORDED_S, AudioBridge, Call, MediaLeg
from bridges.errors import AlreadyAttached, BridgeUnavailable, LegGone, NotSupported
from bridges.events import AnyBridgeEvent
from bridges.simulator.config import Config
from bridges.simulator.phones import Phone, Phones
from bridges.simulator.sound import SimulatedMedia, Tones
from bridges.types import Capabilities, Direction, EndCause, Health, Leg, LegState, Room

TIMERS = 1000


class Adapter(AudioBridge):
    """Dials: `phones` (what people do with them), `goes_down`, `comes_back`, `loses_media`, and
    `stutters`: every event comes twice."""

    type: ClassVar[str] = "simulator"
    capabilities: Capabilities = Capabilities(
        lock=True, quality=True, listens=True, volume=True, codecs=("L16",)
    )

    def __init__(self, key: str, config: Config) -> None:
        super().__init__(key, config)
        self.phones = Phones(self._tell, self._sounds)
        self.media: dict[str, SimulatedMedia] = {}
        self.locked: set[str] = set()
        self.announced: list[tuple[str, tuple[str, ...]]] = []
        self.stutters = False
        self._up = True
        self._tones: dict[str, Tones] = {}
        self._plays = itertools.count(1)
        self._told: asyncio.Queue[AnyBridgeEvent] = asyncio.Queue()
        self._timers: deque[asyncio.TimerHandle] = deque(maxlen=TIMERS)

    async def start(self) -> None:
        self._tell_all_there_is()

    async def stop(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    async def check(self) -> Health:
        if not self._up:
            return Health(works=False, answer="The simulated bridge was switched off.")
        return Health(works=True, answer=f"A simulated bridge with {len(self.phones.calls)} calls.")

    async def events(self) -> AsyncIterator[AnyBridgeEvent]:
        while True:
            yield await self._told.get()

    def _tell(self, event: AnyBridgeEvent) -> None:
        """While it is down nobody hears what happens there."""
        if self._up or isinstance(event, e.BridgeDown):
            self._told.put_nowait(event)
            if self.stutters:
                self._told.put_nowait(event)

    # What a bridge may suffer

    def goes_down(self, reason: str = "switched off") -> None:
        if self._up:
            self._up = False
            self._tell(e.BridgeDown(reason=reason))

    def comes_back(self) -> None:
        if not self._up:
            self._up = True
            self._tell_all_there_is()

    def loses_media(self, room: str) -> None:
        if media := self.media.pop(room, None):
            media.close()
            self._tell(e.MediaLost(room=room, reason="simulated"))

    def _tell_all_there_is(self) -> None:
        if not self._up:
            self._tell(e.BridgeDown(reason="switched off"))
            return
        rooms: dict[str, list[Leg]] = {room: [] for room in self.media}
        for phone in self.phones.calls.values():
            rooms.setdefault(phone.info.room, []).append(phone.info)
        waiting = tuple(rooms.pop("", ()))
        found = [
            Room(room=room, locked=room in self.locked, legs=tuple(legs)) for room, legs in rooms.items()
        ]
        self._tell(e.BridgeUp(rooms=tuple(found), waiting=waiting))

    # Calls

    async def dial(self, call: Call) -> None:
        self._must_be_up()
        info = Leg(
            leg=call.leg,
            vendor=f"sim-{call.leg}",
            state=LegState.DIALING,
            direction=Direction.OUT,
            caller=call.caller_id,
            dialled=call.number,
        )
        phone = self.phones.add(info)
        self._later(0, lambda: self.phones.rings(phone.leg))
        self._later(call.timeout_s, lambda: self.phones.gives_up(phone.leg))
        if self.config.answers_after_s is not None:
            self._later(self.config.answers_after_s, lambda: self.phones.decides(phone.leg))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, act))

    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        self._must_be_up()
        self.phones.ends(leg, cause)

    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        phone = self._phone(leg)
        play = f"play-{next(self._plays)}"
        if phone.playing:
            self._tell(e.LegPlayed(leg=leg, play=phone.playing))
        phone.playing = play if loop else ""
        phone.sounds += sounds
        if not loop:
            self._tell(e.LegPlayed(leg=leg, play=play))
        return play

    async def stop_playing(self, leg: str) -> None:
        phone = self._phone(leg)
        if phone.playing:
            self._tell(e.LegPlayed(leg=leg, play=phone.playing))
            phone.playing = ""

    async def record(self, leg: str) -> None:
        phone = self._phone(leg)
        await self.stop_playing(leg)
        phone.recording = phone.pitch
        self._later(LONGEST_RECORDED_S, lambda: self.phones.stops_recording(leg))

    async def stop_recording(self, leg: str) -> None:
        self._must_be_up()
        self.phones.stops_recording(leg)

    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        phone = self._phone(leg)
        self._falls_silent(phone)
        phone.playing, phone.recording = "", None
        phone.info = structs.replace(phone.info, state=LegState.JOINED, room=room, muted=muted)
        self._tones.setdefault(room, Tones())
        self._sounds(phone)
        self._tell(e.LegJoined(leg=leg, info=phone.info))

    async def leave(self, leg: str) -> None:
        phone = self._phone(leg)
        if phone.info.room:
            self._falls_silent(phone)
            phone.info = structs.replace(phone.info, state=LegState.ARRIVED, room="", muted=False)
            self._tell(e.LegLeft(leg=leg))

    async def set_muted(self, leg: str, muted: bool) -> None:
        phone = self._phone(leg)
        phone.info = structs.replace(phone.info, muted=muted)
        self._sounds(phone)
        self._tell(e.LegMuted(leg=leg, muted=muted))

    async def set_deaf(self, leg: str, deaf: bool) -> None:
        self._phone(leg).deaf = deaf

    async def set_volume(self, leg: str, db: int) -> None:
        self._phone(leg).volume = db

    # Rooms

    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        self._must_be_up()
        self.announced.append((room, tuple(sound.stem for sound in sounds)))
        for phone in self.phones.calls.values():
            if phone.info.room == room:
                phone.sounds += sounds

    async def set_locked(self, room: str, locked: bool) -> None:
        if not self.capabilities.lock:
            raise NotSupported("lock")
        (self.locked.add if locked else self.locked.discard)(room)

    async def close_room(self, room: str) -> None:
        self._must_be_up()
        for phone in [phone for phone in self.phones.calls.values() if phone.info.room == room]:
            await self.hang_up(phone.leg)
        await self.detach_media(room)
        self._tell(e.RoomClosed(room=room))

    async def attach_media(self, room: str) -> MediaLeg:
        self._must_be_up()
        if room in self.media:
            raise AlreadyAttached(room)
        self.media[room] = SimulatedMedia(self._tones.setdefault(room, Tones()))
        return self.media[room]

    async def detach_media(self, room: str) -> None:
        if media := self.media.pop(room, None):
            media.close()

    # Inside

    def _phone(self, leg: str) -> Phone:
        self._must_be_up()
        if leg not in self.phones.calls:
            raise LegGone(leg)
        return self.phones.calls[leg]

    def _must_be_up(self) -> None:
        if not self._up:
            raise BridgeUnavailable(self.key)

    def _falls_silent(self, phone: Phone) -> None:
        if phone.info.room in self._tones:
            self._tones[phone.info.room].set(phone.leg, 0)

    def _sounds(self, phone: Phone) -> None:
        heard = 0 if phone.info.muted or phone.info.held else phone.pitch
        if phone.info.room in self._tones:
            self._tones[phone.info.room].set(phone.leg, heard)
