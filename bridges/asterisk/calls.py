"""PURE. What is known of the calls of an Asterisk."""

from msgspec import structs

from bridges.asterisk.counting import Counted, quality_of
from bridges.asterisk.values import cause_of
from bridges.events import LegAnswered, LegArrived, LegEnded, LegJoined, LegLeft, LegMeasured
from bridges.known_calls import PLACED, Events, KnownCalls
from bridges.types import Leg, LegState

TALKS = 5


class Calls(KnownCalls):
    def __init__(self) -> None:
        super().__init__()
        self._counted: dict[str, Counted] = {}
        self._codecs: dict[str, str] = {}

    def forget(self, leg: str) -> None:
        super().forget(leg)
        self._counted.pop(leg, None)
        self._codecs.pop(leg, None)

    def measures(self, leg: str, now: Counted, codec: str) -> Events:
        if leg not in self:
            return []
        since = self._counted.get(leg, Counted())
        self._counted[leg], self._codecs[leg] = now, codec
        return [LegMeasured(leg=leg, quality=quality_of(now, codec, since=since))]

    def arrives(self, info: Leg) -> Events:
        if info.leg in self:
            return []
        self.put(info)
        return [LegArrived(leg=info.leg, info=info)]

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
        silent = self.talks(leg, 0)
        self._change(leg, state=LegState.ARRIVED, room="", muted=False)
        return [*silent, LegLeft(leg=leg)]

    def is_over(self, leg: str, *, q850: int, sip_code: int = 0) -> Events:
        if leg not in self:
            return []
        cause = cause_of(q850, answered=self.legs[leg].state not in PLACED)
        quality = quality_of(self._counted.get(leg, Counted()), self._codecs.get(leg, ""))
        return self.ends(LegEnded(leg=leg, cause=cause, q850=q850, sip_code=sip_code, quality=quality))
