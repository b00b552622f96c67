"""What may be dialled: ordinary numbers at home, and what somebody allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridges.numbers import NotAllowed, NotANumber, NumberRefused, dialable, full_number, masked


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("030 901820", "+4930901820"),
        ("(030) 90-18-20", "+4930901820"),
        ("0049 30 901820", "+4930901820"),
        ("+49 151 23456789", "+4915123456789"),
        ("0800 3301000", "+498003301000"),
    ],
)
def test_ordinary_numbers_at_home_may_be_called(written: str, full: str) -> None:
    assert dialable(written, home="DE") == full


@pytest.mark.parametrize(
    "written", ["+33 1 42 68 53 00", "0043 1 58858", "+1 876 9220000", "+881 6 12345678"]
)
def test_abroad_may_not_be_called(written: str) -> None:
    with pytest.raises(NotAllowed):
        dialable(written, home="DE")


@pytest.mark.parametrize("written", ["0900 5 123456", "+49 180 5 123456", "0137 1234567"])
def test_what_costs_more_may_not_be_called(written: str) -> None:
    with pytest.raises(NotAllowed):
        dialable(written, home="DE")


def test_a_country_that_shares_its_code_with_home_is_abroad() -> None:
    assert dialable("+1 212 736 5000", home="US")
    with pytest.raises(NotAllowed):
        dialable("+1 876 922 0000", home="US")


def test_what_was_allowed_may_be_called() -> None:
    assert dialable("+33 1 42 68 53 00", home="DE", allowed=["+33"]) == "+33142685300"
    assert dialable("0180 5 123456", home="DE", allowed=["+49180"]) == "+491805123456"


def test_to_allow_a_country_does_not_allow_what_costs_more_there() -> None:
    with pytest.raises(NotAllowed):
        dialable("+33 899 123 456", home="DE", allowed=["+33"])
    assert dialable("+33 899 123 456", home="DE", allowed=["+33899"]) == "+33899123456"


def test_without_a_home_only_what_was_allowed_may_be_called() -> None:
    with pytest.raises(NotAllowed):
        dialable("+49 30 901820", home="")
    assert dialable("+49 30 901820", home="", allowed=["+4930"]) == "+4930901820"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1",
        "030",
        "+49",
        "110",
        "0900FLOWERS",
        "+49 30 901820;ext=7",
        "+49 30 901820\r\nX: y",
        "+49{30}901820",
        "+49 30 901820,,1",
        "sip:+4930901820@evil.example",
        "٠٣٠٩٠١٨٢٠",
        "0" * 60,
        "+999 123456789",
    ],
)
def test_what_is_no_number_is_not_called(written: str) -> None:
    with pytest.raises(NotANumber):
        dialable(written, home="DE")


@given(st.text(max_size=50), st.sampled_from(["", "DE", "US"]))
def test_whatever_is_written_a_number_comes_out_or_a_refusal(written: str, home: str) -> None:
    try:
        full = dialable(written, home=home)
    except NumberRefused:
        return
    assert full.startswith("+")
    assert full[1:].isascii()
    assert full[1:].isdigit()


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+4930123456", "+49 … 456"), ("030123456", "… 456"), ("", ""), ("anonymous", ""), ("12", "… 12")],
)
def test_people_see_the_beginning_and_the_end(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("given", "full"),
    [("030901820", "+4930901820"), ("+4930901820", "+4930901820"), ("204", "204"), ("", "")],
)
def test_what_the_network_gave_is_written_in_full_if_it_can_be(given: str, full: str) -> None:
    assert full_number(given, home="DE") == full
