"""Who is heard, who is said to speak."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media.speakers import level, rank, smooth

LOUD, QUIET = 100.0, 30.0


def test_who_is_clearly_louder_is_heard_first() -> None:
    assert rank(("a", "b", "c"), {"a": QUIET, "b": QUIET, "c": LOUD}) == ("c", "a", "b")


def test_equally_loud_voices_keep_their_places() -> None:
    assert rank(("b", "a"), {"a": LOUD + 3, "b": LOUD}) == ("b", "a")


def test_silence_costs_nobody_their_place() -> None:
    assert rank(("b", "a"), {"a": QUIET, "b": QUIET}) == ("b", "a")


def test_newcomers_line_up_behind() -> None:
    assert rank(("b",), {"a": QUIET, "b": QUIET}) == ("b", "a")


def test_who_left_is_forgotten() -> None:
    assert rank(("b", "a"), {"a": QUIET}) == ("a",)


def test_loudness_rises_within_a_word_and_falls_within_seconds() -> None:
    loudness = 0.0
    for _ in range(10):
        loudness = smooth(loudness, 20)
    assert level(loudness) > 5
    for _ in range(200):
        loudness = smooth(loudness, 127)
    assert level(loudness) == 0


@given(st.floats(0, 127))
def test_levels_are_one_digit(loudness: float) -> None:
    assert 0 <= level(loudness) <= 9


@given(st.dictionaries(st.integers(), st.floats(0, 127)), st.lists(st.integers()))
def test_everybody_is_ranked_once(loudness: dict[int, float], order: list[int]) -> None:
    assert sorted(rank(list(dict.fromkeys(order)), loudness)) == sorted(loudness)
