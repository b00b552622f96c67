"""Milliseconds since 1970, as people read them: in the zone of the settings. Imports nothing of ours."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format


def moment_of(millis: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(millis / 1000, timezone.get_default_timezone())


def written(millis: int | None) -> str:
    """As the administration shows it; what did not happen is a dash."""
    return date_format(moment_of(millis), "DATETIME_FORMAT") if millis else "–"
