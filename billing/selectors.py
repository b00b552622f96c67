"""Reads: what a host used, and how far deliveries are. `access_usage` gives nobody another's records."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Count, Max, Min, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from auth_gateway.models import User
from billing.counting import minutes
from billing.models import Delivery, DeliveryState, Kind, Record
from conferences.core.words import Millis
from meetingserver.moments import moment_of

LATE_MS = 15 * 60_000
"""So long a record may wait before somebody should look."""

# What a host used


def access_usage(user: User) -> QuerySet[Record]:
    """Of this host's own rooms, as they were corrected last."""
    return Record.objects.filter(subscriber=user.username, superseded_by=None)


class Month(NamedTuple):
    """What a host used in a month; `first` is its first day. Minutes are begun ones of all people."""

    first: dt.date
    conferences: int = 0
    web_minutes: int = 0
    phone_minutes: int = 0
    recorded_s: int = 0
    recordings: int = 0
    stored_bytes: int = 0
    """Most on any of its days."""

    @property
    def recorded_minutes(self) -> int:
        return minutes(self.recorded_s)

    @property
    def people_minutes(self) -> int:
        return self.web_minutes + self.phone_minutes


def months_used(user: User, *, before: dt.date | None = None, most: int) -> list[Month]:
    """The last comes first; months in which nothing was used are left out."""
    months: list[Month] = []
    while len(months) < most:
        used = access_usage(user)
        earlier = used.filter(at__lt=_midnight(before)) if before else used
        last = earlier.order_by("-at").values_list("at", flat=True).first()
        if last is None:
            break
        before = moment_of(last).date().replace(day=1)
        months.append(month_used(user, before))
    return months


def month_used(user: User, first: dt.date) -> Month:
    held, ready, stored = (Q(kind=kind) for kind in (Kind.CONFERENCE, Kind.RECORDING, Kind.STORAGE))
    web, dialin, dialout = (_sum(f"port_minutes_{type}", of=held) for type in ("web", "dialin", "dialout"))
    figures = _in_month(user, first).aggregate(
        conferences=Count("pk", filter=held),
        web_minutes=web,
        phone_minutes=dialin + dialout,
        recorded_s=_sum("recorded_s", of=held),
        recordings=Count("pk", filter=ready),
        stored_bytes=Coalesce(Max(_number("bytes"), filter=stored), 0),
    )
    return Month(first, **figures)


def conferences_held(user: User, first: dt.date) -> QuerySet[Record]:
    """In this month, the last first."""
    return _in_month(user, first).filter(kind=Kind.CONFERENCE).order_by("-at", "id")


def _in_month(user: User, first: dt.date) -> QuerySet[Record]:
    return access_usage(user).filter(at__gte=_midnight(first), at__lt=_midnight(next_month(first)))


def _sum(name: str, *, of: Q) -> Coalesce:
    return Coalesce(Sum(_number(name), filter=of), 0)


def _number(name: str) -> Cast:
    return Cast(KT(f"body__{name}"), BigIntegerField())


def told_of(record: Record) -> dict[str, Any]:
    """What a conference's record says, for people."""
    told = record.body
    phone = told["port_minutes_dialin"] + told["port_minutes_dialout"]
    return {
        **told,
        "began": moment_of(told["created_at"]),
        "web": told["port_minutes_web"],
        "phone": phone,
        "minutes": minutes(told["duration_s"]),
        "recorded_minutes": minutes(told["recorded_s"]),
    }


def next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def _midnight(day: dt.date) -> Millis:
    return int(dt.datetime.combine(day, dt.time(), timezone.get_default_timezone()).timestamp() * 1000)


# How far deliveries are


class Lag(NamedTuple):
    """`oldest_at`: since when the one waits that waits longest; 0: none does."""

    waiting: int
    dead: int
    oldest_at: Millis

    def age_s(self, now: Millis) -> int:
        return max(0, now - self.oldest_at) // 1000 if self.oldest_at else 0

    def is_late(self, now: Millis) -> bool:
        return self.age_s(now) > LATE_MS // 1000


def lag(targets: Collection[str]) -> Lag:
    """Of these together. What is on its way to others waits for nothing."""
    waiting = Q(state=DeliveryState.WAITING)
    open_ones = Delivery.objects.filter(
        target__in=targets, state__in=(DeliveryState.WAITING, DeliveryState.DEAD)
    )
    found = open_ones.aggregate(
        waiting=Count("pk", filter=waiting),
        dead=Count("pk", filter=Q(state=DeliveryState.DEAD)),
        oldest_at=Min("since", filter=waiting),
    )
    return Lag(found["waiting"], found["dead"], found["oldest_at"] or 0)
