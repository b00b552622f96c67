"""Gives what bridges tell to those whom it concerns: to the one task of each call, to the media legs, to the
records."""

from bridges import events as b
from bridges import selectors, services
from bridges.base import AudioBridge
from bridges.caller import Caller, Desk
from bridges.chores import Chores
from bridges.media_legs import MediaLegs
from bridges.truth import Truth
from bridges.types import Direction, EndCause, Leg, LegState
from conferences.journal import crossing


class Switchboard:
    """All calls of this process."""

    def __init__(self, desk: Desk, media: MediaLegs) -> None:
        self._desk = desk
        self._media = media
        self._callers: dict[str, Caller] = {}
        self._chores = Chores("What a bridge told")

    def __len__(self) -> int:
        return len(self._callers)

    def tell(self, bridge: AudioBridge, truth: Truth, event: b.AnyBridgeEvent) -> None:
        """`truth` is what is known of the bridge after this event. Never waits."""
        match event:
            case b.BridgeUp():
                self._is_up(bridge, truth, event)
            case b.MediaLost():
                self._media.lost(event.room, bridge.key)
            case b.CdrReady():
                self._chores.begin(crossing(services.call_reported)(event=event))
            case b.LegEvent():
                self._caller(bridge, truth, event).hears(event, bridge)
            case _:
                pass

    async def stop(self) -> None:
        """Calls live on at their bridges."""
        for caller in list(self._callers.values()):
            await caller.stop()
        await self._chores.end()

    def _caller(self, bridge: AudioBridge, truth: Truth, event: b.LegEvent) -> Caller:
        """The one who is there, or a new one."""
        call = services.call_id(event.leg)
        if call not in self._callers:
            self._callers[call] = Caller(bridge, _info_of(truth, event), self._desk)
            self._callers[call].start(lambda: self._forget(call))
        return self._callers[call]

    def _forget(self, call: str) -> None:
        self._callers.pop(call, None)

    def _is_up(self, bridge: AudioBridge, truth: Truth, event: b.BridgeUp) -> None:
        for caller in self._callers.values():
            if caller.bridge.key == bridge.key:
                caller.hears(event, bridge)
        self._media.bridge_is_up(bridge)
        self._chores.begin(self._end_lost_calls(bridge, truth, event))

    async def _end_lost_calls(self, bridge: AudioBridge, truth: Truth, event: b.BridgeUp) -> None:
        """Calls of which our former self knew, and that ended while nobody listened."""
        there = {info.leg for room in event.rooms for info in room.legs} | {leg.leg for leg in event.waiting}
        here = {services.call_id(leg) for leg in there | set(truth.legs)}
        for record in await crossing(selectors.calls_open)(bridge.key):
            if record.leg not in here and record.leg not in self._callers:
                self.tell(bridge, truth, b.LegEnded(leg=record.leg, cause=EndCause.BRIDGE_LOST))


def _info_of(truth: Truth, event: b.LegEvent) -> Leg:
    """What is known of a leg at its first event. Before it is answered, a call of ours is placed; it is
    placed, too, if it ended before anything else was heard of it."""
    if isinstance(event, b.LegArrived | b.LegJoined):
        return event.info
    known = truth.legs.get(event.leg)
    if known is not None and not isinstance(event, b.LegAnswered):
        return known
    return Leg(leg=event.leg, vendor="", state=LegState.DIALING, direction=Direction.OUT)
