"""Dates, numbers and lists as they are written in the language of the page (CLDR). Scripts do the same by
`Intl` (`ui/locale.js`)."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from meetingserver.languages import SOURCE, locale_of

register = template.Library()


def written(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter. Of what is not there it makes nothing, as Django's own do."""

    @wraps(write)
    def filtered(value: Any) -> str:
        return "" if value in (None, "") else write(value)

    return register.filter(filtered)


@written
def full_moment(moment: dt.datetime) -> str:
    """Day and time, in the current time zone: 3 November 2026 at 16:05."""
    local = _local(moment)
    between = str(get_datetime_format("long", locale=_locale())).replace("'", "")
    return between.format(format_time(local, "short", locale=_locale()), full_day(local))


@written
def full_day(day: dt.date) -> str:
    return format_date(day, "long", locale=_locale())


@written
def time_of_day(moment: dt.datetime) -> str:
    return format_time(_local(moment), "short", locale=_locale())


@written
def month(day: dt.date) -> str:
    """Of a year: November 2026."""
    return format_skeleton("yMMMM", day, locale=_locale())


@written
def listed(names: Iterable[object]) -> str:
    """A, B, and C."""
    return format_list([str(name) for name in names], locale=_locale())


@written
def number(value: float) -> str:
    return format_decimal(value, locale=_locale())


def _local(moment: dt.datetime) -> dt.datetime:
    """Without a zone: Babel would turn it into UTC."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _locale() -> Locale:
    """Of `ar-XB` that of its language."""
    return locale_of((get_language() or SOURCE).removesuffix("-xa").removesuffix("-xb"))
