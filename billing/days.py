"""Records beside those of conferences, made now and then of what others know; kept once, and corrected by new
versions. Days are days of the server's zone."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from msgspec import to_builtins

from billing.daily import Day, Recorded, Stay, Stored, bounds, usage_of
from billing.models import Kind, Record
from billing.services import Draft, records_keep
from conferences.core.words import Millis

LATE_DAYS = 8
"""A conference may last a week, and is billed when it has ended: so long a day's usage may grow."""


def recordings_billed() -> QuerySet[Record, str]:
    """The ids of recordings of which there is a record."""
    return Record.objects.filter(kind=Kind.RECORDING).order_by().values_list("subject", flat=True)


def recordings_keep(recordings: Iterable[Recorded], *, targets: Sequence[str]) -> list[Record]:
    drafts = [
        Draft(Kind.RECORDING, one.id, one.conference, one.account, one.stopped_at, to_builtins(one))
        for one in recordings
    ]
    return records_keep(drafts, targets=targets)


def storage_keep(stored: Iterable[Stored], *, now: Millis, targets: Sequence[str]) -> list[Record]:
    """One for each host and day: what was stored when that day was looked at first."""
    day = day_of(now).isoformat()
    drafts = [
        Draft(
            Kind.STORAGE,
            f"{one.account}/{one.subscriber}/{day}",
            "",
            one.account,
            now,
            {**to_builtins(one), "day": day},
        )
        for one in stored
    ]
    return records_keep(drafts, targets=targets)


def usage_keep(*, now: Millis, targets: Sequence[str]) -> list[Record]:
    """Of the days before today; of one that looks different now a correction. Gives what is new."""
    today, zone = day_of(now), timezone.get_default_timezone()
    days = [today - dt.timedelta(days=ago) for ago in range(LATE_DAYS, 0, -1)]
    stays = _stays(since=bounds(days[0], zone)[0])
    drafts = [
        Draft(Kind.USAGE, f"{account}/{day}", "", account, bounds(day, zone)[1], usage)
        for day in days
        for account, usage in usage_of(day, stays, zone=zone).items()
    ]
    return records_keep(drafts, targets=targets, correct=True)


def _stays(*, since: Millis) -> list[Stay]:
    """Of all legs that ended since then, as they were corrected last."""
    legs = Record.objects.filter(kind=Kind.LEG, at__gte=since, superseded_by=None)
    of_body = ("body__outage_ms", "body__waited_ms")
    found = legs.order_by().values_list(
        "conference", "account", "body__type", "body__joined_at", "at", *of_body
    )
    return [
        Stay(conference, account, type, joined_at, left_at, outage_ms + waited_ms)
        for conference, account, type, joined_at, left_at, outage_ms, waited_ms in found.iterator()
    ]


def day_of(now: Millis) -> Day:
    return dt.datetime.fromtimestamp(now / 1000, timezone.get_default_timezone()).date()
