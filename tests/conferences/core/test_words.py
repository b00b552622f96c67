"""The vocabulary: ranks, and policies whose bounds hold."""

import msgspec
import pytest

from conferences.core.words import IdOrEmpty, ParticipantId, Policy, Role


def test_each_role_may_do_all_that_the_ones_before_it_may() -> None:
    ranks = [role.rank for role in (Role.WAITING, Role.GUEST, Role.PRESENTER, Role.HOST)]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    "wish",
    [{"seats": 0}, {"length_s": -1}, {"seat_s": 8 * 86_400}, {"host_leaves": "explode"}, {"colour": "red"}],
)
def test_a_policy_has_bounds(wish: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wish, Policy)


def test_an_id_may_be_empty_only_where_somebody_may_be_nobody() -> None:
    assert msgspec.convert("", IdOrEmpty) == ""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("", ParticipantId)
