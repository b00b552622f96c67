"""The keys inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridges.keys import HOSTS, STAR_S, Key, Keypad


def pressed(keys: str, *, apart: float = 0.2) -> list[Key]:
    keypad = Keypad()
    meant = [keypad.press(key, at=number * apart) for number, key in enumerate(keys)]
    return [key for key in meant if key is not None]


@pytest.mark.parametrize("key", list(Key), ids=lambda key: key.name)
def test_a_star_and_a_digit_is_a_wish(key: Key) -> None:
    assert pressed(f"*{key.value}") == [key]


def test_digits_without_a_star_are_nothing() -> None:
    assert pressed("6#5") == []


def test_two_stars_are_a_cry_for_help() -> None:
    assert pressed("**") == [Key.HELP]


def test_wishes_may_follow_each_other() -> None:
    assert pressed("*6*6*5") == [Key.MUTE, Key.MUTE, Key.HAND]


def test_a_star_that_nothing_follows_was_a_slip() -> None:
    assert pressed("*6", apart=STAR_S + 0.1) == []
    assert pressed("**6", apart=STAR_S + 0.1) == []


def test_a_digit_without_meaning_forgets_the_star() -> None:
    assert pressed("*A6") == []
    assert pressed("*#6") == [Key.NAMES]
    assert pressed("*46") == [Key.VOLUME]


def test_hosts_have_keys_of_their_own() -> None:
    assert {Key.MUTE, Key.VOLUME}.isdisjoint(HOSTS)
    assert Key.LOCK in HOSTS


@given(st.lists(st.tuples(st.sampled_from("0123456789*#"), st.floats(0, 3)), max_size=30))
def test_whatever_is_pressed_wishes_are_no_more_than_stars(presses: list[tuple[str, float]]) -> None:
    keypad, at, wishes = Keypad(), 0.0, 0
    for digit, pause in presses:
        at += pause
        wishes += keypad.press(digit, at=at) is not None
    assert wishes <= sum(digit == "*" for digit, _ in presses)
