"""Places that a customer's people share."""

import pytest

from auth_gateway.models import Account, User
from conferences.core.rules import Reason, Refused
from conferences.models import Conference, Port, Room
from conferences.ports import (
    conferences_of_username,
    port_give_back,
    port_take,
    ports_clear,
    ports_in_use,
)
from conferences.services import conference_current, room_create
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(alice: User) -> Account:
    alice.account = "ACME"
    alice.save()
    return Account.objects.create(code="ACME", ports=3)


@pytest.fixture
def conference(room: Room) -> str:
    return conference_current(room.pk, now=BEGIN)


def take(conference: str, *people: str) -> list[bool]:
    return [port_take(conference=conference, participant=who) for who in people]


def is_full(conference: str, who: str) -> bool:
    with pytest.raises(Refused) as refused:
        take(conference, who)
    return refused.value.reason is Reason.ACCOUNT_FULL


@pytest.mark.usefixtures("acme")
def test_who_comes_when_all_places_are_taken_is_refused(conference: str) -> None:
    assert take(conference, "alice", "bob", "carol") == [True, True, True]
    assert is_full(conference, "dave")
    assert ports_in_use("ACME") == 3


@pytest.mark.usefixtures("acme")
def test_who_is_in_comes_back_though_all_are_taken(conference: str) -> None:
    take(conference, "alice", "bob", "carol")
    assert take(conference, "bob") == [False]


@pytest.mark.usefixtures("acme")
def test_who_has_left_makes_a_place(conference: str) -> None:
    take(conference, "alice", "bob", "carol")
    port_give_back(conference=conference, participant="bob")
    assert take(conference, "dave") == [True]


@pytest.mark.usefixtures("acme")
def test_all_conferences_of_a_customers_people_count_and_no_others(
    conference: str, alice: User, mallory: User
) -> None:
    take(conference, "alice", "bob")
    others = conference_current(room_create(owner=mallory)[0].pk, now=BEGIN)
    assert take(others, "a", "b", "c", "d") == [True] * 4
    second = conference_current(room_create(owner=alice)[0].pk, now=BEGIN)
    assert take(second, "carol") == [True]
    assert is_full(second, "dave")


@pytest.mark.usefixtures("acme")
def test_a_conference_that_is_over_takes_no_places(conference: str, alice: User) -> None:
    take(conference, "alice", "bob", "carol")
    Conference.objects.update(ended_at=BEGIN)
    second = conference_current(room_create(owner=alice)[0].pk, now=BEGIN)
    assert take(second, "dave") == [True]
    ports_clear(conference=conference)
    assert Port.objects.count() == 1


def test_without_a_limit_everybody_has_a_place(conference: str) -> None:
    assert all(take(conference, *(f"p{number}" for number in range(20))))


def test_where_somebody_is_can_be_found(conference: str) -> None:
    port_take(conference=conference, participant="p1", username="bob")
    assert conferences_of_username("bob") == [conference]
    assert conferences_of_username("carol") == []
    Conference.objects.update(ended_at=BEGIN)
    assert conferences_of_username("bob") == []
