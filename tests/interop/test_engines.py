"""Databases that are down, silent, or cut us off."""

import socket
from collections.abc import Iterator

import pytest

from billing.delivery import target_deliver
from billing.models import Delivery, DeliveryState
from tests.billing.books import MAPPING, Books, billed, meeting_of_three
from tests.house import free_port

pytestmark = [pytest.mark.interop, pytest.mark.django_db]

NOW = 1_800_000_000_000
SERVERS = pytest.mark.parametrize("books", ["postgres", "mariadb"], indirect=True)


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where somebody listens who never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield int(listener.getsockname()[1])


def moved(books: Books, port: int) -> Books:
    here = str(books.engine.url.port)
    return Books(books.url.replace(f":{here}/", f":{port}/"))


def deliver(books: Books, now: int = NOW) -> int:
    return target_deliver(books.target(), now=lambda: now)


@SERVERS
def test_a_database_that_is_down_gets_everything_when_it_is_back(books: Books) -> None:
    billed(meeting_of_three())
    assert deliver(moved(books, free_port())) == 0
    first = Delivery.objects.order_by("pk")[0]
    assert (first.state, first.due_at > NOW) == (DeliveryState.WAITING, True)
    assert "only" not in first.failure
    assert deliver(books, first.due_at) == 4
    assert books.count() == 3


@SERVERS
def test_one_that_never_answers_is_given_up_on(books: Books, silent: int) -> None:
    billed(meeting_of_three())
    assert deliver(moved(books, silent)) == 0
    assert Delivery.objects.filter(state=DeliveryState.WAITING).count() == 4


@SERVERS
def test_who_is_cut_off_between_two_records_comes_back(books: Books) -> None:
    """The clock is asked between any two, so there the others are cut off."""
    billed(meeting_of_three())

    def cuts_off() -> int:
        if books.engine.name == "postgresql":
            books.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        else:
            with books.engine.connect() as connection:
                own = connection.exec_driver_sql("SELECT connection_id()").scalar()
                for (id,) in connection.exec_driver_sql(
                    "SELECT id FROM information_schema.processlist WHERE user = 'books'"
                ).all():
                    if id != own:
                        connection.exec_driver_sql(f"KILL {id}")
        return NOW

    target = books.target("none", MAPPING)  # one record at a time
    assert target_deliver(target, now=cuts_off) == 4
    assert books.count() == 3
