"""What ended is billed, whatever was lost on the way; and what was billed is delivered."""

from pathlib import Path

import pytest
from pytest_django import Settings

from billing import tasks
from billing.models import Delivery, DeliveryState, Kind, Record
from conferences.clock import now
from conferences.models import Conference, JournalEntry
from tests.billing.books import Books, billed, mapping, meeting_of_three
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_what_nobody_billed_is_found(ended: str) -> None:
    tasks.look_after_conferences()
    assert not Record.objects.exists(), "that was years ago"
    tasks.look_back_at_conferences()
    tasks.look_back_at_conferences()
    assert Record.objects.filter(kind=Kind.CONFERENCE).get().subject == ended


def test_one_that_cannot_be_read_does_not_keep_others_waiting(ended: str) -> None:
    room = Conference.objects.get(pk=ended).room
    Conference.objects.create(id="broken", room=room, created_at=BEGIN, ended_at=BEGIN)
    assert not JournalEntry.objects.filter(conference="broken").exists()
    Conference.objects.update(ended_at=now())
    tasks.look_after_conferences()
    assert Record.objects.filter(kind=Kind.CONFERENCE).get().subject == ended


def test_each_target_for_which_something_waits_is_seen_to(settings: Settings, tmp_path: Path) -> None:
    books = Books(f"sqlite:///{tmp_path / 'books.sqlite3'}")
    books.open()
    settings.BILLING = mapping(books.url)
    billed(meeting_of_three())
    tasks.look_after_deliveries()
    assert books.count() == 3
    assert not Delivery.objects.filter(state=DeliveryState.WAITING).exists()
    books.close()


def test_without_a_mapping_nothing_is_done() -> None:
    billed(meeting_of_three())
    tasks.look_after_deliveries()
    assert not Delivery.objects.exclude(state=DeliveryState.WAITING).exists()
