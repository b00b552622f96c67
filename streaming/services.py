"""Writes of watching: giving tokens, and letting in by passcode. Each checks who asks."""

import time

from django.conf import settings
from django.urls import reverse

from auth_gateway.models import User
from auth_gateway.throttle import Limit, throttle_check_all
from recording.models import Recording
from streaming.selectors import passcode_mark, recording_behind_passcode
from streaming.tokens import Pass, key_derive, token_sign

WINDOW_S = 15 * 60
TRIES_OF_ONE_ADDRESS = 10
TRIES_OF_ALL = 200


def media_address(*, recording: Recording, user: User | None, now: int) -> str:
    """Where the bundle lies for five minutes; ends with a slash. For a recording that somebody got by
    `access_recording`."""
    viewer = f"a{user.pk}" if user else "g"
    granted = Pass(recording.pk, recording.version, viewer)
    token = token_sign(granted, key=key_derive(settings.SECRET_KEY), now=now)
    return reverse(
        "streaming:media", args=[token, recording.pk, recording.version, "manifest.json"]
    ).removesuffix("manifest.json")


def passcode_try(*, recording: str, passcode: str, caller: str) -> str | None:
    """What to remember of a right passcode; None: it is wrong, there is none, or it was tried too often. All
    three take one hashing."""
    limits = [
        Limit(f"recording.{recording}.{caller}", TRIES_OF_ONE_ADDRESS, WINDOW_S),
        Limit(f"recording.{recording}", TRIES_OF_ALL, WINDOW_S),
    ]
    may = throttle_check_all(limits, time.time())
    found = recording_behind_passcode(recording)
    if found is None:
        Recording().set_passcode(passcode)
        return None
    return passcode_mark(found) if found.is_passcode(passcode) and may else None
