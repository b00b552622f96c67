"""Tokens in the addresses of a bundle: who has one may have its files, for five minutes. PURE: key and time
are arguments.

`<key>.<expiry>.<viewer>.<signature>`: the id of the key, seconds since 1970, who watches, and HMAC-SHA256 in
url-safe base64 over these, the recording and its version, which the address tells itself.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import NamedTuple

LIFETIME_S = 5 * 60
SHAPE = re.compile(
    r"(?P<key>[0-9a-f]{8})\.(?P<expiry>[0-9]{1,12})\.(?P<viewer>[a-z0-9]{1,40})\.(?P<signature>[A-Za-z0-9_-]{43})",
    re.ASCII,
)
CONTEXT = b"meetingserver.streaming.tokens.1"


class Key(NamedTuple):
    """`id` is public: it says which of several keys signed."""

    id: str
    secret: bytes


class Pass(NamedTuple):
    """What a token is good for. `viewer`: `a` and the number of an account, or `g` for a guest."""

    recording: str
    version: int
    viewer: str


def key_derive(secret: str) -> Key:
    """The key of this one purpose, out of the server's secret."""
    derived = hmac.digest(secret.encode(), CONTEXT, hashlib.sha256)
    return Key(hashlib.sha256(b"id." + derived).hexdigest()[:8], derived)


def token_sign(granted: Pass, *, key: Key, now: int) -> str:
    """`now` in milliseconds since 1970."""
    signed = f"{key.id}.{now // 1000 + LIFETIME_S}.{granted.viewer}"
    return f"{signed}.{_signature(signed, granted, key)}"


def token_read(token: str, *, recording: str, version: int, keys: Iterable[Key], now: int) -> Pass | None:
    """None: it is not good for this version of this recording, or no longer."""
    found = SHAPE.fullmatch(token)
    if not found:
        return None
    key = next((key for key in keys if key.id == found["key"]), None)
    if key is None:
        return None
    granted = Pass(recording, version, found["viewer"])
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _signature(signed, granted, key)):
        return None
    return granted if now < int(found["expiry"]) * 1000 else None


def _signature(signed: str, granted: Pass, key: Key) -> str:
    over = f"{signed}.{granted.recording}.{granted.version}"
    digest = hmac.digest(key.secret, over.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
