"""PURE. What Asterisk's REST interface tells of calls and rooms, in our words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import structs

from bridges.asterisk.calls import TALKS, Calls
from bridges.asterisk.records import Records
from bridges.asterisk.values import is_own_channel, leg_of
from bridges.events import MediaLost, RoomClosed
from bridges.known_calls import Events
from bridges.types import Direction, Leg, LegState
from bridges.values import is_ours, is_placed

Event = dict[str, Any]
ODD = (AttributeError, KeyError, TypeError, ValueError, OverflowError)
"""What may be raised by whatever is not as Asterisk says it."""
STATES = {"Down": LegState.DIALING, "Ring": LegState.DIALING, "Ringing": LegState.RINGING}
"""Of channels that are not up."""


class AriEvents:
    """`media` is who is our media leg in which room; `muted` and `leaving` hold legs of which Asterisk does
    not say it: we asked for it."""

    def __init__(
        self, key: str, app: str, calls: Calls, media: dict[str, str], muted: set[str], leaving: set[str]
    ) -> None:
        self._key, self._app, self._calls, self._media = key, app, calls, media
        self._muted, self._leaving = muted, leaving
        self._records = Records()
        self._by_type: dict[str, Callable[[Event], Events]] = {
            "StasisStart": self._seen,
            "ChannelEnteredBridge": self._entered,
            "ChannelLeftBridge": self._left,
            "ChannelDestroyed": self._destroyed,
            "ChannelDtmfReceived": lambda event: self._calls.presses(self._leg(event), str(event["digit"])),
            "ChannelTalkingStarted": lambda event: self._calls.talks(self._leg(event), TALKS),
            "ChannelTalkingFinished": lambda event: self._calls.talks(self._leg(event), 0),
            "ChannelHold": lambda event: self._calls.holds(self._leg(event), held=True),
            "ChannelUnhold": lambda event: self._calls.holds(self._leg(event), held=False),
            "Dial": self._dialled,
            "BridgeDestroyed": self._room_ended,
        }

    def observe(self, event: Event) -> Events:
        """Raises one of ODD if it is not as Asterisk says it."""
        translate = self._by_type.get(event.get("type", ""))
        return translate(event) if translate else []

    def bridge_of(self, room: str) -> str:
        return f"{self._app}-{room}"

    def room_of(self, bridge: str) -> str:
        """Empty if it is none of ours."""
        app, _, room = bridge.rpartition("-")
        return room if app == self._app and is_ours(room) else ""

    def caller(self, channel: Event) -> Leg:
        leg = leg_of(self._key, channel["id"])
        if leg in self._calls:
            return self._calls[leg]
        placed = is_placed(channel["id"])
        return Leg(
            leg=leg,
            vendor=channel["id"],
            state=STATES.get(channel["state"], LegState.ARRIVED),
            direction=Direction.OUT if placed else Direction.IN,
            caller=channel["caller"]["number"],
            caller_name=channel["caller"]["name"],
            dialled="" if placed else channel["dialplan"]["exten"],
        )

    def inside(self, channel: Event, room: str) -> Leg:
        info = self.caller(channel)
        return structs.replace(
            info, vendor=channel["id"], state=LegState.JOINED, room=room, muted=info.leg in self._muted
        )

    def _leg(self, event: Event) -> str:
        return leg_of(self._key, event["channel"]["id"])

    def _seen(self, event: Event) -> Events:
        channel = event["channel"]
        self._records.begins(channel["id"], _milliseconds(channel["creationtime"]))
        self._records.is_answered(channel["id"], _milliseconds(event["timestamp"]))
        return []

    def _dialled(self, event: Event) -> Events:
        leg, status = leg_of(self._key, event["peer"]["id"]), event["dialstatus"]
        if status == "RINGING":
            return self._calls.rings(leg)
        return []

    def _entered(self, event: Event) -> Events:
        room = self.room_of(event["bridge"]["id"])
        if not room or is_own_channel(event["channel"]["id"]):
            return []
        return self._calls.joins(self.inside(event["channel"], room))

    def _left(self, event: Event) -> Events:
        """Who hangs up leaves too, but only whom we sent out is led on."""
        leg = self._leg(event)
        if leg not in self._leaving:
            return []
        self._leaving.discard(leg)
        return self._calls.leaves(leg)

    def _destroyed(self, event: Event) -> Events:
        channel, q850 = event["channel"], int(event["cause"])
        if room := self._media.pop(channel["id"], None):
            return [MediaLost(room=room, reason=str(event.get("cause_txt", "")))]
        leg = self._leg(event)
        self._muted.discard(leg)
        self._leaving.discard(leg)
        self._records.hangs_up(channel["id"], q850)
        raw = {"channel": str(channel.get("name", "")), "caller": str(channel["caller"]["number"])}
        is_known = leg in self._calls
        record = self._records.ends(channel["id"], leg, _milliseconds(event["timestamp"]), raw)
        told = self._calls.is_over(leg, q850=q850)
        return [*told, record] if record and is_known else told

    def _room_ended(self, event: Event) -> Events:
        room = self.room_of(event["bridge"]["id"])
        return [RoomClosed(room=room)] if room else []


def _milliseconds(moment: str) -> int:
    """Since 1970, of `2026-11-22T06:59:28.356+0000`."""
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
