"""What billing is told about recordings and files: it knows none itself."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet, Sum

from billing.daily import Recorded, Stored
from conferences.core.words import Millis
from conferences.models import ChatFile, Document
from recording.models import Recording, Status

OWNER = "conference__room__owner"


def recorded(billed: QuerySet[Any, str]) -> Iterator[Recorded]:
    """The recordings that are ready, but for those with these ids."""
    return map(_recorded, _ready().exclude(pk__in=billed))


def recorded_in(*, since: Millis = 0, conference: str | None = None) -> list[Recorded]:
    """The recordings that are ready, of conferences that ended since then, or of one alone."""
    ready = _ready().filter(conference__ended_at__gte=since)
    return [_recorded(one) for one in (ready.filter(conference=conference) if conference else ready)]


def _ready() -> QuerySet[Recording]:
    return Recording.objects.filter(status=Status.READY).select_related(OWNER)


def _recorded(recording: Recording) -> Recorded:
    room = recording.conference.room
    last = max((end for _begin, end in recording.spans), default=recording.started_at)
    stopped_at: Millis = recording.stopped_at or last
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


def stored() -> list[Stored]:
    """What is kept for each host now. Whiteboards have no files: what is drawn stands in the journal."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kept, size, counted, in_bytes in (
        (Recording.objects.all(), "size_bytes", "recordings", "recording_bytes"),
        (Document.objects.all(), "size", "documents", "document_bytes"),
        (ChatFile.objects.all(), "size", "chat_files", "chat_file_bytes"),
    ):
        for host, number, taken in _by_host(kept, size):
            found.setdefault(host, {}).update({counted: number, in_bytes: taken})
    return [
        Stored(subscriber=username, account=account, **kept)
        for (username, account), kept in sorted(found.items())
    ]


def _by_host(kept: QuerySet[Any], size: str) -> Iterator[tuple[tuple[str, str], int, int]]:
    hosts = kept.order_by().values_list(f"{OWNER}__username", f"{OWNER}__account")
    for username, account, number, taken in hosts.annotate(Count("pk"), Sum(size)):
        yield (username, account), number, taken
