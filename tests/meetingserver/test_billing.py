"""`manage.py billing`, as whoever runs the server uses it."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from billing import days, tasks
from billing.models import Record
from meetingserver.tasks import bill_recordings
from recording.models import Recording, Status
from tests.billing.books import MAPPING, Books, billed, mapping, meeting_of_three
from tests.billing.conftest import ended
from tests.conferences.meeting import BEGIN

__all__ = ["ended"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(settings: Settings, tmp_path: Path) -> Iterator[Books]:
    found = Books(f"sqlite:///{tmp_path / 'books.sqlite3'}")
    found.open()
    settings.BILLING = mapping(found.url)
    billed(meeting_of_three())
    yield found
    found.close()


def billing(*words: str) -> str:
    said = StringIO()
    call_command("billing", *words, stdout=said)
    return said.getvalue()


def test_check_says_that_all_is_well_or_fails(settings: Settings, books: Books) -> None:
    assert billing("check") == "Tried with 5 records.\nbooks (sqlite, ledger): all is well\n"
    settings.BILLING = mapping(books.url, text=MAPPING.replace("ANI =", "NUMBER ="))
    with pytest.raises(CommandError, match="Not everything would arrive"):
        billing("check")


def test_preview_shows_rows_and_delivers_nothing(books: Books) -> None:
    shown = billing("preview", "--last", "5")
    assert "CALL_DETAIL: ACCT_NO='ACME', CALL_TYPE='W', START_DT=2023-11-14T23:14:20+01:00" in shown
    assert "is not wanted there" in shown
    assert books.count() == 0


def test_deliver_and_replay(settings: Settings, books: Books) -> None:
    settings.BILLING = mapping(books.url, text=MAPPING.replace("lookup(lookups.types, '?')", "text"))
    assert billing("deliver") == "books: 1 delivered, 0 wait, 3 dead.\n"
    settings.BILLING = mapping(books.url)
    assert billing("replay") == "books: 4 wait.\n"
    assert billing("deliver") == "books: 3 delivered, 0 wait, 0 dead.\n"
    assert billing("replay", "--delivered", "--target", "books") == "books: 5 wait.\n"
    billing("deliver")
    assert (books.count(), books.count("ROOM_USE")) == (3, 1)
    assert billing("replay", "--delivered", "--since", "2030-01-01") == "books: 0 wait.\n"


def test_deliver_says_what_holds_it(books: Books) -> None:
    books.run("DROP TABLE CALL_DETAIL")
    assert "0 delivered, 4 wait, 0 dead. Held: there is no table CALL_DETAIL" in billing("deliver")


def test_what_no_target_keeps_apart_is_not_replayed(settings: Settings, books: Books) -> None:
    settings.BILLING = mapping(books.url, "none")
    with pytest.raises(CommandError, match="twice"):
        billing("replay", "--delivered")


def test_rebuild_makes_nothing_where_there_is_nothing() -> None:
    Record.objects.all().delete()
    said = billing("rebuild", "--since", "2020-01-01")
    assert said == "0 conferences, 0 recordings, 0 records new or corrected.\n"
    assert not Record.objects.exists()


def test_rebuild_gives_the_same_records_of_every_kind(ended: str) -> None:
    Record.objects.all().delete()
    Recording.objects.create(
        id=f"{ended}-3", conference_id=ended, status=Status.READY, started_at=BEGIN, stopped_at=BEGIN + 5_000,
        spans=[[BEGIN, BEGIN + 5_000]],
    )  # fmt: skip
    tasks.bill_conference(ended)
    bill_recordings()
    days.usage_keep(now=BEGIN + 86_400_000, targets=[])
    before = list(Record.objects.order_by("pk").values_list("pk", "at", "account", "body"))
    assert len(before) == 5
    assert "1 conferences, 1 recordings, 0 records" in billing("rebuild")
    Record.objects.all().delete()
    assert "1 conferences, 1 recordings, 5 records" in billing("rebuild")
    assert list(Record.objects.order_by("pk").values_list("pk", "at", "account", "body")) == before
    Record.objects.all().delete()
    assert "1 conferences, 1 recordings, 4 records" in billing("rebuild", "--conference", ended)


def test_what_is_not_understood_is_said(settings: Settings) -> None:
    with pytest.raises(CommandError, match="There is no target x; known are books"):
        billing("deliver", "--target", "x")
    with pytest.raises(CommandError, match="--since wants a day"):
        billing("replay", "--since", "yesterday")
    settings.BILLING = type(settings.BILLING)()
    with pytest.raises(CommandError, match="BILLING_MAPPING"):
        billing("check")
