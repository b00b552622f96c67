"""Records are made once, put on their way with it, and corrected by others."""

import pytest

from billing.models import Delivery, Kind, Record
from billing.services import (
    conference_bill,
    conference_rebuild,
    conferences_unbilled,
    drafts_of,
    records_keep,
    room_bill,
)
from conferences import services as conference_services
from conferences.models import Conference, JournalEntry
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_an_ended_conference_becomes_records_on_their_way(ended: str) -> None:
    assert conferences_unbilled() == [ended]
    ended_at = Conference.objects.get().ended_at or 0
    assert (conferences_unbilled(since=ended_at), conferences_unbilled(since=ended_at + 1)) == ([ended], [])
    kept = conference_bill(ended, targets=["ledger", "csv"])
    assert [record.kind for record in kept] == [Kind.CONFERENCE, Kind.LEG, Kind.LEG]
    assert Delivery.objects.count() == 6
    assert conferences_unbilled() == []
    told = Record.objects.get(kind=Kind.LEG, body__participant="bob").body
    assert (told["duration_s"], told["type"], told["role"]) == (600, "web", "guest")


def test_of_what_has_no_journal_any_more_nothing_can_be_told(ended: str) -> None:
    JournalEntry.objects.all().delete()
    assert conferences_unbilled() == []


def test_nothing_is_billed_twice(ended: str) -> None:
    first = conference_bill(ended, targets=["ledger"])
    assert conference_bill(ended, targets=["ledger"]) == []
    assert conference_rebuild(ended, targets=["ledger"]) == []
    assert records_keep(drafts_of(ended), targets=["ledger"]) == []
    assert Delivery.objects.count() == len(first)


def test_what_was_lost_is_made_anew_the_same(ended: str) -> None:
    before = {record.pk: record.body for record in conference_bill(ended, targets=[])}
    Record.objects.all().delete()
    assert {record.pk: record.body for record in conference_rebuild(ended, targets=[])} == before


def test_a_correction_is_another_record(ended: str) -> None:
    conference_bill(ended, targets=["ledger"])
    kept = Record.objects.get(kind=Kind.LEG, body__participant="bob")
    Record.objects.filter(pk=kept.pk).update(body={**kept.body, "duration_s": 1})
    [correction] = conference_rebuild(ended, targets=["ledger"])
    assert (correction.version, correction.supersedes_id, correction.body) == (2, kept.pk, kept.body)


def test_what_runs_is_not_billed(ended: str) -> None:
    JournalEntry.objects.filter(conference=ended, event__contains="conference.ended").delete()
    with pytest.raises(ValueError, match="not ended"):
        conference_bill(ended, targets=[])
    assert not Record.objects.exists()


def test_half_of_the_records_are_never_kept(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the database has gone")

    monkeypatch.setattr(Delivery.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        conference_bill(ended, targets=["ledger"])
    assert not Record.objects.exists()


def test_what_ended_is_billed_before_its_room_is_deleted(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Conference.objects.get(pk=ended).room
    monkeypatch.setattr(conference_services, "_before_deletion", [])
    conference_services.before_deletion(lambda room: room_bill(room, now=BEGIN, targets=["ledger"]))
    conference_services.room_delete(room=room)
    assert not Conference.objects.exists()
    assert Record.objects.get(kind=Kind.CONFERENCE).subject == ended


def test_what_nobody_can_end_is_billed_until_its_room_is_deleted(ended: str) -> None:
    """Its server cannot be reached."""
    JournalEntry.objects.filter(conference=ended, event__contains="conference.ended").delete()
    Conference.objects.update(ended_at=None)
    room_bill(Conference.objects.get(pk=ended).room, now=BEGIN + 3_600_000, targets=[])
    record = Record.objects.get(kind=Kind.CONFERENCE)
    assert (record.at, record.body["end_reason"]) == (BEGIN + 3_600_000, "admin")
    assert record.body["port_minutes_web"] == 120
