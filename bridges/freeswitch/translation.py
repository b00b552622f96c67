"""PURE. What FreeSWITCH's events say, in our words."""

from collections import OrderedDict
from collections.abc import Callable

from msgspec import structs

from bridges.events import CdrReady, LegEnded, MediaLost, RoomClosed
from bridges.freeswitch.calls import Calls, quality_of
from bridges.freeswitch.esl import Fields
from bridges.freeswitch.values import cause_of, is_own_channel, milliseconds
from bridges.known_calls import Events
from bridges.types import Direction, Leg, LegState
from bridges.values import is_ours

MAINTENANCE = "conference::maintenance"
REMEMBERED = 1000
LOUDEST, STEP = 9, 1000
"""Of `Current-Energy`: loud talk is some 6000 to 9000."""
STATES = {"ringing": LegState.RINGING, "early": LegState.RINGING}
"""By `Answer-State` of calls that we placed."""
RECORDED = (
    "Channel-Name", "Caller-Caller-ID-Number", "Hangup-Cause", "variable_sip_call_id", "variable_billmsec",
    "variable_sip_hangup_disposition", "variable_read_codec", "variable_conference_name",
)  # fmt: skip


class Translation:
    """`media`: in which room each of our own channels is."""

    def __init__(self, calls: Calls, media: dict[str, str]) -> None:
        self._calls, self._media = calls, media
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._ended: OrderedDict[str, None] = OrderedDict()
        """Calls that left our rooms before they ended, for their records."""
        self._by_name: dict[str, Callable[[Fields], Events]] = {
            "CHANNEL_CREATE": self._made,
            "CHANNEL_PROGRESS": lambda fields: calls.rings(_leg(fields)),
            "CHANNEL_PROGRESS_MEDIA": lambda fields: calls.rings(_leg(fields)),
            "CHANNEL_PARK": self._parked,
            "CHANNEL_EXECUTE_COMPLETE": self._executed,
            "CHANNEL_HOLD": lambda fields: calls.holds(_leg(fields), held=True),
            "CHANNEL_UNHOLD": lambda fields: calls.holds(_leg(fields), held=False),
            "CHANNEL_HANGUP_COMPLETE": self._hung_up,
            "DTMF": lambda fields: calls.presses(_leg(fields), fields.get("DTMF-Digit", "")),
            "BACKGROUND_JOB": self._came_to,
        }
        self._by_action: dict[str, Callable[[Fields], Events]] = {
            "add-member": self._joined,
            "del-member": self._left,
            "mute-member": lambda fields: calls.mutes(_leg(fields), muted=True),
            "unmute-member": lambda fields: calls.mutes(_leg(fields), muted=False),
            "start-talking": lambda fields: calls.talks(_leg(fields), _level(fields)),
            "stop-talking": lambda fields: calls.talks(_leg(fields), 0),
            "play-file-member-done": lambda fields: calls.has_played(_leg(fields)),
            "conference-destroy": self._closed,
        }

    def observe(self, fields: Fields) -> Events:
        """Each event once: it has a number, which begins anew when FreeSWITCH does."""
        number = fields.get("Event-Sequence", "")
        if number and not _add(self._seen, f"{fields.get('Core-UUID', '')}/{number}"):
            return []
        name = fields.get("Event-Name", "")
        if name == "CUSTOM" and fields.get("Event-Subclass") == MAINTENANCE:
            translate = self._by_action.get(fields.get("Action", ""))
        else:
            translate = self._by_name.get(name)
        return translate(fields) if translate else []

    def described(self, fields: Fields) -> Leg:
        """As an event or a dump of a channel describes it. What we know already stays so: FreeSWITCH turns
        caller and callee round when a call that we placed enters a room."""
        leg = _leg(fields)
        if leg in self._calls:
            return structs.replace(
                self._calls[leg], vendor=fields.get("Channel-Name", self._calls[leg].vendor)
            )
        placed = fields.get("Call-Direction") == "outbound"
        number, name = fields.get("Caller-Caller-ID-Number", ""), fields.get("Caller-Caller-ID-Name", "")
        return Leg(
            leg=leg,
            vendor=fields.get("Channel-Name", ""),
            state=STATES.get(fields.get("Answer-State", ""), LegState.ARRIVED)
            if placed
            else LegState.ARRIVED,
            direction=Direction.OUT if placed else Direction.IN,
            caller=fields.get("variable_origination_caller_id_number", "") if placed else number,
            caller_name="" if placed or name == number else name,
            dialled=fields.get("variable_meetingserver") or fields.get("Caller-Destination-Number", ""),
        )

    def inside(self, fields: Fields, room: str, *, muted: bool, talking: bool) -> Leg:
        return structs.replace(
            self.described(fields),
            state=LegState.JOINED,
            room=room,
            muted=muted,
            talking=talking and not muted,
        )

    # Calls

    def _made(self, fields: Fields) -> Events:
        self._calls.exists(_leg(fields), fields.get("Channel-Name", ""))
        return []

    def _parked(self, fields: Fields) -> Events:
        """Calls that others park are none of our business."""
        if "variable_meetingserver" not in fields:
            return []
        return self._calls.is_ours(self.described(fields), fields.get("variable_read_codec", ""))

    def _executed(self, fields: Fields) -> Events:
        play = fields.get("Application-UUID", "")
        return self._calls.has_played(_leg(fields), play) if play else []

    def _came_to(self, fields: Fields) -> Events:
        """What became of `originate`; the job is called as the call."""
        body = fields.get("_body", "")
        if not body.startswith("-ERR"):
            return []
        name = body.removeprefix("-ERR").strip()
        return self._calls.comes_to_nothing(fields.get("Job-UUID", ""), cause_of(name))

    def _hung_up(self, fields: Fields) -> Events:
        leg = _leg(fields)
        if room := self._media.pop(leg, None):
            return [MediaLost(room=room, reason=fields.get("Hangup-Cause", ""))]
        told = self._calls.ends(_ended(fields))
        if not told and leg not in self._ended:
            return []
        return [*told, _record(fields)]

    # Rooms

    def _joined(self, fields: Fields) -> Events:
        room, leg = fields.get("Conference-Name", ""), _leg(fields)
        if not is_ours(room) or not leg or is_own_channel(leg):
            return []
        info = self.inside(
            fields, room, muted=fields.get("Speak") == "false", talking=fields.get("Talking") == "true"
        )
        return self._calls.joins(info, fields.get("Member-ID", ""))

    def _left(self, fields: Fields) -> Events:
        told = self._calls.leaves(_leg(fields), fields.get("Conference-Name", ""))
        if told:
            _add(self._ended, _leg(fields))
        return told

    def _closed(self, fields: Fields) -> Events:
        room = fields.get("Conference-Name", "")
        return [RoomClosed(room=room)] if is_ours(room) else []


def _leg(fields: Fields) -> str:
    return fields.get("Unique-ID", "")


def _level(fields: Fields) -> int:
    energy = fields.get("Current-Energy", "")
    return min(LOUDEST, max(1, int(energy) // STEP)) if energy.isdecimal() else 5


def _add(names: OrderedDict[str, None], name: str) -> bool:
    """Whether it is new. The oldest is forgotten when there are too many."""
    if name in names:
        return False
    names[name] = None
    if len(names) > REMEMBERED:
        names.popitem(last=False)
    return True


def _ended(fields: Fields) -> LegEnded:
    sip = fields.get("variable_sip_term_status") or fields.get("variable_sip_invite_failure_status", "")
    q850 = fields.get("variable_hangup_cause_q850", "")
    return LegEnded(
        leg=_leg(fields),
        cause=cause_of(fields.get("Hangup-Cause", "")),
        sip_code=int(sip) if sip.isdecimal() else 0,
        q850=int(q850) if q850.isdecimal() else 0,
        quality=quality_of(
            fields.get("variable_rtp_audio_in_mos", ""),
            fields.get("variable_rtp_audio_in_media_packet_count", ""),
            fields.get("variable_rtp_audio_in_skip_packet_count", ""),
            fields.get("variable_rtp_use_codec_name", ""),
        ),
    )


def _record(fields: Fields) -> CdrReady:
    """What mod_json_cdr would write, which comes with the event."""
    return CdrReady(
        leg=_leg(fields),
        started_at=milliseconds(fields.get("variable_start_uepoch", "")),
        answered_at=milliseconds(fields.get("variable_answer_uepoch", "")),
        ended_at=milliseconds(fields.get("variable_end_uepoch", "")),
        cause=cause_of(fields.get("Hangup-Cause", "")),
        raw={name: fields[name] for name in RECORDED if fields.get(name)},
    )
