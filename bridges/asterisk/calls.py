"""PURE. What an adapter knows of the calls of its bridge: each change answers with the events that tell it,
and what changes nothing with none."""

from msgspec import structs

from bridges.asterisk.values import cause_of
from bridges.errors import LegGone
from bridges.events import (
    AnyBridgeEvent,
    LegAnswered,
    LegArrived,
    LegDigit,
    LegEnded,
    LegHeld,
    LegJoined,
    LegLeft,
    LegMuted,
    LegRinging,
    LegTalking,
)
from bridges.types import EndCause, Leg, LegState

TALKS = 5
DIGITS = tuple("0123456789*#")
Events = list[AnyBridgeEvent]
PLACED = (LegState.DIALING, LegState.RINGING)


class Calls:
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
        """What a snapshot says."""
        self.legs[info.leg] = info

    def forget(self, leg: str) -> None:
        """What never was."""
        self.legs.pop(leg, None)
        self._endings.pop(leg, None)

    def keep_only(self, legs: set[str]) -> None:
        self.legs = {leg: info for leg, info in self.legs.items() if leg in legs}
        self._endings = {leg: cause for leg, cause in self._endings.items() if leg in legs}

    def arrives(self, info: Leg) -> Events:
        if info.leg in self:
            return []
        self.put(info)
        return [LegArrived(leg=info.leg, info=info)]

    def rings(self, leg: str) -> Events:
        if leg not in self or self.legs[leg].state != LegState.DIALING:
            return []
        self._change(leg, state=LegState.RINGING)
        return [LegRinging(leg=leg)]

    def answers(self, leg: str) -> Events:
        if leg not in self or self.legs[leg].state not in PLACED:
            return []
        self._change(leg, state=LegState.ARRIVED)
        return [LegAnswered(leg=leg)]

    def joins(self, info: Leg) -> Events:
        """It is in `info.room`. Who is known keeps what is known of them."""
        if known := self.legs.get(info.leg):
            if known.room == info.room:
                return self.mutes(info.leg, muted=info.muted)
            info = structs.replace(
                known, state=info.state, room=info.room, muted=info.muted, vendor=info.vendor, talking=False
            )
        self.put(info)
        return [LegJoined(leg=info.leg, info=info)]

    def leaves(self, leg: str) -> Events:
        if leg not in self or not self.legs[leg].room:
            return []
        silent = self.talks(leg, talking=False)
        self._change(leg, state=LegState.ARRIVED, room="", muted=False)
        return [*silent, LegLeft(leg=leg)]

    def mutes(self, leg: str, *, muted: bool) -> Events:
        """Asterisk 16 says of a muted caller that he talks until he pauses: we say at once that he does
        not."""
        if leg not in self or self.legs[leg].muted == muted:
            return []
        self._change(leg, muted=muted)
        told: Events = [LegMuted(leg=leg, muted=muted)]
        return told + self.talks(leg, talking=False) if muted else told

    def talks(self, leg: str, *, talking: bool) -> Events:
        if leg not in self or self.legs[leg].talking == talking or (talking and self.legs[leg].muted):
            return []
        self._change(leg, talking=talking)
        return [LegTalking(leg=leg, level=TALKS if talking else 0)]

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

    def ends(self, leg: str, *, q850: int, sip_code: int = 0) -> Events:
        info = self.legs.pop(leg, None)
        if info is None:
            return []
        answered = info.state not in PLACED
        cause = self._endings.pop(leg, None) or cause_of(q850, answered=answered)
        if info.state == LegState.RINGING and cause == EndCause.NORMAL:
            cause = EndCause.CANCELLED
        return [LegEnded(leg=leg, cause=cause, q850=q850, sip_code=sip_code)]

    def _change(self, leg: str, **fields: object) -> None:
        self.legs[leg] = structs.replace(self.legs[leg], **fields)
