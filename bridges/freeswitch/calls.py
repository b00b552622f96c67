"""PURE. What is known of the calls of a FreeSWITCH. A call is called as its channel: both are UUIDs."""

from bridges.events import LegAnswered, LegArrived, LegEnded, LegJoined, LegLeft, LegPlayed
from bridges.known_calls import PLACED, Events, KnownCalls
from bridges.types import EndCause, Leg, LegState, Quality


class Calls(KnownCalls):
    """`led`: calls that FreeSWITCH parked for us; others came by its own menus. `members`: their numbers in
    rooms. `playing`: what they hear from us. `volumes`: how loud they hear in
    rooms, if not as usual."""

    def __init__(self) -> None:
        super().__init__()
        self.led: set[str] = set()
        self.members: dict[str, str] = {}
        self.playing: dict[str, str] = {}
        self.volumes: dict[str, int] = {}

    def forget(self, leg: str) -> None:
        super().forget(leg)
        self.led.discard(leg)
        self.members.pop(leg, None)
        self.playing.pop(leg, None)
        self.volumes.pop(leg, None)

    def exists(self, leg: str, channel: str) -> None:
        """Of a call that we place: now there is something that rings, and ends."""
        if leg in self and not self.legs[leg].vendor:
            self._change(leg, vendor=channel)

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

    def has_played(self, leg: str, play: str = "") -> Events:
        """Without a name: whatever it was."""
        playing = self.playing.get(leg)
        if playing is None or (play and play != playing):
            return []
        del self.playing[leg]
        return [LegPlayed(leg=leg, play=playing)]

    def comes_to_nothing(self, leg: str, cause: EndCause) -> Events:
        """A call that we place. If there was a channel, its end follows, or came before: it knows more."""
        if leg not in self:
            return []
        self.will_end(leg, cause)
        return [] if self.legs[leg].vendor else self.ends(LegEnded(leg=leg, cause=cause))

    def ends(self, event: LegEnded) -> Events:
        return [*self.has_played(event.leg), *super().ends(event)]


def quality_of(mos: str, heard: str, missed: str, codec: str) -> Quality:
    """As FreeSWITCH writes numbers; empty where it knows nothing."""
    packets, gaps = (int(text) if text.isdecimal() else 0 for text in (heard, missed))
    try:
        value = min(4.5, max(0.0, float(mos or 0)))
    except ValueError:
        value = 0.0
    loss = round(100 * gaps / (packets + gaps), 2) if packets else 0.0
    return Quality(mos=value, loss_percent=loss, codec=codec)
