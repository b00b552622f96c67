"""Records on their way to a target that behaves as it is told."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from billing.delivery import target_deliver
from billing.mapping import Target
from billing.models import Delivery, DeliveryState
from billing.targets.port import Held, Parcel, Port, Refused
from tests.billing.books import MAPPING, billed, mapping, meeting_of_three

pytestmark = pytest.mark.django_db

NOW = 1_800_000_000_000


class Shelf:
    """Takes parcels; `weather` may raise before it does."""

    def __init__(self, most: int = 100, weather: Callable[[Sequence[Parcel]], None] = lambda _: None) -> None:
        self.most, self.weather = most, weather
        self.held: list[str] = []
        self.is_open = True

    def deliver(self, parcels: Sequence[Parcel]) -> None:
        self.weather(parcels)
        self.held += [str(row.values.get("DESCR", "room")) for parcel in parcels for row in parcel.rows]

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def target() -> Target:
    billed(meeting_of_three())
    return mapping("sqlite://").targets["books"]


def deliver(target: Target, shelf: Port, now: int = NOW) -> int:
    return target_deliver(target, now=lambda: now, opening=lambda _: shelf)


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("most", [1, 2, 100])
def test_all_arrive_in_order(target: Target, most: int) -> None:
    shelf = Shelf(most)
    assert deliver(target, shelf) == 4
    assert shelf.held == ["room", "123456789 Alice", "123456789 Bob", "123456789 Carol"]
    assert not shelf.is_open
    assert deliver(target, shelf) == 0


@pytest.mark.parametrize("most", [1, 2, 100])
def test_one_that_is_refused_is_found_and_keeps_nobody_waiting(target: Target, most: int) -> None:
    def refuses_bob(parcels: Sequence[Parcel]) -> None:
        if any("Bob" in str(row.values.get("DESCR")) for parcel in parcels for row in parcel.rows):
            raise Refused("no Bobs here")

    shelf = Shelf(most, refuses_bob)
    assert deliver(target, shelf) == 3
    assert shelf.held == ["room", "123456789 Alice", "123456789 Carol"]
    assert Delivery.objects.get(state=DeliveryState.DEAD).failure == "no Bobs here"


def test_a_target_that_is_down_for_a_day_gets_everything_then(target: Target) -> None:
    def down(_: Sequence[Parcel]) -> None:
        raise Held("down")

    now, tries = NOW, 0
    while now < NOW + 24 * 3_600_000:
        assert deliver(target, Shelf(weather=down), now) == 0
        now = Delivery.objects.filter(state=DeliveryState.WAITING).order_by("pk")[0].due_at
        tries += 1
    assert 96 <= tries < 140
    shelf = Shelf()
    assert deliver(target, shelf, now) == 4
    assert len(shelf.held) == 4


def test_who_cannot_be_opened_holds_everything(target: Target) -> None:
    def no_driver(_: Target) -> Port:
        raise Held("the driver is not installed")

    assert target_deliver(target, now=lambda: NOW, opening=no_driver) == 0
    first = Delivery.objects.order_by("pk")[0]
    assert (first.failure, first.due_at > NOW) == ("the driver is not installed", True)


def test_an_error_of_ours_loses_nothing_and_is_heard_of(target: Target) -> None:
    def broken(_: Sequence[Parcel]) -> None:
        raise KeyError("geheim")

    with pytest.raises(KeyError):
        deliver(target, Shelf(weather=broken))
    assert (states().count("waiting"), states().count("unwanted")) == (4, 1)
    assert Delivery.objects.order_by("pk")[0].failure == "failed here: KeyError"


def test_a_column_that_cannot_be_worked_out_is_a_dead_letter(target: Target) -> None:
    text = MAPPING.replace("leg.duration_s | ceil_minutes", "1 / (leg.duration_s - 120)")
    assert deliver(replace(mapping("sqlite://", text=text).targets["books"]), Shelf()) == 3
    dead = Delivery.objects.get(state=DeliveryState.DEAD)
    assert dead.failure == "CALL_DETAIL, BILL_MIN: this cannot be calculated"
    assert states().count("unwanted") == 1


def test_what_was_on_its_way_before_says_so(target: Target) -> None:
    again: list[bool] = []

    def down(parcels: Sequence[Parcel]) -> None:
        again.append(parcels[0].again)
        raise Held("down")

    deliver(target, Shelf(weather=down))
    deliver(target, Shelf(weather=down), NOW + 60_000)
    assert again == [False, True]


def test_a_run_ends_when_its_time_is_over(target: Target) -> None:
    ticks = iter(range(NOW, NOW + 10**9, 40_000))
    assert target_deliver(target, now=lambda: next(ticks), opening=lambda _: Shelf(1)) < 4
