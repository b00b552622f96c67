"""Records beside those of conferences, made now and then of what others know; kept once, and corrected by new
versions. Days are days of the server's zone."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from msgspec import to_builtins

from billing.daily import Day, Recorded, Stay, Stored, bounds, by_day, day_of, usage_of, usage_on
from billing.models import Kind, Record
from billing.services import Draft, records_keep
from conferences.core.words import Millis

LATE_DAYS = 8
"""A conference may last a week, and is billed when it has ended: so long a day's usage may grow."""

OF_RECORDING = ("started_at", "stopped_at", "seconds")
"""What is true of a recording for ever; all else is said as it was when it was billed."""


def recordings_billed() -> QuerySet[Record, str]:
    """The ids of recordings of which there is a record."""
    return Record.objects.filter(kind=Kind.RECORDING).order_by().values_list("subject", flat=True)


def recordings_keep(recordings: Iterable[Recorded], *, targets: Sequence[str]) -> list[Record]:
    drafts = [_of_recording(one, to_builtins(one)) for one in recordings]
    return records_keep(drafts, targets=targets)


def recordings_rebuild(recordings: Sequence[Recorded], *, targets: Sequence[str]) -> list[Record]:
    """A recording that was renamed, cut or kept for longer since it was billed is no other one."""
    said = Record.objects.filter(
        kind=Kind.RECORDING, subject__in=[one.id for one in recordings], superseded_by=None
    )
    before: dict[str, dict[str, Any]] = dict(said.order_by().values_list("subject", "body"))
    drafts = []
    for one in recordings:
        now = to_builtins(one)
        lasting = {name: now[name] for name in OF_RECORDING}
        drafts.append(_of_recording(one, {**before.get(one.id, now), **lasting}))
    return records_keep(drafts, targets=targets, correct=True)


def _of_recording(one: Recorded, body: dict[str, Any]) -> Draft:
    return Draft(Kind.RECORDING, one.id, one.conference, body["account"], one.stopped_at, body)


def storage_keep(stored: Iterable[Stored], *, now: Millis, targets: Sequence[str]) -> list[Record]:
    """One for each host and day: what was stored when that day was looked at first."""
    zone = timezone.get_default_timezone()
    day = day_of(now, zone)
    drafts = [
        Draft(
            Kind.STORAGE,
            f"{one.account}/{one.subscriber}/{day}",
            "",
            one.account,
            now,
            {**to_builtins(one), "bytes": one.bytes, "day": day.isoformat()},
        )
        for one in stored
    ]
    return records_keep(drafts, targets=targets)


def usage_keep(*, now: Millis, targets: Sequence[str], since: Millis | None = None) -> list[Record]:
    """Of the days before today, from that of `since` on or of the last few; of one that looks different now a
    correction. Gives what is new."""
    zone = timezone.get_default_timezone()
    today = day_of(now, zone)
    first = today - dt.timedelta(days=LATE_DAYS) if since is None else day_of(since, zone)
    return records_keep(_of_days(first, today), targets=targets, correct=True)


def _of_days(first: Day, end: Day) -> Iterator[Draft]:
    """Who turned out to have used nothing on a day of which something was said: that is said too."""
    zone = timezone.get_default_timezone()
    stays = by_day(_stays(since=bounds(first, zone)[0]), zone=zone)
    said = _said(since=bounds(first, zone)[1])
    for day in sorted({*stays, *said}):
        if first <= day < end:
            nothing = {account: usage_on(day, account) for account in said.get(day, ())}
            used = usage_of(day, stays.get(day, ()), zone=zone)
            for account, usage in {**nothing, **used}.items():
                yield Draft(Kind.USAGE, f"{account}/{day}", "", account, bounds(day, zone)[1], usage)


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


def _said(*, since: Millis) -> dict[Day, list[str]]:
    """The accounts of which there is a record of usage, by day."""
    days: dict[Day, list[str]] = {}
    records = Record.objects.filter(kind=Kind.USAGE, at__gte=since, superseded_by=None)
    for account, day in records.order_by().values_list("account", "body__day"):
        days.setdefault(dt.date.fromisoformat(day), []).append(account)
    return days
