"""Ten thousand conferences, brought to databases and a folder by workers that are killed again and again."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connections

from billing.delivery import target_deliver
from billing.mapping import Target, mapping_parse
from billing.models import Delivery, DeliveryState, Record
from billing.selectors import lag
from conferences.clock import now
from tests.billing.books import Books, billed, meeting_of_three
from tests.interop.test_killed_delivery import FILES

pytestmark = [pytest.mark.interop, pytest.mark.campaign, pytest.mark.django_db(transaction=True)]

CONFERENCES = 10_000
KILLS = 30


def _multiplied(targets: list[str]) -> None:
    """The records of one conference, as those of many."""
    first = billed(meeting_of_three(), targets=[])
    others = (_as_of(record, f"c{number:05}") for number in range(1, CONFERENCES) for record in first)
    records = [*first, *Record.objects.bulk_create(others, batch_size=1000)]
    deliveries = (Delivery(record=record, target=target) for record in records for target in targets)
    Delivery.objects.bulk_create(deliveries, batch_size=1000)


def _as_of(record: Record, conference: str) -> Record:
    def renamed(id: str) -> str:
        return id.replace("c1", conference, 1)

    names = {"id", "sibling"} & record.body.keys()
    return Record(
        id=f"{conference}{record.pk[:26]}",
        kind=record.kind,
        subject=renamed(record.subject),
        conference=conference,
        account=record.account,
        at=record.at,
        body={**record.body, **{name: renamed(record.body[name]) for name in names}},
    )


def _worker(target: Target) -> int:
    child = os.fork()
    if child:
        return child
    try:
        while lag([target.name]).waiting:
            target_deliver(target, now=now)
            time.sleep(0.1)
    finally:
        os._exit(0)


def _delivered_by_the_killed(target: Target) -> None:
    """Leases of the dead are taken over as if their time were up."""
    for kill in range(KILLS + 1):
        connections.close_all()
        child = _worker(target)
        if kill < KILLS:
            time.sleep(0.2 + kill % 5 / 4)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        Delivery.objects.filter(target=target.name, state=DeliveryState.WAITING).update(due_at=0)


@pytest.mark.parametrize("books", ["postgres", "mariadb"], indirect=True)
def test_every_row_of_ten_thousand_conferences_is_there_once(books: Books) -> None:
    _multiplied(["books"])
    _delivered_by_the_killed(books.target())
    assert (books.count(), books.count("ROOM_USE")) == (3 * CONFERENCES, CONFERENCES)
    assert books.count("wc_delivery") == 4 * CONFERENCES
    assert not Delivery.objects.exclude(state__in=("delivered", "unwanted")).exists()


def test_every_line_of_ten_thousand_conferences_is_there_once(tmp_path: Path) -> None:
    text = FILES.replace("FOLDER", str(tmp_path))
    _multiplied(["books"])
    _delivered_by_the_killed(mapping_parse(text, lambda _: "", name="billing.toml").targets["books"])
    assert len((tmp_path / "legs.csv").read_text().splitlines()) == 1 + 4 * CONFERENCES
    assert len((tmp_path / "rooms.csv").read_text().splitlines()) == 1 + CONFERENCES
