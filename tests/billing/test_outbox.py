"""What waits for whom, and whose turn it is."""

import pytest

from billing import outbox
from billing.models import Delivery, DeliveryState, Record
from billing.selectors import lag
from tests.billing.books import billed, meeting_of_three

pytestmark = pytest.mark.django_db

NOW = 1_800_000_000_000
LEASE = 60_000


@pytest.fixture(autouse=True)
def _records() -> None:
    billed(meeting_of_three(), targets=["books", "files"])


def claim(now: int = NOW, most: int = 2) -> list[Delivery]:
    return outbox.deliveries_claim("books", most=most, now=now, lease_ms=LEASE)


def test_whoever_claims_has_the_first_in_order_and_nobody_else_any() -> None:
    claimed = claim()
    assert claimed == list(Delivery.objects.filter(target="books").order_by("pk")[:2])
    assert claim() == []
    assert outbox.targets_due(["books", "files", "unknown"], now=NOW) == ["files"]


def test_who_dies_over_it_is_followed_when_the_lease_is_over() -> None:
    first = claim()
    assert claim(NOW + LEASE - 1) == []
    again = claim(NOW + LEASE)
    assert again == first
    assert [one.tries for one in again] == [1, 1]


def test_what_is_done_makes_room_for_the_next() -> None:
    first = claim()
    outbox.deliveries_done(first, now=NOW)
    second = claim()
    assert {one.pk for one in first}.isdisjoint(one.pk for one in second)
    assert Delivery.objects.get(pk=first[0].pk).delivered_at == NOW


def test_what_is_held_keeps_its_order_and_waits_longer_each_time() -> None:
    pauses = []
    now = NOW
    for _ in range(12):
        claim(now)
        outbox.deliveries_hold("books", "down", now=now, chance=1)
        due_at = Delivery.objects.filter(target="books").order_by("pk")[0].due_at
        pauses.append((due_at - now) // 1000)
        now = due_at
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
    assert outbox.pause_ms(1, 0) == 3750
    assert outbox.failure_of("books") == "down"


def test_what_was_settled_meanwhile_stays_so() -> None:
    first, second = claim()
    outbox.delivery_dead(first, "too long")
    outbox.deliveries_done([first, second], now=NOW)
    assert Delivery.objects.get(pk=first.pk).state == DeliveryState.DEAD
    assert outbox.failure_of("books") == ""
    assert lag(["books"])[:2] == (3, 1)


def test_dead_letters_wait_again_when_they_are_replayed() -> None:
    first, second = claim()
    outbox.delivery_dead(first, "too long")
    outbox.deliveries_done([second], now=NOW)
    assert outbox.deliveries_replay(target="books", now=NOW) == 1
    assert claim()[0] == first
    assert outbox.deliveries_replay(target="books", now=NOW, delivered=True) == 1


def test_of_what_is_retried_only_dead_letters_wait_again_and_know_that_they_were_tried() -> None:
    first, second = claim()
    outbox.delivery_dead(first, "too long")
    outbox.deliveries_done([second], now=NOW)
    assert outbox.deliveries_retry(Delivery.objects.all(), now=NOW) == 1
    again = Delivery.objects.get(pk=first.pk)
    assert (again.state, again.failure, again.tries) == (DeliveryState.WAITING, "", 1)


def test_a_new_target_gets_what_was_there_before_it() -> None:
    since = Record.objects.order_by("-at")[0].at
    newer = Record.objects.filter(at__gte=since).count()
    assert outbox.deliveries_replay(target="another", now=NOW, since=since) == newer
    assert outbox.deliveries_replay(target="another", now=NOW) == 5 - newer
    assert outbox.deliveries_replay(target="another", now=NOW) == 0
