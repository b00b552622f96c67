import pytest

from bridges.errors import InvalidValue
from bridges.freeswitch.values import (
    authority,
    cause_of,
    checked_leg,
    checked_number,
    checked_room,
    is_own_channel,
    mark,
    milliseconds,
    own_channel,
)
from bridges.types import EndCause


def test_a_room_is_nine_digits() -> None:
    assert checked_room("123456789") == "123456789"
    for wrong in ("12345678", "1234567890", "12345678a", "123456789\n", ""):
        with pytest.raises(InvalidValue):
            checked_room(wrong)


def test_a_number_is_digits() -> None:
    assert checked_number("+49301") == "+49301"
    assert checked_number("", may_be_empty=True) == ""
    for wrong in ("", "1,2", "a", "+", "1}"):
        with pytest.raises(InvalidValue):
            checked_number(wrong)


def test_a_leg_is_a_uuid_in_its_usual_writing() -> None:
    leg = "11111111-2222-4333-8444-555555555555"
    assert checked_leg(leg) == leg
    for wrong in ("leg-9", leg.replace("-", ""), f"{leg},a=b"):
        with pytest.raises(InvalidValue):
            checked_leg(wrong)


def test_channels_of_our_sound_are_known_by_their_names_and_guessed_by_nobody() -> None:
    ours, theirs = own_channel("fs"), own_channel("other-fs")
    assert is_own_channel(ours)
    assert is_own_channel(theirs)
    assert is_own_channel(ours, "fs")
    assert not is_own_channel(theirs, "fs")
    assert not is_own_channel("34fca2a2-ff59-4b2a-b008-69d7651d0deb")
    assert own_channel("fs") != ours


def test_a_mark_never_breaks_the_list_of_applications() -> None:
    assert mark("+493012") == "+493012"
    assert mark("set:a=b,park:") == mark("") == "unknown"


def test_causes_have_our_words_and_unknown_ones_are_errors() -> None:
    assert cause_of("USER_BUSY") is EndCause.BUSY
    assert cause_of("CALL_REJECTED") is EndCause.REJECTED
    assert cause_of("CRASH") is EndCause.ERROR


def test_times_are_milliseconds_and_what_did_not_happen_is_0() -> None:
    assert milliseconds("1795331348375206") == 1795331348375
    assert milliseconds("0") == milliseconds("") == 0


def test_addresses_of_ipv6_are_in_brackets() -> None:
    assert authority("::1", 5090) == "[::1]:5090"
    assert authority("127.0.0.1", 5090) == "127.0.0.1:5090"
