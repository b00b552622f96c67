"""What goes into a vendor's lines is safe."""

from uuid import uuid4

import pytest

from bridges.errors import InvalidValue
from bridges.values import authority, checked_leg, checked_number, checked_room, is_ours, is_placed

LEG = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize("room", ["", "12345678", "1234567890", "12345678x", "123456789\n", "١٢٣٤٥٦٧٨٩"])
def test_a_room_is_nine_digits(room: str) -> None:
    assert checked_room("123456789") == "123456789"
    assert not is_ours(room)
    with pytest.raises(InvalidValue):
        checked_room(room)


def test_rooms_with_other_names_are_not_ours() -> None:
    assert is_ours("123456789")
    assert not is_ours("demo")
    assert not is_ours(123456789)


@pytest.mark.parametrize("number", ["", "+", "49 30", "49@trunk", "4930\r\n", "1,2", "1}", "a", "0" * 21])
def test_a_number_is_digits(number: str) -> None:
    assert checked_number("+4930123") == "+4930123"
    with pytest.raises(InvalidValue):
        checked_number(number)
    assert checked_number("", may_be_empty=True) == ""


def test_a_leg_is_a_uuid_with_hyphens_or_without() -> None:
    for leg in (LEG, uuid4().hex):
        assert checked_leg(leg) == leg
        assert is_placed(leg)
    for wrong in ("leg-9", uuid4().hex[1:], f"{LEG}\n", f"{LEG},a=b", str(uuid4()).upper()):
        assert not is_placed(wrong)
        with pytest.raises(InvalidValue):
            checked_leg(wrong)


def test_addresses_of_both_kinds_are_written_as_in_urls() -> None:
    assert authority("pbx.example", 80) == "pbx.example:80"
    assert authority("2001:db8::1", 80) == "[2001:db8::1]:80"
