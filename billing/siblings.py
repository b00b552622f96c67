"""Who is here by web and by phone at once: the two legs that one row may hold. Pure."""

from collections.abc import Sequence
from typing import Protocol

from billing.counting import Lasting
from conferences.core.words import Millis


class Staying(Lasting, Protocol):
    """A leg of somebody, by web or by phone."""

    @property
    def id(self) -> str: ...

    @property
    def person(self) -> str: ...

    @property
    def type(self) -> str: ...


def siblings(legs: Sequence[Staying]) -> dict[str, str]:
    """Of each leg, by its id, the one of the same person by the other way that overlaps longest, the first of
    equals; none of those that are alone."""
    found: dict[str, str] = {}
    for leg in legs:
        others = [one for one in legs if one.person == leg.person and _is_web(one) != _is_web(leg)]
        best = max(others, key=lambda other: _overlap(leg, other), default=None)
        if best is not None and _overlap(leg, best) > 0:
            found[leg.id] = best.id
    return found


def _is_web(leg: Staying) -> bool:
    return leg.type == "web"


def _overlap(leg: Lasting, other: Lasting) -> Millis:
    return min(leg.left_at, other.left_at) - max(leg.joined_at, other.joined_at)
