"""Begun is begun."""

from billing.counting import minutes, peak, seconds
from billing.daily import Stay


def test_what_is_begun_counts() -> None:
    assert [seconds(ms) for ms in (0, 1, 1000, 1001)] == [0, 1, 1, 2]
    assert [minutes(s) for s in (0, 1, 60, 61)] == [0, 1, 1, 2]


def test_who_leaves_in_the_moment_another_comes_makes_room() -> None:
    assert peak([Stay("c", "", "web", 0, 10), Stay("c", "", "web", 10, 20), Stay("c", "", "web", 5, 15)]) == 2
    assert peak([]) == 0
