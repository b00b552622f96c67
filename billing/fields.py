"""What the expressions of a mapping file may name, for each kind of record. PURE."""

from billing.daily import Stored
from billing.legs import Leg
from conferences.core.billing import Subscription
from meetingserver.expressions import Fields

CONFERENCE = (
    *("id", "title", *Subscription.__struct_fields__),
    *("created_at", "opened_at", "started_at", "ended_at", "end_reason", "duration_s"),
    *("peak_legs", "peak_web", "peak_phone"),
    *("port_minutes_web", "port_minutes_dialin", "port_minutes_dialout"),
    *("persons", "recorded_s", "estimated"),
)
LEG = (*Leg.__struct_fields__, "duration_s", "present_s")
RECORDING = (
    *("id", "conference", "title", "room", "subscriber", "account", "started_at", "stopped_at"),
    *("seconds", "bytes", "kept_until"),
)
STORAGE = (*Stored.__struct_fields__, "bytes", "day")
USAGE = (
    *("account", "day", "conferences", "legs", "peak_ports", "peak_web", "peak_phone"),
    *("port_minutes_web", "port_minutes_dialin", "port_minutes_dialout"),
)
RECORD = ("id", "kind", "subject", "version", "supersedes", "at", "account", "conference")
ACCOUNT = ("code", "name")
SUBSCRIBER = ("user", "name", "email")

KINDS = ("conference", "leg", "recording", "storage", "usage")


def _of(*names: str) -> Fields:
    return {name: {} for name in names}


_EVERYWHERE: Fields = {"record": _of(*RECORD), "account": _of(*ACCOUNT)}
_OF_CONFERENCE: Fields = {
    **_EVERYWHERE,
    "conference": _of(*CONFERENCE),
    "subscriber": _of(*SUBSCRIBER),
}

FIELDS: dict[str, Fields] = {
    "conference": _OF_CONFERENCE,
    "leg": {**_OF_CONFERENCE, "leg": _of(*LEG), "sibling": _of(*LEG)},
    "recording": {**_OF_CONFERENCE, "recording": _of(*RECORDING)},
    "storage": {**_EVERYWHERE, "subscriber": _of(*SUBSCRIBER), "storage": _of(*STORAGE)},
    "usage": {**_EVERYWHERE, "usage": _of(*USAGE)},
}
