"""Numbers without padding."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media.numbering import Numbering


def test_numbers_stay_as_they_are_while_nothing_is_left_out() -> None:
    numbering = Numbering()
    assert [numbering.number(number) for number in (7, 8, 9)] == [7, 8, 9]


def test_what_is_left_out_leaves_no_hole() -> None:
    numbering = Numbering()
    numbering.number(7)
    numbering.leave_out(8)
    numbering.leave_out(9)
    assert numbering.number(10) == 8


def test_a_late_one_gets_the_number_that_was_kept_for_it() -> None:
    numbering = Numbering()
    numbering.number(7)
    numbering.leave_out(9)
    numbering.number(10)
    numbering.leave_out(11)
    assert numbering.number(8) == 8
    assert numbering.number(12) == 10


def test_numbers_are_known_by_their_lowest_bits() -> None:
    numbering = Numbering()
    numbering.number(65_540)
    assert numbering.unwrap(4) == 65_540
    assert numbering.unwrap(65_535) == 65_535


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_all_that_is_forwarded_is_numbered_one_by_one(padding: list[bool]) -> None:
    numbering = Numbering()
    given = []
    for number, is_padding in enumerate(padding, start=100):
        if is_padding:
            numbering.leave_out(number)
        else:
            given.append(numbering.number(number))
    assert given == list(range(100, 100 + len(given)))
