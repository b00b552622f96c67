"""One structure, wherever somebody was learnt of."""

import pytest

from auth_gateway.identity import Identity


@pytest.mark.parametrize(
    ("conferences", "may"), [(None, True), ((), False), (("hall",), True), (("123",), True), (("x",), False)]
)
def test_whoever_has_a_list_of_rooms_enters_those_alone(
    conferences: tuple[str, ...] | None, may: bool
) -> None:
    assert Identity(conferences=conferences).may_enter("hall", "123") is may


def test_nobody_is_host_of_every_room_there_is() -> None:
    assert not Identity(role="host").is_host_of("hall", "123")
    assert Identity(role="host", conferences=("hall",)).is_host_of("hall", "123")
    assert not Identity(role="presenter", conferences=("hall",)).is_host_of("hall", "123")
