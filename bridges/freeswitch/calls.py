"""PURE. What is known of the calls of a FreeSWITCH: each change answers with the events that tell it, and
what changes nothing with none.

A call is called as its channel: both are UUIDs.
"""

from msgspec import structs

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
    LegPlayed,
    LegRinging,
    LegTalking,
)
from bridges.types import EndCause, Leg, LegState, Quality

DIGITS = tuple("0123456789*#")
PLACED = (LegState.DIALING, LegState.RINGING)
Events = list[AnyBridgeEvent]


class Calls:
    """`led`: calls that FreeSWITCH parked for us; others came by its own menus. `members`: their numbers in
    rooms. `playing`: what they hear from us."""

    def __init__(self) -> None:
        self.legs: dict[str, Leg] = {}
        self.led: set[str] = set()
        self.members: dict[str, str] = {}
        self.playing: dict[str, str] = {}
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
        self.led.discard(leg)
        for about in (self.members, self.playing, self._endings):
            about.pop(leg, None)

    def keep_only(self, legs: set[str]) -> None:
        for leg in self.legs.keys() - legs:
            self.forget(leg)

    # Calls

    def exists(self, leg: str, channel: str) -> None:
        """Of a call that we place: now there is something that rings, and ends."""
        if leg in self and not self.legs[leg].vendor:
            self._change(leg, vendor=channel)

    def rings(self, leg: str) -> Events:
        if leg not in self or self.legs[leg].state != LegState.DIALING:
            return []
        self._change(leg, state=LegState.RINGING)
        return [LegRinging(leg=leg)]

    def is_ours(self, info: Leg, codec: str) -> Events:
        """FreeSWITCH parked it: it arrived, was answered, or left its room."""
        leg = info.leg
        self.led.add(leg)
        if leg not in self:
            self.put(info)
            return [LegArrived(leg=leg, info=info)]
        known = self.legs[leg]
        self._change(leg, state=LegState.ARRIVED, room="", muted=False, talking=False)
        if known.state in PLACED:
            return [LegAnswered(leg=leg, codec=codec)]
        return [LegLeft(leg=leg)] if known.room else []

    def joins(self, info: Leg, member: str) -> Events:
        told = self.has_played(info.leg)
        self.members[info.leg] = member
        if self.legs.get(info.leg) == info:
            return told
        self.put(info)
        return [*told, LegJoined(leg=info.leg, info=info)]

    def leaves(self, leg: str, room: str) -> Events:
        """Whom we lead is parked, in another room or hung up next. Whoever else goes on in a dialplan of
        FreeSWITCH is no business of ours."""
        self.members.pop(leg, None)
        if leg in self.led or leg not in self or self.legs[leg].room != room:
            return []
        return self.ends(LegEnded(leg=leg, cause=EndCause.NORMAL))

    def mutes(self, leg: str, *, muted: bool) -> Events:
        """FreeSWITCH does not say that whom it mutes does not talk any more: we do."""
        if leg not in self or self.legs[leg].muted == muted:
            return []
        silence = self.talks(leg, 0) if muted else []
        self._change(leg, muted=muted)
        return [LegMuted(leg=leg, muted=muted), *silence]

    def talks(self, leg: str, level: int) -> Events:
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

    def has_played(self, leg: str, play: str = "") -> Events:
        """Without a name: whatever it was."""
        playing = self.playing.get(leg)
        if playing is None or (play and play != playing):
            return []
        del self.playing[leg]
        return [LegPlayed(leg=leg, play=playing)]

    # The end

    def will_end(self, leg: str, cause: EndCause) -> None:
        """The first who says why a call ends is right."""
        if leg in self:
            self._endings.setdefault(leg, cause)

    def is_ending(self, leg: str) -> bool:
        return leg in self._endings

    def comes_to_nothing(self, leg: str, cause: EndCause) -> Events:
        """A call that we place. If there was a channel, its end follows, or came before: it knows more."""
        if leg not in self:
            return []
        self.will_end(leg, cause)
        return [] if self.legs[leg].vendor else self.ends(LegEnded(leg=leg, cause=cause))

    def ends(self, event: LegEnded) -> Events:
        if event.leg not in self:
            return []
        state = self.legs[event.leg].state
        cause = self._endings.get(event.leg, event.cause)
        if state == LegState.RINGING and cause == EndCause.NORMAL:
            cause = EndCause.CANCELLED
        told = self.has_played(event.leg)
        self.forget(event.leg)
        return [*told, structs.replace(event, cause=cause)]

    def _change(self, leg: str, **fields: object) -> None:
        self.legs[leg] = structs.replace(self.legs[leg], **fields)


def quality_of(mos: str, heard: str, missed: str, codec: str) -> Quality:
    """As FreeSWITCH writes numbers; empty where it knows nothing."""
    packets, gaps = (int(text) if text.isdecimal() else 0 for text in (heard, missed))
    try:
        value = min(4.5, max(0.0, float(mos or 0)))
    except ValueError:
        value = 0.0
    loss = round(100 * gaps / (packets + gaps), 2) if packets else 0.0
    return Quality(mos=value, loss_percent=loss, codec=codec)
