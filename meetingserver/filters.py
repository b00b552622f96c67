"""The filters of expressions: `value | name(arguments)`. Each is a pure function of its value; what it may be
given is in its signature, what people read about it is its docstring (docs/expressions.md)."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_TEXT = 10_000
MAX_DIGITS = 12

Filter = Callable[..., Any]

FILTERS: dict[str, Filter] = {}


class Unfit(Exception):
    """A filter was given a value it cannot work on; the text says which and why, and holds no value."""


def _filter(function: Filter) -> Filter:
    FILTERS[function.__name__.rstrip("_")] = function
    return function


# What is missing


@_filter
def default(value: Any, instead: Any) -> Any:
    """`instead` where the value is missing or empty; 0 and false are values."""
    return instead if value is None or value == "" else value


@_filter
def lookup(value: Any, table: Mapping[Any, Any], otherwise: Any = None) -> Any:
    """What stands in the table for the value, else `otherwise`."""
    try:
        return table.get(value, otherwise)
    except (TypeError, AttributeError):
        raise Unfit("lookup needs a table like {'web': 'W'} and a plain value") from None


# Text


@_filter
def left(value: Any, length: int) -> str | None:
    """The first characters, at most so many."""
    return None if value is None else _text(value)[: _whole(length, "left")]


@_filter
def right(value: Any, length: int) -> str | None:
    """The last characters, at most so many."""
    size = _whole(length, "right")
    return None if value is None else _text(value)[-size:] if size else ""


@_filter
def upper(value: Any) -> str | None:
    """In capital letters."""
    return None if value is None else _text(value).upper()


@_filter
def lower(value: Any) -> str | None:
    """In small letters."""
    return None if value is None else _text(value).lower()


@_filter
def strip(value: Any) -> str | None:
    """Without white space at both ends."""
    return None if value is None else _text(value).strip()


@_filter
def replace(value: Any, old: str, new: str) -> str | None:
    """Every `old` becomes `new`."""
    if value is None:
        return None
    if not _text(old):
        raise Unfit("replace needs a text to look for")
    return bounded(_text(value).replace(_text(old), _text(new)))


@_filter
def digits(value: Any) -> str | None:
    """Its digits alone, as of a telephone number."""
    return None if value is None else "".join(letter for letter in _text(value) if letter in "0123456789")


@_filter
def pad(value: Any, length: int, filling: str = "0") -> str | None:
    """Filled up on the left."""
    if len(_text(filling)) != 1:
        raise Unfit("pad fills with one character")
    return None if value is None else _text(value).rjust(_whole(length, "pad"), _text(filling))


@_filter
def text(value: Any) -> str | None:
    """As text."""
    return None if value is None else _text(value)


@_filter
def length(value: Any) -> int:
    """How many characters, or entries."""
    if not isinstance(value, str | list | tuple | Mapping):
        raise Unfit("length needs a text or a list")
    return len(value)


@_filter
def split(value: Any, separator: str = ",") -> list[str]:
    """The parts between separators, without white space."""
    if not _text(separator):
        raise Unfit("split needs a separator")
    return [] if value in (None, "") else [part.strip() for part in _text(value).split(_text(separator))]


@_filter
def join(value: Any, separator: str = ", ") -> str | None:
    """The entries of a list as one text."""
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        raise Unfit("join needs a list")
    return bounded(_text(separator).join(map(_text, value)))


# Numbers


@_filter
def whole(value: Any) -> int | None:
    """As a whole number, cut off."""
    return None if value is None else int(_number(value, "whole"))


@_filter
def number(value: Any) -> float | int | None:
    """As a number."""
    return None if value is None else _number(value, "number")


@_filter
def round_(value: Any, places: int = 0) -> float | int | None:
    """Rounded, halves to the even neighbour."""
    if value is None:
        return None
    rounded = round(_number(value, "round"), min(_whole(places, "round"), MAX_DIGITS))
    return rounded if places else int(rounded)


@_filter
def ceil_minutes(value: Any, step: int = 1) -> int | None:
    """Seconds as minutes begun; with a step as so many minutes begun."""
    if value is None:
        return None
    size = _whole(step, "ceil_minutes") or 1
    return math.ceil(_number(value, "ceil_minutes") / 60 / size) * size


@_filter
def minutes(value: Any, places: int = 2) -> float | None:
    """Seconds as minutes with decimals."""
    if value is None:
        return None
    return round(_number(value, "minutes") / 60, min(_whole(places, "minutes"), MAX_DIGITS))


@_filter
def between(value: Any, least: float, most: float) -> float | int | None:
    """Not less and not more."""
    if value is None:
        return None
    return max(_number(least, "between"), min(_number(most, "between"), _number(value, "between")))


# Time


@_filter
def tz(value: Any, zone: str) -> datetime | None:
    """The same moment by another zone's clocks: `tz('Europe/London')`."""
    if value is None:
        return None
    try:
        return _moment(value, "tz").astimezone(ZoneInfo(_text(zone)))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit("tz needs the name of a zone, like 'Europe/London'") from None


@_filter
def naive(value: Any) -> datetime | None:
    """Without its zone, for columns that know none."""
    return None if value is None else _moment(value, "naive").replace(tzinfo=None)


@_filter
def strftime(value: Any, format: str) -> str | None:
    """By a format of C's strftime: `strftime('%Y-%m-%d')`."""
    if value is None:
        return None
    if len(_text(format)) > 100:
        raise Unfit("strftime's format is too long")
    moment = value if isinstance(value, date) else _moment(value, "strftime")
    return bounded(moment.strftime(_text(format)))


@_filter
def iso(value: Any) -> str | None:
    """As ISO 8601 writes it."""
    return None if value is None else _moment(value, "iso").isoformat()


@_filter
def epoch(value: Any) -> int | None:
    """Seconds since 1970."""
    return None if value is None else int(_moment(value, "epoch").timestamp())


@_filter
def plus_seconds(value: Any, seconds: float) -> datetime | None:
    """So much later, or earlier."""
    if value is None:
        return None
    try:
        return _moment(value, "plus_seconds") + timedelta(seconds=_number(seconds, "plus_seconds"))
    except OverflowError:
        raise Unfit("plus_seconds leads out of the calendar") from None


# What they are given


def bounded(value: str) -> str:
    """Raises Unfit when a text has become too long."""
    if len(value) > MAX_TEXT:
        raise Unfit(f"a text may have {MAX_TEXT} characters")
    return value


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    raise Unfit("a text, a number or a time is needed")


def _number(value: Any, name: str) -> float | int:
    if isinstance(value, int | float):
        found: float | int = value
    else:
        try:
            found = float(_text(value))
        except ValueError:
            raise Unfit(f"{name} needs a number") from None
    if not math.isfinite(found):
        raise Unfit(f"{name} needs a finite number")
    return found


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_TEXT:
        raise Unfit(f"{name} needs a whole number from 0 to {MAX_TEXT}")
    return value


def _moment(value: Any, name: str) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value)
        except ValueError:
            raise Unfit(f"{name} needs a time") from None
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    raise Unfit(f"{name} needs a time")
