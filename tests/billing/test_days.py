"""Days and recordings become records, once."""

import pytest
from msgspec.structs import replace

from billing import days
from billing.daily import Recorded, Stored
from billing.models import Delivery, Kind, Record
from billing.services import conference_bill, record_id
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
        stored = Stored(subscriber="alice", account="ACME", documents=1, document_bytes=bytes)
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


def test_a_day_in_the_end_without_use_is_corrected_to_nothing(ended: str) -> None:
    conference_bill(ended, targets=[])
    days.usage_keep(now=BEGIN + DAY_MS, targets=[])
    Record.objects.filter(kind=Kind.LEG).update(account="ACME")
    corrected = days.usage_keep(now=BEGIN + DAY_MS, targets=[])
    assert [(one.subject, one.version, one.body["legs"]) for one in corrected] == [
        ("/2023-11-14", 2, 0),
        ("ACME/2023-11-14", 1, 2),
    ]


def test_days_of_long_ago_are_made_anew_the_same(ended: str) -> None:
    conference_bill(ended, targets=[])
    [usage] = days.usage_keep(now=BEGIN + DAY_MS, targets=[])
    assert days.usage_keep(now=BEGIN + 400 * DAY_MS, since=0, targets=[]) == []
    Record.objects.filter(pk=usage.pk).delete()
    assert days.usage_keep(now=BEGIN + 400 * DAY_MS, targets=[]) == []
    [again] = days.usage_keep(now=BEGIN + 400 * DAY_MS, since=0, targets=[])
    assert (again.pk, again.at, again.body) == (usage.pk, usage.at, usage.body)


def test_a_recording_that_was_renamed_or_cut_is_rebuilt_the_same() -> None:
    days.recordings_keep([recorded()], targets=[])
    renamed = replace(recorded(), title="Chess", bytes=1, kept_until=5, account="OTHER")
    assert days.recordings_rebuild([renamed], targets=[]) == []
    [correction] = days.recordings_rebuild([replace(renamed, seconds=59)], targets=[])
    assert (correction.version, correction.body["seconds"], correction.body["title"]) == (2, 59, "Archery")
    for lost in Record.objects.order_by("-version"):
        lost.delete()
    [again] = days.recordings_rebuild([renamed], targets=[])
    assert (again.pk, again.body["title"]) == (record_id(Kind.RECORDING, "c-7", 1), "Chess")
