"""What goes into Asterisk's lines is safe, and what comes out is understood."""

from uuid import uuid4

import pytest

from bridges.asterisk.values import (
    authority,
    cause_of,
    checked_number,
    checked_room,
    is_ours,
    is_own_channel,
    is_placed,
    known,
    leg_of,
)
from bridges.errors import InvalidValue
from bridges.types import EndCause


@pytest.mark.parametrize("room", ["", "12345678", "1234567890", "12345678x", "123456789\n", "١٢٣٤٥٦٧٨٩"])
def test_a_room_is_nine_digits(room: str) -> None:
    assert checked_room("123456789") == "123456789"
    assert not is_ours(room)
    with pytest.raises(InvalidValue):
        checked_room(room)


@pytest.mark.parametrize("number", ["", "+", "49 30", "49@trunk", "4930\r\n", "0" * 21])
def test_a_number_is_digits(number: str) -> None:
    assert checked_number("+4930123") == "+4930123"
    with pytest.raises(InvalidValue):
        checked_number(number)
    assert checked_number("", may_be_empty=True) == ""


def test_a_call_has_the_same_name_whenever_we_look() -> None:
    assert leg_of("pbx", "1795330768.15") == leg_of("pbx", "1795330768.15")
    assert leg_of("pbx", "1795330768.15") != leg_of("other", "1795330768.15")


def test_a_call_that_we_placed_is_called_as_we_called_it() -> None:
    for leg in (str(uuid4()), uuid4().hex):
        assert leg_of("pbx", leg) == leg
        assert is_placed(leg)
    for other in ("1795330768.15", "", uuid4().hex[1:], f"{uuid4()}\n", str(uuid4()).upper()):
        assert not is_placed(other)


def test_our_own_channels_are_no_callers() -> None:
    assert is_own_channel("pbx_media_0")
    assert not is_own_channel(str(uuid4()))


@pytest.mark.parametrize(
    ("q850", "answered", "cause"),
    [
        (16, True, EndCause.NORMAL),
        (17, False, EndCause.BUSY),
        (21, False, EndCause.REJECTED),
        (0, False, EndCause.NO_ANSWER),
        (0, True, EndCause.NORMAL),
        (127, True, EndCause.NORMAL),
        (127, False, EndCause.ERROR),
        (99, True, EndCause.ERROR),
    ],
)
def test_causes_are_those_of_the_telephone_network(q850: int, answered: bool, cause: EndCause) -> None:
    assert cause_of(q850, answered=answered) == cause


def test_what_asterisk_does_not_know_is_empty() -> None:
    assert [known(text) for text in ("<unknown>", "anonymous", "+4930")] == ["", "", "+4930"]


def test_addresses_of_both_kinds_are_written_as_in_urls() -> None:
    assert authority("pbx.example", 80) == "pbx.example:80"
    assert authority("2001:db8::1", 80) == "[2001:db8::1]:80"
