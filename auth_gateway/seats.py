"""Seats: what a person admitted by a page shows to the websocket. PURE: key and time are arguments. A seat
is signed, not secret; it says who somebody is in one room, so that no message ever has to.

`1.<payload>.<signature>`, both url-safe base64: the payload is JSON, the signature HMAC-SHA256 over
`1.<payload>`."""

import base64
import binascii
import hashlib
import hmac
import re
from typing import Annotated, Literal

import msgspec

VERSION = "1"
SEAT_LIFETIME_MS = 24 * 60 * 60 * 1000
CLOCK_DIFFERENCE_MS = 60 * 1000
TOKEN_LENGTH = 4000
TOKEN_SHAPE = re.compile(r"1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}", re.ASCII)

SeatCode = Literal["malformed", "forged", "expired"]


class SeatRefused(Exception):
    """The token is no valid seat; `code` says why, for the log and for tests, never for the person."""

    def __init__(self, code: SeatCode) -> None:
        super().__init__(code)
        self.code = code


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`account` is empty for guests; `entitled`: may be host of this room; `presenter`: is presenter in it;
    `tenant`: on whose account they come; `issued_at` in milliseconds since 1970."""

    room: int
    participant: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    name: Annotated[str, msgspec.Meta(max_length=80)]
    account: Annotated[str, msgspec.Meta(max_length=150)]
    entitled: bool
    issued_at: int
    presenter: bool = False
    tenant: Annotated[str, msgspec.Meta(max_length=64)] = ""
    billing_code: Annotated[str, msgspec.Meta(max_length=64)] = ""


_decode = msgspec.json.Decoder(Seat).decode


def seat_sign(seat: Seat, key: bytes) -> str:
    signed = f"{VERSION}.{_to_text(msgspec.json.encode(seat))}"
    return f"{signed}.{_signature(signed, key)}"


def seat_read(token: str, key: bytes, now: int) -> Seat:
    """`now` in milliseconds since 1970. Raises SeatRefused."""
    if len(token) > TOKEN_LENGTH or not TOKEN_SHAPE.fullmatch(token):
        raise SeatRefused("malformed")
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _signature(signed, key)):
        raise SeatRefused("forged")
    seat = _payload(signed)
    if not -CLOCK_DIFFERENCE_MS <= now - seat.issued_at <= SEAT_LIFETIME_MS:
        raise SeatRefused("expired")
    return seat


def _payload(signed: str) -> Seat:
    try:
        return _decode(_from_text(signed.partition(".")[2]))
    except (binascii.Error, msgspec.DecodeError):
        raise SeatRefused("malformed") from None


def _signature(signed: str, key: bytes) -> str:
    return _to_text(hmac.digest(key, b"seat." + signed.encode(), hashlib.sha256))


def _to_text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _from_text(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
