import pytest

from auth_gateway.identity import Identity
from auth_gateway.models import User
from auth_gateway.selectors import user_first_admin, user_is_vouched_for, users_running_out
from auth_gateway.services import user_create, user_vouched_for


@pytest.mark.django_db
def test_a_fresh_server_has_no_admin() -> None:
    assert user_first_admin() is None


@pytest.mark.usefixtures("alice")
def test_the_first_admin_is_the_one_who_was_there_first(admin: User) -> None:
    user_create(username="zoe", password=None, is_admin=True)
    assert user_first_admin() == admin


def holds(username: str = "alice", *, since: int = 1000, now: int = 2000, grace: int = 0) -> bool:
    return user_is_vouched_for(username=username, since_ms=since, now_ms=now, grace_s=grace)


def test_a_seat_holds_until_its_holder_is_signed_out(alice: User) -> None:
    assert holds()
    assert not holds("nobody")
    alice.signed_out_at = 1500
    alice.save()
    assert not holds()
    assert holds(since=1600)
    alice.is_active = False
    alice.save()
    assert not holds(since=1600)


def test_a_seat_holds_while_somebody_vouches_and_a_while_longer(alice: User) -> None:
    alice.expires_at = 10
    alice.save()
    assert holds(now=10_000)
    assert not holds(now=10_001)
    assert holds(now=15_000, grace=5)
    assert not holds(now=15_001, grace=5)


def test_those_are_asked_about_whose_time_is_nearly_over(alice: User) -> None:
    people = [user_vouched_for(identity=Identity(user_id=f"u{at}", expires_at=at)) for at in (0, 90, 110)]
    names = [alice.username, *(user.username for user in people)]
    assert users_running_out(names, by_s=100.5) == [people[1]]
