"""Web and phone of one person find each other."""

from typing import NamedTuple

from billing.siblings import siblings


class Stay(NamedTuple):
    id: str
    person: str
    type: str
    joined_at: int
    left_at: int


def test_the_leg_that_overlaps_longest_is_the_sibling() -> None:
    legs = [
        Stay("w", "bob", "web", 0, 100),
        Stay("p", "bob", "dialin", 0, 10),
        Stay("q", "bob", "dialout", 20, 90),
    ]
    assert siblings(legs) == {"w": "q", "p": "w", "q": "w"}


def test_who_was_here_by_one_way_or_one_after_the_other_has_none() -> None:
    legs = [
        Stay("w", "bob", "web", 0, 10),
        Stay("p", "bob", "dialin", 10, 20),
        Stay("v", "bob", "web", 0, 20),
    ]
    assert siblings(legs[:2]) == {}
    assert siblings([legs[0], legs[2], Stay("x", "eve", "dialin", 0, 20)]) == {}
