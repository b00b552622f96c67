"""Tests of recording/timeline.py."""

from hypothesis import given
from hypothesis import strategies as st

from recording.timeline import Span, Timeline

PAUSED = Timeline([Span(1_000, 5_000), Span(9_000, 12_000)])


def test_a_pause_is_not_played() -> None:
    assert PAUSED.length == 7_000
    assert PAUSED.played(4_999) == 3_999
    assert PAUSED.played(5_000) is None
    assert PAUSED.played(9_000) == 4_000
    assert PAUSED.played(12_000) is None


def test_what_is_left_out_counts_as_what_comes_next() -> None:
    assert PAUSED.played_next(0) == 0
    assert PAUSED.played_next(7_000) == 4_000
    assert PAUSED.played_next(20_000) == 7_000


def test_a_moment_of_the_recording_was_captured_once() -> None:
    assert PAUSED.captured(0) == 1_000
    assert PAUSED.captured(4_000) == 9_000
    assert PAUSED.captured(70_000) == 12_000
    assert Timeline([]).captured(5) == 0


def test_cuts_take_away_beginning_middle_and_end() -> None:
    cut = PAUSED.without([Span(0, 2_000), Span(3_000, 10_000), Span(11_500, 99_000)])
    assert cut.spans == (Span(2_000, 3_000), Span(10_000, 11_500))


def test_a_cut_of_everything_leaves_nothing() -> None:
    assert PAUSED.without([Span(0, 99_000)]).length == 0


def test_a_stretch_falls_into_pieces() -> None:
    assert PAUSED.pieces(4_000, 10_000) == [Span(4_000, 5_000), Span(9_000, 10_000)]
    assert PAUSED.pieces(6_000, 8_000) == []


@given(st.integers(0, 6_999))
def test_both_clocks_lead_back_to_each_other(at: int) -> None:
    assert PAUSED.played(PAUSED.captured(at)) == at
