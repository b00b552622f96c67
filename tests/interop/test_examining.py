"""What is found before anything depends on it."""

import pytest

from billing.examining import ledger_statement, problems_of
from tests.billing.books import MAPPING, Books, billed, mapping, meeting_of_three

pytestmark = [pytest.mark.interop, pytest.mark.django_db]


def problems(books: Books, mode: str = "ledger", **changes: str) -> list[str]:
    text = MAPPING
    for old, new in changes.items():
        text = text.replace(old, new)
    return list(problems_of(books.target(mode, text), billed(meeting_of_three())))


@pytest.mark.parametrize("mode", ["ledger", "key", "none"])
def test_where_all_is_well_nothing_is_said_and_nothing_stays(books: Books, mode: str) -> None:
    assert problems(books, mode) == []
    assert (books.count(), books.count("ROOM_USE")) == (0, 0)


def test_every_table_that_does_not_fit_is_told(books: Books) -> None:
    found = problems(books, ANI="NUMBER", left="right", PORT_MIN="PORTS")
    assert found == ["the table CALL_DETAIL has no column NUMBER", "the table ROOMS has no column PORTS"]


def test_a_value_that_is_too_long_is_told_once(books: Books) -> None:
    found = problems(books, **{"lookup(lookups.types, '?')": "text"})
    assert found == ["CALL_DETAIL, CALL_TYPE: has 3 characters, and 1 fit: use left(1)"]


def test_what_the_database_alone_knows_is_found_by_trying(books: Books) -> None:
    [found] = problems(books, **{'EXT_REF = "record.id"': "EXT_REF = \"'geheim'\""})
    assert found.startswith("CALL_DETAIL: the database refused it")
    assert "geheim" not in found
    assert books.count() == 0


def test_without_a_ledger_it_is_told_how_one_is_made(books: Books) -> None:
    [found] = problems(books, **{"create_ledger = true": ""})
    books.run(found.split("made by:\n")[1].rstrip(";"))
    assert problems(books, **{"create_ledger = true": ""}) == []


def test_a_key_that_nothing_keeps_unique_is_told(books: Books) -> None:
    books.open(unique=False)
    assert problems(books, "key") == ["CALL_DETAIL: its key EXT_REF has no unique index"]


def test_a_table_without_transactions_is_told(books: Books) -> None:
    if books.engine.name not in ("mysql", "mariadb"):
        return  # no others have such
    books.run("ALTER TABLE CALL_DETAIL ENGINE=MyISAM")
    assert problems(books)[0].startswith("CALL_DETAIL is a table of MyISAM, which knows no transactions")


def test_a_database_that_is_down_is_told_without_its_password() -> None:
    for url in ("postgresql://books:geheim@127.0.0.1:1/books", "mysql://books:geheim@127.0.0.1:1/books"):
        [found] = problems(Books(url))
        assert "geheim" not in found
        assert "OperationalError" in found
    oracle = mapping("oracle://books:geheim@h/d").targets["books"]
    assert ledger_statement(oracle) == ""
    assert list(problems_of(oracle, [])) == ["the driver oracledb is not installed"]
