"""Tables as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from billing.mapping import Target
from billing.targets.port import Held, Refused
from billing.targets.sheets import ledger_of, reflected, sheet_of
from tests.billing.books import MAPPING, Books

COUNTED = """
name = "COUNTED"
record = "conference"
columns = { ROOM = "conference.room" }
"""


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    found = Books(f"sqlite:///{tmp_path / 'books.sqlite3'}")
    found.open()
    yield found
    found.close()


def changed(books: Books, old: str, new: str) -> Target:
    assert old in MAPPING
    return books.target(text=MAPPING.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('name = "CALL_DETAIL"', 'name = "CALLS"', "there is no table CALLS"),
        ("ANI =", "NUMBER =", "the table CALL_DETAIL has no column NUMBER"),
        ("TEL_MIN =", "ANI2 =", "the table CALL_DETAIL has no column ANI2"),
        ('EXT_REF = "record.id"', "", "the table CALL_DETAIL needs also EXT_REF"),
    ],
)
def test_a_table_that_is_not_as_the_file_wants_it_is_held(
    books: Books, old: str, new: str, reason: str
) -> None:
    target = changed(books, old, new)
    with books.engine.connect() as connection, pytest.raises(Held) as held:
        sheet_of(target.tables[0], connection)
    assert held.value.reason == reason


def test_names_are_found_whatever_their_case(books: Books) -> None:
    target = books.target(text=MAPPING.replace("CALL_DETAIL", "call_Detail").replace("ANI =", "ani ="))
    with books.engine.connect() as connection:
        sheet = sheet_of(target.tables[0], connection)
    assert sheet.columns["ani"].name == "ANI"


def test_what_a_column_gets_by_itself_need_not_be_mapped(books: Books) -> None:
    books.run(
        "CREATE TABLE COUNTED (ID INTEGER PRIMARY KEY, MADE DATE DEFAULT '2026-11-23' NOT NULL, ROOM TEXT)"
    )
    head = MAPPING[: MAPPING.index("[[target.books.table]]")] + "[[target.books.table]]"
    with books.engine.connect() as connection:
        sheet = sheet_of(books.target(text=head + COUNTED).tables[0], connection)
    assert sheet.fitted({"ROOM": "1"}) == {"ROOM": "1"}


def test_a_misfit_is_told_with_its_table_and_column(books: Books) -> None:
    with books.engine.connect() as connection:
        sheet = sheet_of(books.target().tables[0], connection)
    with pytest.raises(Refused, match=r"^CALL_DETAIL, CALL_TYPE: has 3 characters"):
        sheet.fitted({"CALL_TYPE": "WWW"})


def test_a_ledger_is_found_again(books: Books) -> None:
    ledger = ledger_of(books.target())
    with books.engine.begin() as connection:
        assert reflected("wc_delivery", "", connection) is None
        ledger.create(connection)
        found = reflected("WC_DELIVERY", "", connection)
        assert found is not None
        assert set(found.columns.keys()) == {"target", "record_id", "delivered_at"}
        connection.execute(sa.insert(found).values(target="x", record_id="y"))
