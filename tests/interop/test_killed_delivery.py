"""Whoever delivers is killed at each step of the way, begins anew, and every row is there once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from billing.delivery import target_deliver
from billing.mapping import Target, mapping_parse
from billing.models import Delivery, DeliveryState, Record
from tests.billing.books import Books, billed, meeting_of_three
from tests.billing.killing import killed_at

pytestmark = [pytest.mark.interop, pytest.mark.django_db(transaction=True)]

NOW = 1_800_000_000_000
UNSETTLED = (DeliveryState.WAITING, DeliveryState.DEAD)
LATER = 20 * 60_000
"""Longer than any lease and any pause."""
FILES = """
[target.books]
url = "csv://FOLDER"
[[target.books.table]]
name = "legs.csv"
record = "leg"
columns = { WHO = "leg.participant", MINUTES = "leg.duration_s | ceil_minutes" }
[[target.books.table]]
name = "rooms.csv"
record = "conference"
columns = { ROOM = "conference.room" }
"""


def kills(target: Callable[[], Target], anew: Callable[[], None], check: Callable[[], None]) -> int:
    """At each step; returns how many there were."""
    for step in range(100):
        anew()
        Delivery.objects.all().delete()
        Record.objects.all().delete()
        billed(meeting_of_three())
        killed = killed_at(step, lambda: target_deliver(target(), now=lambda: NOW))
        for again in range(1, 5):
            time = NOW + again * LATER
            target_deliver(target(), now=lambda time=time: time)  # type: ignore[misc] # of this round
        assert not Delivery.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.DEAD]).exists(), (
            step
        )
        check()
        if not killed:
            return step
    raise AssertionError("it never came to its end")


SLOW = [
    *[("postgres", "key"), ("mariadb", "key")],
    *[("sqlite", "none"), ("postgres", "none"), ("mariadb", "none")],
]


@pytest.mark.parametrize(
    ("books", "mode"),
    [
        *[("sqlite", "ledger"), ("sqlite", "key"), ("postgres", "ledger"), ("mariadb", "ledger")],
        *[pytest.param(*one, marks=pytest.mark.campaign) for one in SLOW],
    ],
    indirect=["books"],
)
def test_every_row_is_there_once(books: Books, mode: str) -> None:
    def check() -> None:
        found = (books.count(), books.count("ROOM_USE"))
        if mode == "none":  # at least once is all it promises
            assert found in ((3, 1), (4, 1), (3, 2))
        else:
            assert found == (3, 1)

    steps = kills(lambda: books.target(mode), lambda: books.open(unique=mode == "key"), check)
    assert steps > 12


@pytest.mark.campaign
def test_every_line_is_there_once(tmp_path: Path) -> None:
    text = FILES.replace("FOLDER", str(tmp_path))

    def anew() -> None:
        for file in tmp_path.iterdir():
            file.unlink()

    def check() -> None:
        lines = (tmp_path / "legs.csv").read_text().splitlines()
        assert sorted(lines) == ["WHO,MINUTES", "alice,9", "bob,7", "bob,8", "carol,2"]
        assert (tmp_path / "rooms.csv").read_text().splitlines() == ["ROOM", "123456789"]

    target = mapping_parse(text, lambda _: "", name="billing.toml").targets["books"]
    assert kills(lambda: target, anew, check) > 12
