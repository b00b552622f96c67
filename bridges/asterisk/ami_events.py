"""PURE. What Asterisk's manager interface says of calls and rooms, in our words."""

from collections import OrderedDict
from collections.abc import Callable

from msgspec import structs

from bridges.asterisk.ami import Block
from bridges.asterisk.calls import TALKS, Calls
from bridges.asterisk.records import Records, hangup_cause
from bridges.asterisk.values import is_own_channel, known, leg_of
from bridges.events import MediaLost, RoomClosed
from bridges.known_calls import Events
from bridges.types import Direction, EndCause, Leg, LegState
from bridges.values import is_ours, is_placed

ODD = (ValueError, OverflowError)
"""What may be raised by whatever is not as Asterisk says it."""
ITS_OWN = ("CBAnn/", "CBRec/")
"""Announcer and recorder of a ConfBridge."""
REMEMBERED = 1000
NO_ANSWER = "3"
"""`Reason` of an OriginateResponse (AST_CONTROL_RINGING: it rang until the end)."""
RECORDED = ("channel", "calleridnum", "calleridani", "calleridrdnis", "exten", "context", "linkedid")


def is_caller(block: Block) -> bool:
    return not is_own_channel(block["Uniqueid"]) and not block["Channel"].startswith(ITS_OWN)


class AmiEvents:
    """`media` is who is our media leg in which room: channel's id to room. `is_led` says whether FastAGI gave
    us a call."""

    def __init__(
        self, key: str, context: str, calls: Calls, media: dict[str, str], is_led: Callable[[str], bool]
    ) -> None:
        self._key, self._context, self._calls, self._media, self._is_led = key, context, calls, media, is_led
        self._records = Records()
        self._ours: OrderedDict[str, None] = OrderedDict()
        self._by_name: dict[str, Callable[[Block], Events]] = {
            "Newchannel": self._channel_made,
            "DialState": self._dial_goes_on,
            "OriginateResponse": self._dial_came_to,
            "ConfbridgeJoin": self._joined,
            "ConfbridgeLeave": self._left,
            "ConfbridgeMute": lambda block: self._calls.mutes(self._leg(block), muted=True),
            "ConfbridgeUnmute": lambda block: self._calls.mutes(self._leg(block), muted=False),
            "ConfbridgeTalking": lambda block: self._calls.talks(
                self._leg(block), TALKS if block["TalkingStatus"] == "on" else 0
            ),
            "ConfbridgeEnd": self._room_ended,
            "DTMFEnd": self._digit,
            "Hold": lambda block: self._calls.holds(self._leg(block), held=True),
            "Unhold": lambda block: self._calls.holds(self._leg(block), held=False),
            "Hangup": self._hung_up,
            "CEL": self._noted,
        }

    def observe(self, block: Block) -> Events:
        translate = self._by_name.get(block["Event"])
        return translate(block) if translate else []

    def caller(self, block: Block) -> Leg:
        """As an item of a list or an event describes them."""
        placed = is_placed(block["Uniqueid"])
        leg = self._leg(block)
        if leg in self._calls:
            return self._calls[leg]
        return Leg(
            leg=leg,
            vendor=block["Channel"],
            state=LegState.ARRIVED,
            direction=Direction.OUT if placed else Direction.IN,
            caller=known(block["CallerIDNum"]),
            caller_name=known(block["CallerIDName"]),
            dialled="" if placed or block["Exten"] in ("lead", "s") else block["Exten"],
        )

    def inside(self, block: Block, room: str) -> Leg:
        return structs.replace(
            self.caller(block),
            vendor=block["Channel"],
            state=LegState.JOINED,
            room=room,
            muted=block["Muted"] == "Yes",
            talking=block["Talking"] == "Yes" and block["Muted"] != "Yes",
        )

    def _leg(self, block: Block) -> str:
        return leg_of(self._key, block["Uniqueid"])

    # Calls we place

    def _channel_made(self, block: Block) -> Events:
        leg = self._leg(block)
        if leg in self._calls and not self._calls[leg].vendor:
            self._calls.put(structs.replace(self._calls[leg], vendor=block["Channel"]))
        return []

    def _dial_goes_on(self, block: Block) -> Events:
        ringing = block["DialStatus"] == "RINGING"
        return self._calls.rings(leg_of(self._key, block["DestUniqueid"])) if ringing else []

    def _dial_came_to(self, block: Block) -> Events:
        """If there is a channel, its Hangup follows, or came before: it knows more."""
        leg = block["ActionID"]
        if block["Response"] == "Success" or leg not in self._calls:
            return []
        if not self._calls[leg].vendor:
            self._calls.will_end(leg, EndCause.ERROR)
            return self._calls.is_over(leg, q850=0)
        if block["Reason"] == NO_ANSWER:
            self._calls.will_end(leg, EndCause.NO_ANSWER)
        return []

    # Rooms

    def _joined(self, block: Block) -> Events:
        if not is_ours(block["Conference"]) or not is_caller(block):
            return []
        return self._calls.joins(self.inside(block, block["Conference"]))

    def _left(self, block: Block) -> Events:
        """Who is led by us is told when FastAGI has the call again. Who came by a menu of the PBX goes on in
        its dialplan, and is no business of ours."""
        leg = self._leg(block)
        if leg not in self._calls or self._is_led(leg) or block["Context"] == self._context:
            return []
        self._remember(leg)
        return self._calls.is_over(leg, q850=16)

    def _room_ended(self, block: Block) -> Events:
        return [RoomClosed(room=block["Conference"])] if is_ours(block["Conference"]) else []

    # Callers

    def _digit(self, block: Block) -> Events:
        received = block["Direction"] == "Received"
        return self._calls.presses(self._leg(block), block["Digit"]) if received else []

    def _hung_up(self, block: Block) -> Events:
        if room := self._media.pop(block["Uniqueid"], None):
            return [MediaLost(room=room, reason=block["Cause-txt"])]
        leg = self._leg(block)
        if leg in self._calls:
            self._remember(leg)
        sip = block["TechCause"].removeprefix("SIP ")[:3]
        return self._calls.is_over(
            leg, q850=_whole(block["Cause"]), sip_code=int(sip) if sip.isdecimal() else 0
        )

    def _remember(self, leg: str) -> None:
        self._ours[leg] = None
        if len(self._ours) > REMEMBERED:
            self._ours.popitem(last=False)

    # Call records

    def _noted(self, block: Block) -> Events:
        """`Timestamp` is there because of `timestampevents`; `EventTime` has no zone."""
        unique_id, at = block["UniqueID"], int(float(block["Timestamp"] or 0) * 1000)
        match block["EventName"]:
            case "CHAN_START":
                self._records.begins(unique_id, at)
            case "ANSWER":
                self._records.is_answered(unique_id, at)
            case "HANGUP":
                self._records.hangs_up(unique_id, hangup_cause(block["Extra"]))
            case "CHAN_END":
                return self._record(block, unique_id, at)
            case _:
                pass
        return []

    def _record(self, block: Block, unique_id: str, at: int) -> Events:
        leg = leg_of(self._key, unique_id)
        fields = block.as_dict()
        record = self._records.ends(
            unique_id, leg, at, {name: fields[name] for name in RECORDED if fields.get(name)}
        )
        return [record] if record and (leg in self._calls or leg in self._ours) else []


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
