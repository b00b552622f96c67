"""Reads: recordings and what they take. `access_recordings` is the only way to one that somebody manages;
who may watch, streaming decides."""

import datetime as dt
import math
from dataclasses import dataclass

from django.conf import settings
from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from auth_gateway.limits import limits_of_user
from auth_gateway.models import User
from conferences.clock import now
from conferences.core.recording import StopReason
from conferences.core.words import Millis
from recording.models import Deed, Recorded, Recording, RecordingAudit, Status


def access_recordings(user: User) -> QuerySet[Recording]:
    """Those that this user manages: of their own rooms; an admin all."""
    found = Recording.objects.select_related("conference__room__owner")
    if user.has_perm("recording.change_recording"):
        return found
    return found.filter(conference__room__owner=user) if user.is_active else found.none()


def recordings_of(user: User) -> QuerySet[Recording]:
    """Of this user's own rooms, each with `views`: how often others opened it."""
    return with_views(Recording.objects.filter(conference__room__owner=user)).select_related(
        "conference__room"
    )


def with_views(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    opened = RecordingAudit.objects.filter(recording=OuterRef("pk"), deed=Deed.OPENED)
    others = opened.filter(~Q(by=OuterRef("conference__room__owner")) | Q(by=None))
    times = others.order_by().values("recording").annotate(sum=Sum("times")).values("sum")
    return recordings.annotate(views=Coalesce(Subquery(times, output_field=BigIntegerField()), 0))


# What they take


@dataclass(frozen=True, slots=True)
class Use:
    """`limit` in bytes, 0: none."""

    recordings: int
    bytes: int
    limit: int

    @property
    def percent(self) -> int:
        return min(100, self.bytes * 100 // self.limit) if self.limit else 0

    @property
    def is_full(self) -> bool:
        return bool(self.limit) and self.bytes >= self.limit


def use_of(user: User) -> Use:
    """What the recordings of this host's rooms take."""
    sums = Recording.objects.filter(conference__room__owner=user).aggregate(
        count=Count("pk"), sum=Coalesce(Sum("size_bytes"), 0)
    )
    return Use(sums["count"], sums["sum"], settings.RECORDINGS_PER_HOST_GIGABYTES * 1024**3)


def recording_refusal(user: User, *, at: Millis) -> StopReason | None:
    """Why another recording of this host cannot begin. Whether they may record at all, a conference knows
    from its beginning."""
    if use_of(user).is_full:
        return StopReason.QUOTA
    return StopReason.MINUTES if minutes_used_up(user, at=at) else None


def minutes_used_up(user: User, *, at: Millis) -> bool:
    limits = limits_of_user(user)
    most = limits.recording_minutes
    return bool(most) and minutes_recorded(limits.account, at=at) >= most


def minutes_recorded(account: str, *, at: Millis) -> int:
    """By all of a customer's people since the month began, by the server's clock; minutes begun."""
    month = timezone.localtime(dt.datetime.fromtimestamp(at / 1000, dt.UTC)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    since = int(month.timestamp() * 1000)
    kept = Recorded.objects.filter(account=account, started_at__gte=since).aggregate(sum=Sum("length_ms"))
    running = Recording.objects.filter(
        status=Status.RECORDING, conference__room__owner__account=account, started_at__gte=since
    )
    running_ms = sum(recording.recorded(now=at).length for recording in running)
    return math.ceil(((kept["sum"] or 0) + running_ms) / 60_000)


def conference_recording_refusal(conference: str) -> StopReason | None:
    """Of the room's owner."""
    return recording_refusal(User.objects.get(rooms__conferences=conference), at=now())


def use_by_host() -> QuerySet[User]:
    """Hosts who have recordings, each with `recordings` and `recorded_bytes`; who takes most comes first."""
    return (
        User.objects.filter(rooms__conferences__recordings__isnull=False)
        .annotate(
            recordings=Count("rooms__conferences__recordings"),
            recorded_bytes=Sum("rooms__conferences__recordings__size_bytes"),
        )
        .order_by("-recorded_bytes", "username")
    )


def audit_of(recording: Recording) -> QuerySet[RecordingAudit]:
    """Of a recording that somebody got by `access_recordings`; the last comes first."""
    return RecordingAudit.objects.filter(recording=recording.pk).select_related("by")
