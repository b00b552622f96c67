"""What is known of one bridge. PURE.

Vendors repeat, reorder and forget. `Truth.observe` takes whatever an adapter tells and answers with what is
news, each change once:

- a leg that is muted, held, not in a room or gone does not talk: `LegTalking(level=0)` comes before;
- what repeats what is known, or is about a leg that has ended, is dropped;
- joined before arrived, ended before joined: the later of the two is dropped;
- at `BridgeUp` the snapshot is compared with what is known, and the missing ends, joins and mutes are told.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from msgspec import structs

from bridges import events as e
from bridges.events import AnyBridgeEvent
from bridges.known_calls import PLACED
from bridges.types import Direction, EndCause, Leg, LegState, Quality

REMEMBERED = 10_000
"""Legs that ended, so that what comes late is known for it."""


class Truth:
    """Ask it after every event of the bridge; it looks at no clock and waits for nothing."""

    def __init__(self) -> None:
        self.up = False
        self.legs: dict[str, Leg] = {}
        """All calls that are, by leg."""
        self.rooms: set[str] = set()
        """Rooms in which a call was seen, until they are closed."""
        self._down = ""
        self._levels: dict[str, int] = {}
        self._played: dict[str, str] = {}
        self._measured: dict[str, Quality] = {}
        self._ended = Remembered()
        self._recorded = Remembered()

    def observe(self, event: AnyBridgeEvent) -> list[AnyBridgeEvent]:
        """What of it is news."""
        match event:
            case e.BridgeUp():
                return list(self._comes_up(event))
            case e.BridgeDown():
                return list(self._goes_down(event))
            case e.RoomClosed():
                return list(self._closes(event))
            case e.CdrReady():
                return [event] if self._recorded.add(event.leg) else []
            case e.MediaLost():
                return [event]
            case e.LegEvent():
                return list(self._of_a_leg(event))

    # The bridge

    def _comes_up(self, event: e.BridgeUp) -> Iterator[AnyBridgeEvent]:
        if not self.up:
            yield event
        self.up, self._down = True, ""
        there = {leg.leg: leg for room in event.rooms for leg in room.legs}
        there |= {leg.leg: leg for leg in event.waiting if leg.leg not in there}
        for leg in [leg for leg in self.legs if leg not in there]:
            yield from self._ends(e.LegEnded(leg=leg, cause=EndCause.BRIDGE_LOST))
        self.rooms = {room.room for room in event.rooms}
        for leg, info in there.items():
            self._ended.discard(leg)
            yield from self._is_there(info)

    def _goes_down(self, event: e.BridgeDown) -> Iterable[AnyBridgeEvent]:
        if not self.up and self._down == event.reason:
            return []
        self.up, self._down = False, event.reason
        return [event]

    def _closes(self, event: e.RoomClosed) -> Iterable[AnyBridgeEvent]:
        if event.room not in self.rooms:
            return []
        self.rooms.discard(event.room)
        return [event]

    def _is_there(self, info: Leg) -> Iterator[AnyBridgeEvent]:
        """A leg of a snapshot."""
        if info.room:
            yield from self._joins(info)
        elif info.state is LegState.RINGING:
            yield from self._rings(e.LegRinging(leg=info.leg))
        elif info.state is not LegState.DIALING:
            if info.leg in self.legs:
                yield from self._leaves(e.LegLeft(leg=info.leg))
            yield from self._arrives(info)
        if info.leg in self.legs:
            yield from self._flags(info)

    # Legs

    def _of_a_leg(self, event: e.LegEvent) -> Iterable[AnyBridgeEvent]:
        if event.leg in self._ended:
            return []
        match event:
            case e.LegArrived():
                return self._arrives(event.info)
            case e.LegJoined():
                return self._joins(event.info)
            case e.LegRinging():
                return self._rings(event)
            case e.LegAnswered():
                return self._answers(event)
            case e.LegEnded():
                return self._ends(event)
            case _ if event.leg in self.legs:
                return self._of_a_known_leg(event)
            case _:
                return []

    def _of_a_known_leg(self, event: e.LegEvent) -> Iterable[AnyBridgeEvent]:
        match event:
            case e.LegMuted():
                return self._mutes(event)
            case e.LegHeld():
                return self._holds(event)
            case e.LegTalking():
                return self._talks(event)
            case e.LegLeft():
                return self._leaves(event)
            case e.LegPlayed():
                return self._plays(event)
            case e.LegMeasured():
                return self._measures(event)
            case e.LegDigit() | e.LegRecorded():
                return [event]
            case _:
                return []

    def _arrives(self, info: Leg) -> Iterator[AnyBridgeEvent]:
        """A call that we placed arrives when it is answered."""
        known = self.legs.get(info.leg)
        if known is not None and known.state not in PLACED:
            return
        placed = known is not None or info.direction is Direction.OUT
        self.legs[info.leg] = structs.replace(
            info, state=LegState.ARRIVED, room="", muted=False, talking=False
        )
        if placed:
            yield e.LegAnswered(leg=info.leg)
        else:
            yield e.LegArrived(leg=info.leg, info=self.legs[info.leg])

    def _rings(self, event: e.LegRinging) -> Iterator[AnyBridgeEvent]:
        if event.leg not in self.legs:
            self.legs[event.leg] = _placed(event.leg, LegState.RINGING)
            yield event

    def _answers(self, event: e.LegAnswered) -> Iterator[AnyBridgeEvent]:
        known = self.legs.get(event.leg)
        if known is None or known.state in PLACED:
            known = known or _placed(event.leg, LegState.ARRIVED)
            self.legs[event.leg] = structs.replace(known, state=LegState.ARRIVED)
            yield event

    def _joins(self, info: Leg) -> Iterator[AnyBridgeEvent]:
        known = self.legs.get(info.leg)
        if not info.room:
            return
        if known is not None and known.room == info.room:
            yield from self._flags(info)
            return
        if known is not None and known.room:
            yield from self._leaves(e.LegLeft(leg=info.leg))
        joined = structs.replace(info, state=LegState.JOINED, talking=False)
        self.legs[info.leg] = joined
        self.rooms.add(info.room)
        yield e.LegJoined(leg=info.leg, info=joined)
        yield from self._flags(info)

    def _flags(self, info: Leg) -> Iterator[AnyBridgeEvent]:
        """Muted, held and talking, as somebody says who looked."""
        if self.legs[info.leg].room:
            yield from self._mutes(e.LegMuted(leg=info.leg, muted=info.muted))
        yield from self._holds(e.LegHeld(leg=info.leg, held=info.held))
        if not info.talking:
            yield from self._falls_silent(info.leg)
        elif not self._levels.get(info.leg):
            yield from self._talks(e.LegTalking(leg=info.leg, level=5))

    def _mutes(self, event: e.LegMuted) -> Iterator[AnyBridgeEvent]:
        known = self.legs[event.leg]
        if not known.room or known.muted == event.muted:
            return
        self.legs[event.leg] = structs.replace(known, muted=event.muted)
        if event.muted:
            yield from self._falls_silent(event.leg)
        yield event

    def _holds(self, event: e.LegHeld) -> Iterator[AnyBridgeEvent]:
        known = self.legs[event.leg]
        if known.held == event.held:
            return
        self.legs[event.leg] = structs.replace(known, held=event.held)
        if event.held:
            yield from self._falls_silent(event.leg)
        yield event

    def _talks(self, event: e.LegTalking) -> Iterator[AnyBridgeEvent]:
        known = self.legs[event.leg]
        if event.level == 0:
            yield from self._falls_silent(event.leg)
        elif known.room and not (known.muted or known.held) and self._levels.get(event.leg) != event.level:
            self._levels[event.leg] = event.level
            self.legs[event.leg] = structs.replace(known, talking=True)
            yield event

    def _falls_silent(self, leg: str) -> Iterator[AnyBridgeEvent]:
        if self._levels.pop(leg, 0):
            self.legs[leg] = structs.replace(self.legs[leg], talking=False)
            yield e.LegTalking(leg=leg, level=0)

    def _plays(self, event: e.LegPlayed) -> Iterator[AnyBridgeEvent]:
        if self._played.get(event.leg) != event.play:
            self._played[event.leg] = event.play
            yield event

    def _measures(self, event: e.LegMeasured) -> Iterator[AnyBridgeEvent]:
        if self._measured.get(event.leg) != event.quality:
            self._measured[event.leg] = event.quality
            yield event

    def _leaves(self, event: e.LegLeft) -> Iterator[AnyBridgeEvent]:
        known = self.legs[event.leg]
        if not known.room:
            return
        yield from self._falls_silent(event.leg)
        self.legs[event.leg] = structs.replace(
            known, state=LegState.ARRIVED, room="", muted=False, talking=False
        )
        yield event

    def _ends(self, event: e.LegEnded) -> Iterator[AnyBridgeEvent]:
        yield from self._falls_silent(event.leg)
        self.legs.pop(event.leg, None)
        self._played.pop(event.leg, None)
        self._measured.pop(event.leg, None)
        self._ended.add(event.leg)
        yield event


def _placed(leg: str, state: LegState) -> Leg:
    """What is known of a call of ours before the bridge says more."""
    return Leg(leg=leg, vendor="", state=state, direction=Direction.OUT)


class Remembered:
    """The last REMEMBERED names."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> bool:
        """Whether it is new."""
        if name in self._names:
            return False
        self._names[name] = None
        if len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
        return True

    def discard(self, name: str) -> None:
        self._names.pop(name, None)
