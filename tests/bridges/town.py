"""A town with telephones: a whole process's conferences, and a simulated bridge by which people call them."""

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from msgspec import structs

from bridges.adapters import make_bridge
from bridges.base import AudioBridge
from bridges.events import LegJoined
from bridges.models import Bridge, CallRecord, DialInNumber
from bridges.prompts import Prompts
from bridges.simulator.adapter import Adapter
from bridges.simulator.phones import Phone
from bridges.telephones import Telephones
from bridges.types import Direction, Leg, LegState
from conferences.core.state import Participant, State
from conferences.journal import crossing, read_state
from conferences.live import LiveConference
from conferences.models import Conference, Room
from tests.bridges.patience import until
from tests.conferences.site import Site

NUMBER = "+4930222"
PIN = "246810"


class Hand:
    """Somebody with a telephone. What was heard is heard once."""

    def __init__(self, bridge: Adapter, phone: Phone) -> None:
        self.bridge = bridge
        self.phone = phone
        self._heard = 0

    @property
    def leg(self) -> str:
        return self.phone.leg

    async def hears(self, *sounds: str) -> None:
        """One after the other, whatever comes between."""
        for sound in sounds:
            await until(
                lambda sound=sound: sound in self.phone.hears[self._heard :],  # type: ignore[misc] # bound now
                f"{sound} is heard; so far: {self.phone.hears}",
            )
            self._heard = self.phone.hears.index(sound, self._heard) + 1

    def presses(self, keys: str) -> None:
        self.bridge.phones.presses(self.leg, keys)

    async def is_in(self, room: str) -> None:
        """The room of the bridge; empty: in none."""
        await until(lambda: self.phone.info.room == room, f"is in {room}; heard: {self.phone.hears}")

    async def is_muted(self, muted: bool) -> None:
        await until(lambda: self.phone.info.muted == muted, f"muted: {muted}")

    async def is_over(self) -> None:
        await until(lambda: self.leg not in self.bridge.phones.calls, f"hung up; heard: {self.phone.hears}")

    def hangs_up(self) -> None:
        self.bridge.phones.hangs_up(self.leg)


class Town:
    """`opens` before anything else. `bridges`: the running adapters, by key."""

    def __init__(self, room: Room, folder: Path, *, server: str = "server-1") -> None:
        self.room = room
        self.site = Site(room, server)
        self.brands: Callable[[], list[Path]] = lambda: [folder / "brand"]
        self.bridges: dict[str, Adapter] = {}
        self.make: Callable[[str, str, Mapping[str, Any]], AudioBridge] = make_bridge
        self.telephones = Telephones(
            self.site.media,
            open=self.site.doors.open,
            telling=self.site.hub,
            prompts=Prompts(brand=lambda: self.brands(), made=folder),
            server=server,
            now=self.site.now,
            home="DE",
            make=self._make,
        )
        self.site.followers.append(self.telephones.follower)

    def _make(self, kind: str, key: str, fields: Mapping[str, Any]) -> AudioBridge:
        bridge = self.make(kind, key, fields)
        if isinstance(bridge, Adapter):
            self.bridges[key] = bridge
        return bridge

    async def opens(self, *bridges: str) -> None:
        await self.site.opens()
        await self.telephones.start()
        for key in bridges or ("sim",):
            await until(lambda key=key: self._is_up(key), f"bridge {key} is up")  # type: ignore[misc] # bound now

    def _is_up(self, key: str) -> bool:
        return self.telephones.keeper.is_up(key)

    async def closes(self) -> None:
        await self.telephones.stop_callers()
        await self.site.closes()
        await self.telephones.stop()

    @property
    def bridge(self) -> Adapter:
        return self.bridges["sim"]

    # People

    def calls(self, keys: str = "", *, caller: str = "+4930111", bridge: str = "sim") -> Hand:
        """Somebody calls our number, and presses keys ahead of all questions."""
        adapter = self.bridges[bridge]
        hand = Hand(adapter, adapter.phones.calls_us(caller, NUMBER))
        hand.presses(keys)
        return hand

    def comes_by_menu(self) -> Hand:
        """Into the room without us; out of it only by hanging up."""
        self.bridge.capabilities = structs.replace(self.bridge.capabilities, transfer=False)
        info = Leg(
            leg=uuid.uuid4().hex,
            vendor="menu",
            state=LegState.JOINED,
            direction=Direction.IN,
            caller="+4930333",
            room=self.room.code,
        )
        hand = Hand(self.bridge, self.bridge.phones.add(info))
        self.bridge._tell(LegJoined(leg=info.leg, info=info))  # noqa: SLF001 - nobody else can
        return hand

    async def guest(self, *, caller: str = "+4930111", bridge: str = "sim") -> Hand:
        """In the conference."""
        hand = self.calls(f"{self.room.code}##", caller=caller, bridge=bridge)
        await hand.is_in(self.room.code)
        return hand

    async def host(self, *, caller: str = "+4930999") -> Hand:
        hand = self.calls(f"{self.room.code}#*{PIN}#", caller=caller)
        await hand.is_in(self.room.code)
        return hand

    async def rings(self, number: str) -> Hand:
        """The phone that is called by this number."""
        phones = self.bridge.phones.calls
        await until(lambda: any(phone.info.dialled == number for phone in phones.values()), f"{number} rings")
        return Hand(self.bridge, next(phone for phone in phones.values() if phone.info.dialled == number))

    # What is so

    @property
    def live(self) -> LiveConference:
        return self.site.doors.running()[0]

    @property
    def state(self) -> State:
        return self.live.state

    def participant(self, hand: Hand) -> Participant:
        call = self.state.calls[hand.leg]
        return self.state.participants[call.participant]

    async def becomes(self, true: Callable[[State], object], what: str) -> None:
        await until(lambda: self.site.doors.running() and true(self.state), what)

    async def record(self, hand: Hand) -> CallRecord:
        return await crossing(lambda: CallRecord.objects.get(leg=hand.leg))()

    async def last_state(self) -> State:
        """Of the room's last conference, as the journal has it, also when it is over."""

        def read() -> State:
            last = Conference.objects.filter(room=self.room).order_by("-created_at", "-pk").first()
            assert last is not None
            return read_state(last.pk)

        return await crossing(read)()


def town_furnish(room: Room, *keys: str, languages: tuple[str, ...] = ("en",)) -> None:
    """Bridges with these keys, a number at the first, and a PIN for the room."""
    room.host_pin = make_password(PIN)
    room.save()
    rows = [Bridge(key=key, type="simulator", label=key, position=place) for place, key in enumerate(keys)]
    for row in rows:
        row.config = {"answers_after_s": None}
        row.save()
    DialInNumber.objects.create(
        number=NUMBER,
        label="Berlin",
        country="DE",
        bridge=rows[0],
        language=languages[0],
        further_languages=list(languages[1:]),
    )
