"""PURE. Values that go into what we ask of Janus, and those that come out of it."""

import re
import secrets
from hashlib import blake2b
from uuid import UUID, uuid5

NUMBER = re.compile(r"\+?[0-9]{3,20}")
NAMESPACE = UUID("0d0f6a52-51d4-5f0b-9a0e-3f6c7f0a9b7e")


def leg_of(key: str, room: str, participant: str, times: int) -> str:
    """Our name of a participant, whenever we look. `times` they were there before: who is called the same
    each time is another call each time."""
    again = f"/{times}" if times else ""
    return str(uuid5(NAMESPACE, f"{key}/{room}/{participant}{again}"))


def caller_of(display: str) -> tuple[str, str]:
    """The number and the name that a participant shows: it is one of them."""
    return (display, "") if NUMBER.fullmatch(display) else ("", display)


def our_prefix(key: str) -> str:
    """Of what our own participants are called. Whoever else takes such a name is thrown out."""
    return f"meetingserver:{key}:"


def our_name(key: str, purpose: str) -> str:
    return f"{our_prefix(key)}{purpose}:{secrets.token_hex(8)}"


def token_for(room: str, secret: str) -> str:
    """With this we come into a locked room; the same in our next process."""
    return blake2b(room.encode(), key=secret.encode()[:64], digest_size=16).hexdigest()
