"""Recordings whose server is gone for good, or whose conference ended without saying so: their journal is
told that they have stopped, so that what there is of them is made ready, and their owner may delete them.

A server that comes back within a quarter of an hour goes on with what it recorded, and so does another one
that takes the conference over; this is for when none does.
"""

from conferences.core import recording as r
from conferences.core.words import SYSTEM, Millis
from conferences.journal import append_left, last_event_at
from conferences.models import Conference
from conferences.placement import conferences_stranded
from recording.models import Recording, Status
from recording.sessions import stopped_in_journal
from recording.storage import last_captured, spool_folder
from recording.track_files import seal_leftovers

LOST_MS = 15 * 60 * 1000


def recordings_end_lost(*, now: Millis) -> list[str]:
    """Gives the ids of those that were ended; `sessions.recordings_settle` does the rest."""
    rows = Recording.objects.filter(status=Status.RECORDING).select_related("conference")
    return [row.pk for row in rows if not stopped_in_journal(row.pk) and _end(row, now)]


def _end(row: Recording, now: Millis) -> bool:
    """At the moment of which there is something last."""
    conference = row.conference
    at = max(row.started_at, last_event_at(conference.pk), last_captured(row.pk))
    if now - at < LOST_MS or not _is_left(conference, now):
        return False
    seal_leftovers(spool_folder(row.pk) / "raw")
    stopped = r.RecordingStopped(reason=r.StopReason.ENDED, by=SYSTEM, at=min(at, now))
    return append_left(conference.pk, stopped)


def _is_left(conference: Conference, now: Millis) -> bool:
    return conference.ended_at is not None or bool(conferences_stranded([conference.pk], now=now))
