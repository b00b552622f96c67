"""PURE. Values that go into Asterisk's lines and those that come out of them."""

import re
from uuid import UUID, uuid5

from bridges.errors import BridgeError
from bridges.types import EndCause
from bridges.values import is_placed

OWN_CHANNEL = re.compile(r"[a-z0-9-]+_(media|hear|speak)_")
NAMESPACE = UUID("5c1f6c0e-9f0c-5d55-8e0b-7a6f2f1d3c11")
CAUSES = {
    1: EndCause.INVALID_NUMBER, 3: EndCause.INVALID_NUMBER, 16: EndCause.NORMAL, 17: EndCause.BUSY,
    18: EndCause.NO_ANSWER, 19: EndCause.NO_ANSWER, 20: EndCause.NO_ANSWER, 21: EndCause.REJECTED,
    22: EndCause.INVALID_NUMBER, 27: EndCause.CONGESTION, 28: EndCause.INVALID_NUMBER, 31: EndCause.NORMAL,
    34: EndCause.CONGESTION, 38: EndCause.CONGESTION, 41: EndCause.CONGESTION, 42: EndCause.CONGESTION,
    44: EndCause.CONGESTION, 52: EndCause.FORBIDDEN, 55: EndCause.FORBIDDEN, 57: EndCause.FORBIDDEN,
    102: EndCause.TIMEOUT,
}  # fmt: skip
"""ITU-T Q.850. What is not here is an error."""

VOLUME = "VOLUME(TX)"
"""A function of the channel: by what its phone hears all louder (func_volume.c)."""
FACTORS = {-6: "-2", 0: "0", 6: "2", 12: "4"}
"""By decibels: whole numbers, negative ones divide, and 0 leaves sound alone."""


class Refused(BridgeError):
    """Asterisk does not do what it was asked, mostly because what it is about is gone. The message is its
    own."""


def leg_of(key: str, unique_id: str) -> str:
    """Our name of a channel: channels that we made are called so; others get the same one whenever we look,
    so that a new process finds the calls of an old one."""
    return unique_id if is_placed(unique_id) else str(uuid5(NAMESPACE, f"{key}/{unique_id}"))


def is_own_channel(unique_id: str) -> bool:
    """Channels that a MeetingServer made, and that are no callers."""
    return OWN_CHANNEL.match(unique_id) is not None


def cause_of(q850: int, *, answered: bool) -> EndCause:
    if q850 == 0:
        return EndCause.NORMAL if answered else EndCause.NO_ANSWER
    if q850 == 127:
        return EndCause.NORMAL if answered else EndCause.ERROR
    return CAUSES.get(q850, EndCause.ERROR)


def known(text: str) -> str:
    """Asterisk writes what it does not know in words."""
    return "" if text in ("<unknown>", "unknown", "anonymous") else text
