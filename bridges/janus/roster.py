"""PURE. Who is in which room of a Janus: what it tells, as events."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bridges.errors import LegGone
from bridges.events import AnyBridgeEvent, LegEnded, LegJoined, LegMuted, LegTalking, RoomClosed
from bridges.janus.values import caller_of, leg_of, our_prefix
from bridges.types import Direction, EndCause, Leg, LegState, Room

TALKS = 5
REMEMBERED = 10_000
"""Participants that were there before."""

Events = Iterator[AnyBridgeEvent]


@dataclass(slots=True)
class Caller:
    """A participant who is not ours, as Janus says: their room may be muted, too. Who is muted while talking
    goes on talking for Janus, which does not listen to them any more; unmuted, they are not told anew."""

    leg: str
    room: str
    participant: str
    display: str
    muted: bool
    talking: bool
    cause: EndCause | None = None
    """Why we throw them out."""


class Shown(NamedTuple):
    """Who is muted, by whatever, does not talk."""

    muted: bool
    talking: bool


class Roster:
    """Each change answers with the events that tell it: once, whatever is repeated."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._hidden = our_prefix(key)
        self._rooms: dict[str, dict[str, Caller]] = {}
        self._muted: set[str] = set()
        """Rooms in which nobody is heard."""
        self._leaving: set[tuple[str, str]] = set()
        """Thrown out, and still in Janus' lists for a moment."""
        self._times: OrderedDict[tuple[str, str], int] = OrderedDict()

    def __getitem__(self, leg: str) -> Caller:
        """Raises LegGone."""
        for caller in self._all():
            if caller.leg == leg:
                return caller
        raise LegGone(f"There is no call {leg}")

    def inside(self, room: str) -> list[Caller]:
        return list(self._rooms.get(room, {}).values())

    def rooms(self, locked: Iterable[str] = ()) -> tuple[Room, ...]:
        """In which somebody is."""
        return tuple(
            Room(room=room, locked=room in locked, legs=tuple(map(self._info, callers.values())))
            for room, callers in self._rooms.items()
            if callers
        )

    def keep_only(self, rooms: Iterable[str]) -> None:
        """A snapshot begins: whatever else we knew is no more."""
        self._leaving.clear()
        self._muted &= set(rooms)
        for room in set(self._rooms) - set(rooms):
            for caller in self.inside(room):
                self._drop(caller)
            del self._rooms[room]

    # What Janus tells

    def observe(self, data: dict[str, Any]) -> Events:
        """One message of the AudioBridge. What makes no sense, is left out."""
        room = data.get("room")
        if not isinstance(room, str):
            return
        match data:
            case {"audiobridge": "destroyed"}:
                yield from self.closes(room)
            case {"audiobridge": "talking" | "stopped-talking" as what, "id": str(who)}:
                yield from self._talks(room, who, talking=what == "talking")
            case {"kicked": str(who)}:
                yield from self._throws_out(room, who)
            case {"leaving": str(who)}:
                yield from self.leaves(room, who)
            case {"muted": bool(muted)}:
                yield from self.mutes_all(room, muted=muted)
            case {"participants": list(found)}:
                yield from self._finds(room, found, complete="id" in data)
            case _:
                pass

    def _finds(self, room: str, found: list[Any], *, complete: bool) -> Events:
        there = [one for one in found if isinstance(one, dict) and isinstance(one.get("id"), str)]
        if complete:
            ids = {one["id"] for one in there}
            for caller in self.inside(room):
                if caller.participant not in ids:
                    yield from self._ends(caller, EndCause.NORMAL)
        for one in there:
            yield from self._is_there(room, one)

    def _is_there(self, room: str, one: dict[str, Any]) -> Events:
        who = one["id"]
        if caller := self._rooms.get(room, {}).get(who):
            shown = self._shown(caller)
            caller.muted = bool(one.get("muted"))
            caller.talking = bool(one.get("talking", caller.talking))
            yield from self._changes(caller, shown)
        elif one.get("setup") and not who.startswith(self._hidden) and (room, who) not in self._leaving:
            leg = leg_of(self._key, room, who, self._times.get((room, who), 0))
            muted, talking = bool(one.get("muted")), bool(one.get("talking"))
            caller = Caller(leg, room, who, str(one.get("display", "")), muted, talking)
            self._rooms.setdefault(room, {})[who] = caller
            yield LegJoined(leg=leg, info=self._info(caller))

    def mutes(self, caller: Caller, *, muted: bool) -> Events:
        shown = self._shown(caller)
        caller.muted = muted
        yield from self._changes(caller, shown)

    def mutes_all(self, room: str, *, muted: bool) -> Events:
        before = [(caller, self._shown(caller)) for caller in self.inside(room)]
        (self._muted.add if muted else self._muted.discard)(room)
        for caller, shown in before:
            yield from self._changes(caller, shown)

    def _talks(self, room: str, who: str, *, talking: bool) -> Events:
        if caller := self._rooms.get(room, {}).get(who):
            shown = self._shown(caller)
            caller.talking = talking
            yield from self._changes(caller, shown)

    def _changes(self, caller: Caller, before: Shown) -> Events:
        muted, talking = self._shown(caller)
        if muted != before.muted:
            yield LegMuted(leg=caller.leg, muted=muted)
        if talking != before.talking:
            yield LegTalking(leg=caller.leg, level=TALKS if talking else 0)

    def throws_out(self, caller: Caller) -> Events:
        """We did. Janus lists them for a moment longer."""
        if self._rooms.get(caller.room, {}).get(caller.participant) is caller:
            yield from self._throws_out(caller.room, caller.participant)

    def _throws_out(self, room: str, who: str) -> Events:
        self._leaving.add((room, who))
        if caller := self._rooms.get(room, {}).get(who):
            yield from self._ends(caller, EndCause.KICKED)

    def leaves(self, room: str, who: str) -> Events:
        self._leaving.discard((room, who))
        if caller := self._rooms.get(room, {}).get(who):
            yield from self._ends(caller, EndCause.NORMAL)

    def closes(self, room: str) -> Events:
        """Those who are in it are hung up on."""
        if room not in self._rooms:
            return
        for caller in self.inside(room):
            yield from self._ends(caller, EndCause.NORMAL)
        del self._rooms[room]
        self._muted.discard(room)
        yield RoomClosed(room=room)

    def _ends(self, caller: Caller, cause: EndCause) -> Events:
        self._drop(caller)
        yield LegEnded(leg=caller.leg, cause=caller.cause or cause)

    # Inside

    def _all(self) -> Iterator[Caller]:
        for callers in self._rooms.values():
            yield from callers.values()

    def _drop(self, caller: Caller) -> None:
        del self._rooms[caller.room][caller.participant]
        name = caller.room, caller.participant
        self._times[name] = self._times.pop(name, 0) + 1
        if len(self._times) > REMEMBERED:
            self._times.popitem(last=False)

    def _shown(self, caller: Caller) -> Shown:
        muted = caller.muted or caller.room in self._muted
        return Shown(muted, caller.talking and not muted)

    def _info(self, caller: Caller) -> Leg:
        number, name = caller_of(caller.display)
        shown = self._shown(caller)
        return Leg(
            leg=caller.leg,
            vendor=caller.participant,
            state=LegState.JOINED,
            direction=Direction.IN,
            caller=number,
            caller_name=name,
            dialled=caller.room,
            room=caller.room,
            muted=shown.muted,
            talking=shown.talking,
        )
