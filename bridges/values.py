"""PURE. Values that go into every vendor's lines: what is let through breaks none of them."""

import re

from bridges.errors import InvalidValue

ROOM = re.compile(r"[0-9]{9}")
NUMBER = re.compile(r"\+?[0-9]{1,20}")
PLACED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def checked_room(room: str) -> str:
    """Rooms are called as our access codes: nine digits."""
    if not is_ours(room):
        raise InvalidValue("A room is nine digits")
    return room


def is_ours(room: object) -> bool:
    """Other rooms of the same server are none of our business."""
    return isinstance(room, str) and ROOM.fullmatch(room) is not None


def checked_number(number: str, *, may_be_empty: bool = False) -> str:
    if not NUMBER.fullmatch(number) and not (may_be_empty and number == ""):
        raise InvalidValue("A number is digits, maybe with a leading +")
    return number


def checked_leg(leg: str) -> str:
    """Of a call that we place: the vendor gives its channel this name."""
    if not is_placed(leg):
        raise InvalidValue("A leg is a UUID")
    return leg


def is_placed(channel: str) -> bool:
    """Channels of calls that we placed have the UUID of their leg as name, with its hyphens or without."""
    return PLACED.fullmatch(channel) is not None


def authority(host: str, port: int) -> str:
    """As it stands in addresses (RFC 3986, section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
