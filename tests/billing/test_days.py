"""Days and recordings become records, once."""

import pytest

from billing import days
from billing.daily import Recorded, Stored
from billing.models import Delivery, Kind, Record
from billing.services import conference_bill
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db

DAY_MS = 86_400_000


def recorded(id: str = "c-7") -> Recorded:
    return Recorded(
        id=id, conference="c", title="Archery", room="123456789", subscriber="alice", account="ACME",
        started_at=BEGIN, stopped_at=BEGIN + 60_000, seconds=60, bytes=4_000, kept_until=0,
    )  # fmt: skip


def test_a_recording_is_kept_once() -> None:
    assert list(days.recordings_billed()) == []
    [kept] = days.recordings_keep([recorded()], targets=["books"])
    assert (kept.kind, kept.subject, kept.account) == (Kind.RECORDING, "c-7", "ACME")
    assert (kept.conference, kept.body["seconds"]) == ("c", 60)
    assert list(days.recordings_billed()) == ["c-7"]
    assert days.recordings_keep([recorded()], targets=["books"]) == []
    assert Delivery.objects.count() == 1


def test_what_is_stored_is_noted_once_a_day() -> None:
    def looked(now: int, bytes: int) -> int:
        stored = Stored(subscriber="alice", account="ACME", recordings=1, bytes=bytes)
        return len(days.storage_keep([stored], now=now, targets=[]))

    assert [looked(BEGIN, 10), looked(BEGIN + 1, 20), looked(BEGIN + DAY_MS, 30)] == [1, 0, 1]
    assert [record.body["bytes"] for record in Record.objects.filter(kind=Kind.STORAGE)] == [10, 30]
    assert Record.objects.filter(subject="ACME/alice/2023-11-14").exists()


def test_a_days_use_is_noted_when_it_is_over(ended: str) -> None:
    conference_bill(ended, targets=[])
    assert days.usage_keep(now=BEGIN, targets=[]) == []
    [usage] = days.usage_keep(now=BEGIN + DAY_MS, targets=[])
    assert (usage.subject, usage.body["peak_ports"]) == ("/2023-11-14", 2)
    assert days.usage_keep(now=BEGIN + DAY_MS, targets=[]) == []


def test_what_is_billed_late_corrects_the_day(ended: str) -> None:
    conference_bill(ended, targets=[])
    days.usage_keep(now=BEGIN + DAY_MS, targets=[])
    leg = Record.objects.filter(kind=Kind.LEG).first()
    assert leg is not None
    later = Record(
        id="late",
        kind=Kind.LEG,
        subject="late",
        at=leg.at,
        conference="other",
        body={**leg.body, "id": "late"},
    )
    later.save()
    [usage] = days.usage_keep(now=BEGIN + 2 * DAY_MS, targets=[])
    assert (usage.version, usage.body["legs"], usage.body["conferences"]) == (2, 3, 2)
