"""What billing is told about recordings: it knows none itself."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet, Sum

from billing.daily import Recorded, Stored
from conferences.core.words import Millis
from recording.models import Recording, Status


def recorded(billed: QuerySet[Any, str]) -> Iterator[Recorded]:
    """The recordings that are ready, but for those with these ids."""
    ready = Recording.objects.filter(status=Status.READY).exclude(pk__in=billed)
    for recording in ready.select_related("conference__room__owner"):
        yield _recorded(recording)


def _recorded(recording: Recording) -> Recorded:
    room = recording.conference.room
    stopped_at: Millis = recording.stopped_at or recording.spans[-1][1]
    return Recorded(
        id=recording.pk,
        conference=recording.conference_id,
        title=recording.title,
        room=room.code,
        subscriber=room.owner.username,
        account=room.owner.account,
        started_at=recording.started_at,
        stopped_at=stopped_at,
        seconds=-(-recording.recorded(now=stopped_at).length // 1000),
        bytes=recording.size_bytes,
        kept_until=recording.kept_until or 0,
    )


def stored() -> Iterator[Stored]:
    """What the recordings of each host take now."""
    owner = "conference__room__owner"
    by_host = Recording.objects.order_by(owner).values_list(f"{owner}__username", f"{owner}__account")
    for username, account, recordings, size in by_host.annotate(Count("pk"), Sum("size_bytes")):
        yield Stored(subscriber=username, account=account, recordings=recordings, bytes=size)
