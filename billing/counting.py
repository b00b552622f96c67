"""Begun seconds, begun minutes, and how many there were at a time. Pure."""

from collections.abc import Iterable
from typing import Protocol

from conferences.core.words import Millis


def seconds(ms: Millis) -> int:
    return -(-ms // 1000)


def minutes(seconds: int) -> int:
    return -(-seconds // 60)


class Lasting(Protocol):
    @property
    def joined_at(self) -> Millis: ...

    @property
    def left_at(self) -> Millis: ...


def peak(legs: Iterable[Lasting]) -> int:
    """Most at the same time; who leaves in the moment another comes makes room."""
    changes = sorted(
        change for leg in legs for change in ((leg.joined_at, 1), (leg.left_at, -1)) if leg.left_at
    )
    now = peak = 0
    for _, change in changes:
        now += change
        peak = max(peak, now)
    return peak
