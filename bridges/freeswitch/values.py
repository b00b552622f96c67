"""PURE. Values that go into FreeSWITCH's commands and those that come out of its events."""

import re
import secrets
from collections.abc import Iterable

from bridges.errors import BridgeError
from bridges.types import EndCause

DIALLED = re.compile(r"[0-9+*#A-Za-z_.-]{1,40}")
OWN_CHANNEL = re.compile(r"[a-z0-9-]+_media_")
CAUSES = {
    "NORMAL_CLEARING": EndCause.NORMAL, "NORMAL_UNSPECIFIED": EndCause.NORMAL, "NONE": EndCause.NORMAL,
    "ALLOTTED_TIMEOUT": EndCause.TIMEOUT, "MANAGER_REQUEST": EndCause.NORMAL,
    "USER_BUSY": EndCause.BUSY, "CALL_REJECTED": EndCause.REJECTED, "DECLINE": EndCause.REJECTED,
    "NO_ANSWER": EndCause.NO_ANSWER, "NO_USER_RESPONSE": EndCause.NO_ANSWER,
    "SUBSCRIBER_ABSENT": EndCause.NO_ANSWER, "USER_NOT_REGISTERED": EndCause.NO_ANSWER,
    "ORIGINATOR_CANCEL": EndCause.CANCELLED, "LOSE_RACE": EndCause.CANCELLED,
    "UNALLOCATED_NUMBER": EndCause.INVALID_NUMBER, "NUMBER_CHANGED": EndCause.INVALID_NUMBER,
    "INVALID_NUMBER_FORMAT": EndCause.INVALID_NUMBER, "NO_ROUTE_DESTINATION": EndCause.INVALID_NUMBER,
    "OUTGOING_CALL_BARRED": EndCause.FORBIDDEN, "BEARERCAPABILITY_NOTAUTH": EndCause.FORBIDDEN,
    "NORMAL_CIRCUIT_CONGESTION": EndCause.CONGESTION, "NORMAL_TEMPORARY_FAILURE": EndCause.CONGESTION,
    "SWITCH_CONGESTION": EndCause.CONGESTION, "NETWORK_OUT_OF_ORDER": EndCause.CONGESTION,
    "GATEWAY_DOWN": EndCause.CONGESTION, "REQUESTED_CHAN_UNAVAIL": EndCause.CONGESTION,
    "RECOVERY_ON_TIMER_EXPIRE": EndCause.TIMEOUT, "PROGRESS_TIMEOUT": EndCause.NO_ANSWER,
    "MEDIA_TIMEOUT": EndCause.MEDIA_LOST,
}  # fmt: skip
"""By FreeSWITCH's names (switch_channel.c, CAUSE_CHART). What is not here is an error."""

VOLUMES = {-6: -2, 0: 0, 6: 2, 12: 4}
"""Of `volume_out`, by decibels: FreeSWITCH has -4.4, 0, 7.2 and 12.7 of them there (switch_resample.c)."""


class Refused(BridgeError):
    """FreeSWITCH does not do what it was asked, mostly because what it is about is gone. The message is its
    own."""


def own_channel(key: str) -> str:
    """A new name of a channel that carries our sound. Who knows it may call us: nobody guesses it."""
    return f"{key}_media_{secrets.token_hex(16)}"


def is_own_channel(channel: str, key: str = "") -> bool:
    """Channels of a MeetingServer, or only of this bridge of it, that are no callers."""
    return channel.startswith(f"{key}_media_") if key else OWN_CHANNEL.match(channel) is not None


def mark(dialled: str) -> str:
    """What the channel variable `meetingserver` says of a call that we lead."""
    return dialled if DIALLED.fullmatch(dialled) else "unknown"


def cause_of(name: str) -> EndCause:
    return CAUSES.get(name, EndCause.ERROR)


def milliseconds(microseconds: str) -> int:
    """Since 1970. 0 if it did not happen."""
    return int(microseconds) // 1000 if microseconds.isdecimal() else 0


def file_string(addresses: Iterable[str]) -> str:
    """What FreeSWITCH is to play to say them one after the other (mod_dptools)."""
    return "file_string://" + "!".join(addresses)
