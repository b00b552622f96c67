"""SQL as each kind of server wants it. SQL Server and Oracle are not tried for real: what is sent to them is
read here."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateTable

from billing.mapping import Table
from billing.targets.sheets import Sheet, ledger_of
from billing.targets.statements import PARAMETERS, correction, insertion, keys_there, known
from tests.billing.books import mapping

SQL_SERVER, ORACLE, SQLITE = (registry.load(name)() for name in ("mssql", "oracle", "sqlite"))
LEDGER = ledger_of(mapping("sqlite://").targets["books"])


def sheet(*key: str) -> Sheet:
    """As their tables are reflected: Oracle's names in small letters stand for large ones."""
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.String(32)) for name in ("ext_ref", "Order")]
    columns += [sa.Column("began", sa.DateTime), sa.Column("minutes", sa.SmallInteger)]
    table = sa.Table("call_detail", sa.MetaData(), *columns, schema="dbo")
    mapped = Table(name="CALL_DETAIL", record="leg", columns={}, schema="dbo", key=key)
    return Sheet(mapped, table, {column.name: column for column in columns})


def said(statement: Any, dialect: Dialect) -> str:
    return " ".join(str(statement.compile(dialect=dialect)).split())


def test_rows_are_inserted_without_reading_anything_back() -> None:
    statement = insertion(sheet().table).values(ext_ref="a", Order="b", minutes=1)
    assert said(statement, SQL_SERVER) == (
        "INSERT INTO dbo.call_detail (ext_ref, [Order], minutes) VALUES (:ext_ref, :Order, :minutes)"
    )
    assert said(statement, ORACLE) == (
        'INSERT INTO dbo.call_detail (ext_ref, "Order", minutes) VALUES (:ext_ref, :"Order", :minutes)'
    )


@pytest.mark.parametrize(
    ("dialect", "columns"),
    [
        (
            SQL_SERVER,
            "target VARCHAR(40) NOT NULL, record_id VARCHAR(32) NOT NULL, "
            "delivered_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP",
        ),
        (
            ORACLE,
            "target VARCHAR2(40 CHAR) NOT NULL, record_id VARCHAR2(32 CHAR) NOT NULL, "
            "delivered_at DATE DEFAULT CURRENT_TIMESTAMP NOT NULL",
        ),
    ],
)
def test_the_ledger_is_a_table_of_theirs(dialect: Dialect, columns: str) -> None:
    made = said(CreateTable(LEDGER), dialect)
    assert made == f"CREATE TABLE wc_delivery ( {columns}, PRIMARY KEY (target, record_id) )"


@pytest.mark.parametrize("dialect", [SQL_SERVER, ORACLE])
def test_what_is_known_is_asked_for_by_plain_comparison(dialect: Dialect) -> None:
    asked = said(known(LEDGER, "books", ["a", "b"]), dialect)
    assert asked.startswith(
        "SELECT wc_delivery.record_id FROM wc_delivery WHERE wc_delivery.target = :target_1"
    )
    assert "wc_delivery.record_id IN (" in asked
    (one,) = keys_there(sheet("ext_ref", "began"), [("a", 1), ("b", 2)])
    assert said(one, dialect).count(" AND ") == 2
    assert said(one, dialect).count(" OR ") == 1


@pytest.mark.parametrize("key", [("ext_ref",), ("ext_ref", "began"), ("ext_ref", "Order", "began")])
def test_no_question_is_longer_than_servers_take(key: tuple[str, ...]) -> None:
    keys = [tuple(f"{number}" for _ in key) for number in range(1000)]
    asked = list(keys_there(sheet(*key), keys))
    sizes = [
        sum(
            len(value) if isinstance(value, list) else 1
            for value in one.compile(dialect=SQLITE).params.values()
        )
        for one in asked
    ]
    assert max(sizes) <= PARAMETERS
    assert sum(sizes) == 1000 * len(key)


def test_a_correction_takes_the_place_of_a_row_or_there_is_nothing_to_say() -> None:
    statement = correction(sheet("ext_ref"), {"ext_ref": "a", "minutes": 5})
    assert said(statement, SQL_SERVER) == (
        "UPDATE dbo.call_detail SET minutes=:minutes WHERE dbo.call_detail.ext_ref = :ext_ref_1"
    )
    assert correction(sheet("ext_ref"), {"ext_ref": "a"}) is None
