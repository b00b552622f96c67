"""Counts tries: codes, PINs and passwords are guessed slowly or not at all. The counts lie in Django's
cache, which all processes of a farm share. Whoever is throttled gets the answer, and waits the time, of a
plain failure."""

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """At most `tries` for one `key` in any `window_s` seconds (a count of two windows, the older one
    weighted)."""

    key: str
    tries: int
    window_s: int


def throttle_check(key: str, limit: int, window_s: int, now: float) -> bool:
    """Counts this try and says whether it may go on. Ask before the look-up that the try is about."""
    window, into_window = divmod(now, window_s)
    current = _count_one(_cache_key(key, window_s, int(window)), 2 * window_s)
    earlier = cache.get(_cache_key(key, window_s, int(window) - 1), 0)
    return bool(current + earlier * (1 - into_window / window_s) <= limit)


def throttle_check_all(limits: Iterable[Limit], now: float) -> bool:
    """Every limit counts the try, also after one of them has refused it."""
    answers = [throttle_check(limit.key, limit.tries, limit.window_s, now) for limit in limits]
    return all(answers)


def throttle_forget(key: str, window_s: int, now: float) -> None:
    """After a success: earlier failures of the same key no longer count."""
    window = int(now // window_s)
    cache.delete_many([_cache_key(key, window_s, window), _cache_key(key, window_s, window - 1)])


def throttle_take_back(limits: Iterable[Limit], now: float) -> None:
    """What came of this try was no failure: it does not count. Earlier ones do."""
    for limit in limits:
        with contextlib.suppress(ValueError):  # the cache was full and dropped it
            cache.decr(_cache_key(limit.key, limit.window_s, int(now // limit.window_s)))


def _count_one(cache_key: str, kept_s: int) -> int:
    cache.add(cache_key, 0, kept_s)
    try:
        return int(cache.incr(cache_key))
    except ValueError:  # the cache was full and dropped it between the two lines
        return 1


def _cache_key(key: str, window_s: int, window: int) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"throttle:{digest}:{window_s}:{window}"
