"""PURE. What an adapter knows of the calls of its bridge: each change answers with the events that tell it,
and what changes nothing with none. Vendors add how their calls arrive, join and leave."""

from msgspec import structs

from bridges.errors import LegGone
from bridges.events import (
    AnyBridgeEvent,
    LegDigit,
    LegEnded,
    LegHeld,
    LegMuted,
    LegRinging,
    LegTalking,
)
from bridges.types import EndCause, Leg, LegState

DIGITS = tuple("0123456789*#")
PLACED = (LegState.DIALING, LegState.RINGING)
"""A call we placed that nobody has answered."""
Events = list[AnyBridgeEvent]


class KnownCalls:
    def __init__(self) -> None:
        self.legs: dict[str, Leg] = {}
        self._endings: dict[str, EndCause] = {}

    def __getitem__(self, leg: str) -> Leg:
        """Raises LegGone."""
        if leg not in self.legs:
            raise LegGone(f"There is no call {leg}")
        return self.legs[leg]

    def __contains__(self, leg: str) -> bool:
        return leg in self.legs

    def inside(self, room: str) -> list[Leg]:
        return [info for info in self.legs.values() if info.room == room]

    def put(self, info: Leg) -> None:
        """What a snapshot says, or a call that we place."""
        self.legs[info.leg] = info

    def forget(self, leg: str) -> None:
        self.legs.pop(leg, None)
        self._endings.pop(leg, None)

    def keep_only(self, legs: set[str]) -> None:
        for leg in self.legs.keys() - legs:
            self.forget(leg)

    def rings(self, leg: str) -> Events:
        if leg not in self or self.legs[leg].state != LegState.DIALING:
            return []
        self._change(leg, state=LegState.RINGING)
        return [LegRinging(leg=leg)]

    def mutes(self, leg: str, *, muted: bool) -> Events:
        """No vendor says at once that whom it mutes does not talk any more: we do."""
        if leg not in self or self.legs[leg].muted == muted:
            return []
        silence = self.talks(leg, 0) if muted else []
        self._change(leg, muted=muted)
        return [LegMuted(leg=leg, muted=muted), *silence]

    def talks(self, leg: str, level: int) -> Events:
        """0: not any more."""
        if leg not in self or self.legs[leg].talking == bool(level) or (level and self.legs[leg].muted):
            return []
        self._change(leg, talking=bool(level))
        return [LegTalking(leg=leg, level=level)]

    def holds(self, leg: str, *, held: bool) -> Events:
        if leg not in self or self.legs[leg].held == held:
            return []
        self._change(leg, held=held)
        return [LegHeld(leg=leg, held=held)]

    def presses(self, leg: str, digit: str) -> Events:
        return [LegDigit(leg=leg, digit=digit)] if leg in self and digit in DIGITS else []

    def will_end(self, leg: str, cause: EndCause) -> None:
        """The first who says why a call ends is right."""
        if leg in self:
            self._endings.setdefault(leg, cause)

    def is_ending(self, leg: str) -> bool:
        return leg in self._endings

    def ends(self, event: LegEnded) -> Events:
        """Its cause is what the vendor says."""
        if event.leg not in self:
            return []
        cause = self._endings.get(event.leg, event.cause)
        if self.legs[event.leg].state == LegState.RINGING and cause == EndCause.NORMAL:
            cause = EndCause.CANCELLED
        self.forget(event.leg)
        return [structs.replace(event, cause=cause)]

    def _change(self, leg: str, **fields: object) -> None:
        self.legs[leg] = structs.replace(self.legs[leg], **fields)
