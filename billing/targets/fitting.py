"""Makes values fit the columns of somebody's table, or says why they do not. PURE.

A moment goes into a column without zone as its clock reads: by UTC, unless the expression said `tz(…)`.
"""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mssql, oracle

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Misfit(Exception):
    """Holds no value."""


def fitted(value: Any, column: sa.Column[Any]) -> Any:
    """Raises Misfit."""
    if value is None:
        if not column.nullable:
            raise Misfit("must not be empty")
        return None
    for kind, fit in _FITS:
        if isinstance(column.type, kind):
            return fit(value, column.type)
    return value


def _text(value: Any, kind: sa.String) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Misfit(f"is a text, not {_called(value)}: use a filter such as text, strftime or lookup")
    text = str(value)
    if kind.length and len(text) > kind.length:
        raise Misfit(f"has {len(text)} characters, and {kind.length} fit: use left({kind.length})")
    if _UNWRITABLE.search(text):
        raise Misfit("holds characters that no database takes")
    return text


def _whole(value: Any, kind: sa.Integer) -> int:
    try:
        found = int(value)
    except (TypeError, ValueError, OverflowError):
        raise Misfit(f"is a whole number, not {_called(value)}") from None
    if isinstance(value, float) and found != value:
        raise Misfit("is a whole number: use whole, round or ceil_minutes")
    if not _in_range(found, kind):
        raise Misfit("is too large a number")
    return found


def _in_range(number: int, kind: sa.Integer) -> bool:
    if isinstance(kind, mssql.TINYINT):
        return 0 <= number < 2**8
    if isinstance(kind, oracle.NUMBER):
        return abs(number) < int(10 ** (kind.precision or 38))
    bits = 15 if isinstance(kind, sa.SmallInteger) else 63 if isinstance(kind, sa.BigInteger) else 32
    return bool(-(2**bits) <= number < 2**bits)


def _number(value: Any, kind: sa.Numeric[Any] | sa.Float[Any]) -> Decimal | float:
    try:
        found = Decimal(str(int(value) if isinstance(value, bool) else value))
    except InvalidOperation:
        raise Misfit(f"is a number, not {_called(value)}") from None
    if not found.is_finite():
        raise Misfit("is a finite number")
    digits = None if isinstance(kind, sa.Float) or not kind.precision else kind.precision - (kind.scale or 0)
    if digits is not None and abs(found) >= 10**digits:
        raise Misfit("is too large a number")
    return found if kind.asdecimal else float(found)


def _number_of_oracle(value: Any, kind: oracle.NUMBER) -> Decimal | float | int:
    """Whole where it has no decimal places, but not where nothing is said of them."""
    return _whole(value, kind) if kind.scale == 0 else _number(value, kind)


def _money(digits: int) -> Callable[[Any, Any], Decimal | float]:
    return lambda value, _kind: _number(value, sa.Numeric(digits, 4))


def _flag(value: Any, _kind: sa.Boolean) -> bool:
    if value not in (0, 1):
        raise Misfit(f"is true or false, not {_called(value)}")
    return bool(value)


def _moment(value: Any, kind: sa.DateTime) -> datetime:
    if isinstance(value, str):
        value = _parsed(value)
    if not isinstance(value, datetime):
        raise Misfit(f"is a moment, not {_called(value)}")
    return value if kind.timezone else value.replace(tzinfo=None)


def _moment_with_zone(value: Any, _kind: Any) -> datetime:
    return _moment(value, sa.DateTime(timezone=True))


def _moment_of_oracle(value: Any, kind: oracle.TIMESTAMP) -> datetime:
    """Its driver forgets zones: with one, by UTC, as the session's clock goes."""
    found = _moment(value, kind)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _day(value: Any, _kind: sa.Date) -> date:
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise Misfit(f"is a day, not {_called(value)}")
    return value


def _time(value: Any, _kind: sa.Time) -> time:
    if isinstance(value, str):
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise Misfit("is a time such as 09:30:00") from None
    if not isinstance(value, datetime):
        raise Misfit(f"is a time of day, not {_called(value)}")
    return value.time()


def _parsed(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise Misfit("is a moment such as 2026-11-23T09:30:00") from None


def _uuid(value: Any, kind: sa.Uuid[Any]) -> uuid.UUID | str:
    try:
        found = uuid.UUID(str(value))
    except ValueError:
        raise Misfit(f"is a UUID, not {_called(value)}") from None
    return found if kind.as_uuid else str(found)


def _called(value: Any) -> str:
    names = {bool: "true or false", str: "a text", int: "a number", float: "a number", datetime: "a moment"}
    return names.get(type(value), "a list or a table")


_FITS: tuple[tuple[type, Any], ...] = (
    (sa.String, _text),
    (sa.Boolean, _flag),
    (oracle.NUMBER, _number_of_oracle),
    (sa.Numeric, _number),
    (sa.Float, _number),
    (mssql.MONEY, _money(19)),
    (mssql.SMALLMONEY, _money(10)),
    (sa.Integer, _whole),
    (oracle.TIMESTAMP, _moment_of_oracle),
    (mssql.DATETIMEOFFSET, _moment_with_zone),
    (sa.DateTime, _moment),
    (sa.Date, _day),
    (sa.Time, _time),
    (sa.Uuid, _uuid),
)
