"""Values of Janus, and names in it."""

import pytest

from bridges.janus.values import caller_of, leg_of, our_name, our_prefix, token_for

ROOM = "123456789"


def test_a_participant_has_one_name_with_us_and_another_each_time_they_come_again() -> None:
    assert leg_of("janus", ROOM, "anna", 0) == leg_of("janus", ROOM, "anna", 0)
    others = {
        leg_of("janus", ROOM, "anna", 1),
        leg_of("other", ROOM, "anna", 0),
        leg_of("janus", "x", "anna", 0),
    }
    assert len(others | {leg_of("janus", ROOM, "anna", 0)}) == 4


@pytest.mark.parametrize(
    ("display", "number", "name"),
    [("+49301234", "+49301234", ""), ("Anna", "", "Anna"), ("12", "", "12"), ("", "", "")],
)
def test_what_a_participant_shows_is_a_number_or_a_name(display: str, number: str, name: str) -> None:
    assert caller_of(display) == (number, name)


def test_our_names_are_told_from_those_of_a_bridge_whose_key_begins_the_same() -> None:
    assert our_name("a", "watch").startswith(our_prefix("a"))
    assert our_name("a", "watch") != our_name("a", "watch")
    assert not our_name("a-b", "watch").startswith(our_prefix("a"))


def test_a_token_is_for_one_room_and_does_not_show_the_secret() -> None:
    assert token_for(ROOM, "secret") == token_for(ROOM, "secret")
    assert token_for(ROOM, "secret") not in {token_for("987654321", "secret"), token_for(ROOM, "other")}
    assert len(token_for(ROOM, "x" * 1000)) == len(token_for(ROOM, "")) == 32
