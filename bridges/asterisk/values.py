"""PURE. Values that go into Asterisk's lines and those that come out of them."""

import re
from uuid import UUID, uuid5

from bridges.errors import BridgeError, InvalidValue
from bridges.types import EndCause

ROOM = re.compile(r"[0-9]{9}")
NUMBER = re.compile(r"\+?[0-9]{1,20}")
PLACED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
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


class Refused(BridgeError):
    """Asterisk does not do what it was asked, mostly because what it is about is gone. The message is its
    own."""


def checked_room(room: str) -> str:
    """Rooms are called as our access codes: nine digits."""
    if not ROOM.fullmatch(room):
        raise InvalidValue("A room is nine digits")
    return room


def checked_number(number: str, *, may_be_empty: bool = False) -> str:
    if not NUMBER.fullmatch(number) and not (may_be_empty and number == ""):
        raise InvalidValue("A number is digits, maybe with a leading +")
    return number


def is_ours(room: str) -> bool:
    """Other conferences of the same Asterisk are none of our business."""
    return ROOM.fullmatch(room) is not None


def leg_of(key: str, unique_id: str) -> str:
    """Our name of a channel: channels that we made are called so; others get the same one whenever we look,
    so that a new process finds the calls of an old one."""
    return unique_id if is_placed(unique_id) else str(uuid5(NAMESPACE, f"{key}/{unique_id}"))


def is_placed(unique_id: str) -> bool:
    """Channels of calls that we placed have the UUID of their leg as name, with its hyphens or without."""
    return PLACED.fullmatch(unique_id) is not None


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


def authority(host: str, port: int) -> str:
    """As it stands in addresses (RFC 3986, section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
