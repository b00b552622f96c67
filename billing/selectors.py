"""Reads: what a host used, and how far deliveries are. `access_usage` gives nobody another's records."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from auth_gateway.models import User
from billing.counting import minutes
from billing.models import Delivery, DeliveryState, Kind, Record
from conferences.core.words import Millis

LATE_MS = 15 * 60_000
"""So long a record may wait before somebody should look."""

# What a host used


def access_usage(user: User) -> QuerySet[Record]:
    """Of this host's own rooms, as they were corrected last."""
    return Record.objects.filter(subscriber=user.username, superseded_by=None)


@dataclass
class Month:
    """What a host used in a month; `first` is its first day. Minutes are begun ones of all people."""

    first: dt.date
    conferences: int = 0
    web_minutes: int = 0
    phone_minutes: int = 0
    recorded_s: int = 0
    recordings: int = 0
    stored_bytes: int = 0
    """Most on any of its days."""
    held: list[dict[str, Any]] = field(default_factory=list)
    """What the records of its conferences say, the last first."""

    @property
    def recorded_minutes(self) -> int:
        return minutes(self.recorded_s)

    @property
    def people_minutes(self) -> int:
        return self.web_minutes + self.phone_minutes

    def add(self, record: Record) -> None:
        match record.kind:
            case Kind.CONFERENCE:
                self._add_conference(record.body)
            case Kind.RECORDING:
                self.recordings += 1
            case Kind.STORAGE:
                self.stored_bytes = max(self.stored_bytes, record.body["bytes"])
            case _:
                pass

    def _add_conference(self, told: dict[str, Any]) -> None:
        web = told["port_minutes_web"]
        phone = told["port_minutes_dialin"] + told["port_minutes_dialout"]
        self.conferences += 1
        self.web_minutes += web
        self.phone_minutes += phone
        self.recorded_s += told["recorded_s"]
        self.held.append(
            told
            | {"began": moment_of(told["created_at"]), "web": web, "phone": phone}
            | {"recorded_minutes": minutes(told["recorded_s"])}
        )


def months_used(user: User) -> list[Month]:
    """The last comes first; months in which nothing was used are left out."""
    return _months(access_usage(user).order_by("-at", "id"))


def month_used(user: User, first: dt.date) -> Month:
    begin, end = (_midnight(day) for day in (first, next_month(first)))
    found = _months(access_usage(user).filter(at__gte=begin, at__lt=end).order_by("-at", "id"))
    return found[0] if found else Month(first)


def _months(records: Iterable[Record]) -> list[Month]:
    months = []
    for first, used in groupby(records, key=lambda record: moment_of(record.at).date().replace(day=1)):
        months.append(month := Month(first))
        for record in used:
            month.add(record)
    return months


def next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def moment_of(at: Millis) -> dt.datetime:
    """In the server's zone."""
    return dt.datetime.fromtimestamp(at / 1000, timezone.get_default_timezone())


def _midnight(day: dt.date) -> Millis:
    return int(dt.datetime.combine(day, dt.time(), timezone.get_default_timezone()).timestamp() * 1000)


# How far deliveries are


class Lag(NamedTuple):
    """`oldest_at`: of when the oldest record speaks that waits; 0: none does."""

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
        oldest_at=Min("record__at", filter=waiting),
    )
    return Lag(found["waiting"], found["dead"], found["oldest_at"] or 0)
