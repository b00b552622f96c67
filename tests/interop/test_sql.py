"""Rows in databases that are somebody's: each once, whatever happens on the way."""

import threading
from datetime import UTC, datetime

import pytest

from billing.delivery import target_deliver
from billing.mapping import Target
from billing.models import Delivery, DeliveryState, Record
from billing.outbox import deliveries_retry
from billing.targets.port import Held, Parcel, Refused
from billing.targets.sql import SqlPort
from tests.billing.books import MAPPING, Books, billed, meeting_of_three

pytestmark = [pytest.mark.interop, pytest.mark.django_db]

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOW = 1_800_000_000_000
CALLS = [
    ("ACME", "W", "2023-11-14", "23:13:20", 9, "123456789 Alice", None, 0, "N"),
    ("ACME", "W", "2023-11-14", "23:14:20", 8, "123456789 Bob", "4930123", 7, "N"),
    ("ACME", "I", "2023-11-14", "23:20:20", 2, "123456789 Carol", "4989555", 0, "N"),
]
MODES = ("ledger", "key", "none")


def deliver(books: Books, mode: str = "ledger", text: str = MAPPING, now: int = NOW) -> int:
    return target_deliver(books.target(mode, text), now=lambda: now)


def states() -> list[tuple[str, str]]:
    return list(Delivery.objects.values_list("record__kind", "state"))


@pytest.mark.parametrize("mode", MODES)
def test_web_and_telephone_of_one_person_are_one_row(books: Books, mode: str) -> None:
    billed(meeting_of_three())
    assert deliver(books, mode) == 4
    assert books.calls() == CALLS
    assert books.rooms() == [("123456789", 26.0)]
    assert sorted(states()) == [
        ("conference", "delivered"),
        *[("leg", "delivered")] * 3,
        ("leg", "unwanted"),
    ]


@pytest.mark.parametrize("mode", ["ledger", "key"])
def test_what_was_delivered_and_forgotten_is_not_delivered_twice(books: Books, mode: str) -> None:
    billed(meeting_of_three())
    deliver(books, mode)
    Delivery.objects.update(state=DeliveryState.WAITING, due_at=0)
    assert deliver(books, mode) == 4
    assert (books.calls(), books.rooms()) == (CALLS, [("123456789", 26.0)])


def test_several_workers_with_the_same_records_store_each_once(books: Books) -> None:
    billed(meeting_of_three())
    target = books.target()
    parcels = [_parcel(target, number) for number in range(200)]
    failures: list[Exception] = []

    def work() -> None:
        port = SqlPort(target)
        try:
            for first in range(0, 200, 20):
                _patiently(port, parcels[first : first + 20])
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        finally:
            port.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert (books.count(), books.count("wc_delivery")) == (200, 200)


def _patiently(port: SqlPort, parcels: list[Parcel]) -> None:
    """As the outbox does: what is held is tried again, what is refused in parts."""
    for _ in range(50):
        try:
            return port.deliver(parcels)
        except Held:
            continue
        except Refused:
            assert len(parcels) > 1
            for parcel in parcels:
                _patiently(port, [parcel])
            return None
    raise AssertionError("held for ever")


def _parcel(target: Target, number: int) -> Parcel:
    id = f"{number:032}"
    leg = {"type": "web", "duration_s": 60, "display_name": "Zoë – 会議", "joined_at": MORNING}
    context = {"record": {"id": id}, "leg": leg, "conference": {"room": "1"}, "account": {}}
    return Parcel(id, 1, 0, again=False, rows=target.rows("leg", context))


def test_what_does_not_fit_goes_to_the_dead_letters_and_nothing_waits_for_it(books: Books) -> None:
    billed(meeting_of_three())
    name = f"(leg.display_name + ('x' if leg.display_name != 'Bob' else '{'y' * 40}'))"
    text = MAPPING.replace("leg.display_name | left(40)", name)
    assert deliver(books, text=text) == 3
    assert [call[5] for call in books.calls()] == ["123456789 Alicex", "123456789 Carolx"]
    [dead] = Delivery.objects.filter(state=DeliveryState.DEAD)
    assert dead.failure == "CALL_DETAIL, DESCR: has 53 characters, and 40 fit: use left(40)"
    assert deliveries_retry(Delivery.objects.all(), now=NOW) == 1
    assert deliver(books) == 1
    assert books.count() == 3


def test_what_the_database_alone_knows_to_be_wrong_is_told_without_its_value(books: Books) -> None:
    billed(meeting_of_three())
    text = MAPPING.replace('EXT_REF = "record.id"', "EXT_REF = \"'geheim' if leg.type == 'web' else 'x'\"")
    assert deliver(books, text=text) == 3
    [dead] = Delivery.objects.filter(state=DeliveryState.DEAD)
    assert "refused" in dead.failure
    assert "geheim" not in dead.failure
    assert books.count() == 2


def test_a_key_that_somebody_else_has_is_a_dead_letter_not_a_loss(books: Books) -> None:
    billed(meeting_of_three())
    text = MAPPING.replace('EXT_REF = "record.id"', 'EXT_REF = "conference.id"')
    assert deliver(books, "key", text) == 2
    failures = Delivery.objects.filter(state=DeliveryState.DEAD).values_list("failure", flat=True)
    assert list(failures) == ["CALL_DETAIL holds another row with this key"] * 2


def test_a_correction_takes_the_place_of_what_it_corrects_where_the_key_is_the_leg(books: Books) -> None:
    billed(meeting_of_three())
    text = MAPPING.replace('EXT_REF = "record.id"', 'EXT_REF = "leg.id"')
    deliver(books, "key", text)
    alice = Record.objects.get(kind="leg", body__participant="alice")
    corrected = Record(
        id="c" * 32, kind="leg", subject=alice.subject, version=2, supersedes=alice, conference="c1",
        account="OTHER", at=alice.at, body={**alice.body, "duration_s": 61},
    )  # fmt: skip
    corrected.save()
    Delivery.objects.create(record=corrected, target="books")
    assert deliver(books, "key", text) == 1
    assert [call[:5:4] for call in books.calls()] == [("OTHER", 2), ("ACME", 8), ("ACME", 2)]


def test_a_table_that_was_altered_holds_everything_until_it_fits_again(books: Books) -> None:
    billed(meeting_of_three())
    books.run("ALTER TABLE CALL_DETAIL RENAME COLUMN ANI TO CALLER")
    assert deliver(books) == 0
    held = Delivery.objects.order_by("pk")[0]
    assert (held.state, held.failure) == ("waiting", "the table CALL_DETAIL has no column ANI")
    assert deliver(books, now=held.due_at - 1) == 0
    books.run("ALTER TABLE CALL_DETAIL RENAME COLUMN CALLER TO ANI")
    assert deliver(books, now=held.due_at) == 4
    assert books.calls() == CALLS


def test_a_column_that_now_wants_a_value_is_named(books: Books) -> None:
    billed(meeting_of_three())
    books.run("DROP VIEW ROOMS")
    books.run("DROP TABLE CALL_DETAIL")
    books.run("CREATE TABLE CALL_DETAIL (ID INTEGER PRIMARY KEY, ACCT_NO CHAR(12), PRICE INTEGER NOT NULL)")
    text = MAPPING[: MAPPING.index("CALL_TYPE =")]
    assert deliver(books, text=text) == 0
    failure = Delivery.objects.filter(state=DeliveryState.WAITING)[0].failure.lower()
    assert failure.removesuffix("price").removesuffix("id, ") == "the table call_detail needs also "


def test_a_table_that_is_altered_between_two_batches_is_looked_at_again(books: Books) -> None:
    target = books.target()
    port = SqlPort(target)
    port.deliver([_parcel(target, 1)])
    books.run("DROP TABLE CALL_DETAIL")
    for _ in range(2):
        with pytest.raises(Held):
            port.deliver([_parcel(target, 2)])
    books.open()
    port.deliver([_parcel(target, 2)])
    port.close()
    assert books.count() == 1


def test_without_the_ledger_nothing_is_delivered(books: Books) -> None:
    billed(meeting_of_three())
    text = MAPPING.replace("create_ledger = true", "")
    assert deliver(books, text=text) == 0
    assert "no ledger table wc_delivery" in Delivery.objects.order_by("pk")[0].failure
    assert books.count() == 0


def test_whoever_may_only_insert_can_deliver(books: Books, request: pytest.FixtureRequest) -> None:
    """And nobody reads back what was written."""
    if books.engine.name == "sqlite":
        return  # it knows no rights
    billed(meeting_of_three())
    deliver(books)
    Delivery.objects.update(state=DeliveryState.WAITING, due_at=0)
    books.run("DELETE FROM CALL_DETAIL")
    books.run("DELETE FROM wc_delivery")
    if books.engine.name == "postgresql":
        books.run("DROP USER IF EXISTS clerk")
        books.run("CREATE USER clerk")
    else:
        books.run("CREATE OR REPLACE USER clerk@'%' IDENTIFIED BY 'only tests know'")
    clerk = "clerk" if books.engine.name == "postgresql" else "clerk@'%'"
    for table in ("CALL_DETAIL", "ROOMS"):
        books.run(f"GRANT INSERT ON {table} TO {clerk}")
    if books.engine.name != "postgresql":  # which tells what a view holds to whoever may read it
        books.run(f"GRANT SELECT, SHOW VIEW ON ROOMS TO {clerk}")
    books.run(f"GRANT SELECT, INSERT ON wc_delivery TO {clerk}")
    url = books.url.replace("//meeting@", "//clerk@").replace("//books:", "//clerk:")
    allowed = Books(url)
    try:
        assert deliver(allowed, text=MAPPING.replace("create_ledger = true", "")) == 4
    finally:
        allowed.close()
    assert books.calls() == CALLS
    if books.engine.name == "postgresql":
        books.run("DROP OWNED BY clerk")


def test_a_database_that_may_only_be_read_holds_everything(books: Books) -> None:
    billed(meeting_of_three())
    deliver(books)
    Delivery.objects.update(state=DeliveryState.WAITING, due_at=0)
    books.run("DELETE FROM wc_delivery")
    books.run("DELETE FROM CALL_DETAIL")
    url = books.url
    match books.engine.name:
        case "sqlite":
            url = url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
        case "postgresql":
            books.run("ALTER DATABASE meeting SET default_transaction_read_only = on")
        case _:
            books.run("CREATE OR REPLACE USER reader@'%' IDENTIFIED BY 'only tests know'")
            books.run("GRANT SELECT, INSERT ON books.* TO reader@'%'")
            books.run("SET GLOBAL read_only = ON")
            url = url.replace("//books:", "//reader:")
    reader = Books(url)
    assert deliver(reader) == 0
    reader.close()
    match books.engine.name:
        case "postgresql":
            books.run("SET default_transaction_read_only = off")
            books.run("ALTER DATABASE meeting RESET default_transaction_read_only")
        case "mariadb":
            books.run("SET GLOBAL read_only = OFF")
        case _:
            pass
    first = Delivery.objects.order_by("pk")[0]
    assert (first.state, first.due_at > NOW) == ("waiting", True)
    assert first.failure
    assert deliver(books, now=first.due_at) == 4
    assert books.count() == 3


def test_a_lock_that_is_held_too_long_holds_the_rest(books: Books) -> None:
    """Nothing waits for ever."""
    billed(meeting_of_three())
    text = MAPPING.replace("timeout_seconds = 2", "timeout_seconds = 1")
    deliver(books, text=text)
    Delivery.objects.update(state=DeliveryState.WAITING, due_at=0)
    books.run("DELETE FROM wc_delivery")
    books.run("DELETE FROM CALL_DETAIL")
    blocker = books.engine.raw_connection()
    cursor = blocker.cursor()
    locks = {
        "sqlite": "BEGIN EXCLUSIVE",
        "postgresql": "LOCK TABLE CALL_DETAIL IN ACCESS EXCLUSIVE MODE",
    }
    cursor.execute(locks.get(books.engine.name, "LOCK TABLES CALL_DETAIL WRITE"))
    assert deliver(books, text=text) == 0
    if books.engine.name == "mariadb":
        cursor.execute("UNLOCK TABLES")
    blocker.rollback()
    blocker.close()
    first = Delivery.objects.order_by("pk")[0]
    assert deliver(books, now=first.due_at) == 4
    assert books.calls() == CALLS
