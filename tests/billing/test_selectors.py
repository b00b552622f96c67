"""What a host used, and how far deliveries are."""

import datetime as dt

import pytest

from auth_gateway.models import User
from billing.models import Delivery, DeliveryState
from billing.selectors import LATE_MS, conferences_held, lag, month_used, months_used, next_month
from billing.services import conference_bill, records_keep
from conferences.clock import now
from tests.billing.recorded import conference, recording, storage
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db

TARGETS = ["books", "csv"]
NOVEMBER = dt.date(2023, 11, 1)
DAY_MS = 86_400_000


def test_months_add_up_what_was_used(alice: User) -> None:
    records_keep(
        [
            conference("one", web=60, dialin=10, dialout=5, recorded_s=61),
            conference("two", web=30, at=BEGIN + DAY_MS),
            recording("r"),
            storage("a", 1000),
            storage("b", 500, at=BEGIN + DAY_MS),
            conference("later", web=1, at=BEGIN + 30 * DAY_MS),
        ],
        targets=[],
    )
    december, november = months_used(alice, most=12)
    assert (december.first, december.conferences) == (dt.date(2023, 12, 1), 1)
    assert november == month_used(alice, NOVEMBER)
    assert (november.conferences, november.web_minutes, november.phone_minutes) == (2, 90, 15)
    assert (november.recorded_minutes, november.recordings, november.stored_bytes) == (2, 1, 1000)
    assert [record.subject for record in conferences_held(alice, NOVEMBER)] == ["two", "one"]
    assert months_used(alice, most=1) == [december]
    assert months_used(alice, before=december.first, most=12) == [november]


def test_nobody_sees_anothers_use(alice: User, mallory: User) -> None:
    records_keep([conference("one")], targets=[])
    assert months_used(mallory, most=12) == []
    assert not conferences_held(mallory, NOVEMBER)
    assert month_used(mallory, NOVEMBER).conferences == 0


def test_a_correction_counts_instead_of_what_it_corrects(alice: User) -> None:
    records_keep([conference("one", web=60)], targets=[])
    records_keep([conference("one", web=50)], targets=[], correct=True)
    assert month_used(alice, NOVEMBER).web_minutes == 50


def test_a_real_conference_counts(alice: User, ended: str) -> None:
    conference_bill(ended, targets=[])
    [month] = months_used(alice, most=12)
    assert (month.conferences, month.web_minutes) == (1, 20)


def test_after_december_comes_january() -> None:
    assert next_month(dt.date(2023, 12, 1)) == dt.date(2024, 1, 1)


def test_what_waits_too_long_is_late() -> None:
    assert not lag(TARGETS).is_late(BEGIN)
    records_keep([conference("one")], targets=TARGETS)
    Delivery.objects.filter(target="csv").update(state=DeliveryState.DEAD)
    assert lag(["other"]).waiting == 0
    found = lag(TARGETS)
    since = Delivery.objects.get(target="books").since
    assert (found.waiting, found.dead, found.oldest_at) == (1, 1, since)
    assert (found.is_late(since + LATE_MS), found.is_late(since + LATE_MS + 1000)) == (False, True)


def test_what_speaks_of_long_ago_is_late_only_when_it_waits_long() -> None:
    """A day's usage is corrected a week later; a rebuild speaks of last year."""
    records_keep([conference("one", at=BEGIN)], targets=TARGETS)
    assert not lag(TARGETS).is_late(now())
    Delivery.objects.update(since=now() - LATE_MS - 1000)
    assert lag(TARGETS).is_late(now())
