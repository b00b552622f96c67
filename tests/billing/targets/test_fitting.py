"""Values and the columns they go into."""

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import mssql, oracle

from billing.targets.fitting import Misfit, fitted

ORACLE: Any = oracle
SQL_SERVER: Any = mssql
BERLIN = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=BERLIN)
KINDS = [
    sa.String(5), sa.SmallInteger(), sa.BigInteger(), sa.Numeric(5, 2), sa.Float(), sa.Boolean(),
    sa.DateTime(), sa.DateTime(timezone=True), sa.Date(), sa.Time(), sa.Uuid(), sa.JSON(),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "stored"),
    [
        ("four", sa.String(4), "four"),
        (12, sa.CHAR(3), "12"),
        (None, sa.String(1), None),
        (3.0, sa.Integer(), 3),
        ("12", sa.SmallInteger(), 12),
        (True, sa.Integer(), 1),
        (1.5, sa.Numeric(5, 2), Decimal("1.5")),
        (2, sa.Float(), 2.0),
        (1, sa.Boolean(), True),
        (MORNING, sa.DateTime(), datetime(2026, 11, 23, 0, 30)),  # noqa: DTZ001 - that is the point
        (MORNING, sa.DateTime(timezone=True), MORNING),
        (MORNING, sa.Date(), date(2026, 11, 23)),
        (MORNING.astimezone(UTC), sa.Date(), date(2026, 11, 22)),
        ("2026-11-23", sa.Date(), date(2026, 11, 23)),
        (MORNING, sa.Time(), time(0, 30)),
        ("09:30", sa.Time(), time(9, 30)),
        ("0" * 32, sa.Uuid(), uuid.UUID(int=0)),
        (1.5, ORACLE.NUMBER(9, 2), Decimal("1.5")),
        (1.5, ORACLE.NUMBER(), 1.5),
        (10**11, ORACLE.NUMBER(12, 0), 10**11),
        (MORNING, ORACLE.DATE(), datetime(2026, 11, 23, 0, 30)),  # noqa: DTZ001 - it has hours too
        (MORNING, ORACLE.TIMESTAMP(timezone=True), datetime(2026, 11, 22, 23, 30)),  # noqa: DTZ001 - by UTC
        (MORNING, SQL_SERVER.DATETIMEOFFSET(), MORNING),
        (MORNING, SQL_SERVER.DATETIME2(), datetime(2026, 11, 23, 0, 30)),  # noqa: DTZ001 - that is the point
        (255, SQL_SERVER.TINYINT(), 255),
        (1, SQL_SERVER.BIT(), True),
        (1.5, SQL_SERVER.MONEY(), Decimal("1.5")),
        ("0" * 32, SQL_SERVER.UNIQUEIDENTIFIER(), uuid.UUID(int=0)),
    ],
)
def test_what_fits_is_stored(value: Any, kind: Any, stored: Any) -> None:
    assert fitted(value, sa.Column("x", kind)) == stored


@pytest.mark.parametrize(
    ("value", "kind", "why"),
    [
        ("fives", sa.String(4), "has 5 characters, and 4 fit: use left(4)"),
        (MORNING, sa.String(40), "is a text, not a moment: use a filter such as text, strftime or lookup"),
        (True, sa.String(4), "is a text, not true or false"),
        ("a\0", sa.String(4), "no database takes"),
        ("\ud800", sa.String(4), "no database takes"),
        (1.5, sa.Integer(), "is a whole number: use whole"),
        ("x", sa.Integer(), "is a whole number, not a text"),
        (40_000, sa.SmallInteger(), "is too large a number"),
        (1000, sa.Numeric(5, 2), "is too large a number"),
        ("x", sa.Numeric(5, 2), "is a number, not a text"),
        (float("inf"), sa.Float(), "is a finite number"),
        (2, sa.Boolean(), "is true or false, not a number"),
        (1, sa.DateTime(), "is a moment, not a number"),
        ("noon", sa.DateTime(), "is a moment such as"),
        (1, sa.Date(), "is a day, not a number"),
        ("noon", sa.Time(), "is a time such as"),
        ([], sa.Time(), "is a time of day, not a list or a table"),
        ("x", sa.Uuid(), "is a UUID, not a text"),
        (1.5, ORACLE.NUMBER(9, 0), "is a whole number: use whole"),
        (10**12, ORACLE.NUMBER(12, 0), "is too large a number"),
        (256, SQL_SERVER.TINYINT(), "is too large a number"),
        (10**15, SQL_SERVER.SMALLMONEY(), "is too large a number"),
        ("fives", SQL_SERVER.NVARCHAR(4), "has 5 characters, and 4 fit: use left(4)"),
        ("fives", ORACLE.VARCHAR2(4), "has 5 characters, and 4 fit: use left(4)"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(value: Any, kind: Any, why: str) -> None:
    with pytest.raises(Misfit) as misfit:
        fitted(value, sa.Column("x", kind))
    assert why in str(misfit.value)


def test_what_must_not_be_empty_is_not() -> None:
    with pytest.raises(Misfit, match="must not be empty"):
        fitted(None, sa.Column("x", sa.String, nullable=False))


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
value = plain | st.datetimes() | st.lists(st.text())


@given(value, st.sampled_from(KINDS))
def test_anything_fits_or_is_a_misfit(value: Any, kind: Any) -> None:
    try:
        fitted(value, sa.Column("x", kind))
    except Misfit as misfit:
        assert len(str(misfit)) < 100  # noqa: PT017 - it may also fit
