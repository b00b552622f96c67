"""Rows of recordings while they are captured. The journal has the truth: whatever went wrong before, `settle`
makes a row say what the journal does. Once a recording has stopped, its row belongs to who makes it ready.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from django.db import transaction

from auth_gateway.models import User
from conferences.core import recording as r
from conferences.core.attendance import TOLD_BY, attendance
from conferences.core.messages import AnyEvent
from conferences.core.words import Millis, Part, Seq
from conferences.journal import read_events, read_numbered
from conferences.models import Conference
from recording.models import Recorded, Recording, Status, Step

DAY_MS = 24 * 3600 * 1000


@dataclass
class Session:
    """One recording as the journal tells it. The end of the last span is 0 while it runs."""

    parts: tuple[Part, ...]
    started_at: Millis
    spans: list[list[Millis]] = field(default_factory=list)
    stopped_at: Millis | None = None
    live: bool = False

    def follows(self, event: AnyEvent) -> None:
        match event:
            case r.RecordingPaused():
                self.spans[-1][1] = event.at
            case r.RecordingResumed():
                self.spans.append([event.at, 0])
            case r.RecordingStopped():
                self.spans[-1][1] = self.spans[-1][1] or event.at
                self.stopped_at, self.live = event.at, False
            case r.LiveStarted() | r.LiveEnded():
                self.live = isinstance(event, r.LiveStarted)
            case _:
                pass


def recording_id(conference: str, seq: Seq) -> str:
    """Of the recording that this event started."""
    return f"{conference}-{seq}"


def session(numbered: Iterable[tuple[Seq, AnyEvent]], seq: Seq) -> Session | None:
    """The recording that event `seq` started; None: it did not start one."""
    found: Session | None = None
    for number, event in numbered:
        if number == seq and isinstance(event, r.RecordingStarted):
            found = Session(event.parts, event.at, [[event.at, 0]])
        elif found and found.stopped_at is None:
            found.follows(event)
    return found


def recording_settle(*, conference: str, seq: Seq, now: Millis) -> bool:
    """Let the row of this recording say what the journal does. True: it has stopped, and is to be made ready.

    There is no row for what never started, and none that is no longer recorded is touched.
    """
    found = session(read_numbered(conference, get_args(r.RecordingEvent)), seq)
    if found is None:
        return False
    id = recording_id(conference, seq)
    with transaction.atomic():
        _create_if_missing(id, conference, found)
        row = Recording.objects.filter(pk=id, status=Status.RECORDING)
        if found.stopped_at is None:
            row.update(spans=found.spans, live=found.live)
            return False
        kept_days = Conference.objects.get(pk=conference).room.recordings_kept_days
        stopped = row.update(
            status=Status.MAKING,
            step=Step.VERIFY,
            worked_at=0,
            spans=found.spans,
            stopped_at=found.stopped_at,
            live=False,
            kept_until=found.stopped_at + kept_days * DAY_MS if kept_days else None,
        )
        if stopped:
            recording = Recording.objects.select_related("conference__room__owner").get(pk=id)
            recording.participants.set(_who_took_part(conference, found))
            Recorded.objects.get_or_create(
                pk=id,
                defaults={
                    "account": recording.conference.room.owner.account,
                    "started_at": found.started_at,
                    "length_ms": recording.recorded(now=now).length,
                },
            )
    return bool(stopped)


def stopped_in_journal(id: str) -> bool:
    conference, _, seq = id.rpartition("-")
    found = session(read_numbered(conference, get_args(r.RecordingEvent)), int(seq))
    return found is not None and found.stopped_at is not None


def recordings_settle(*, now: Millis, conference: str | None = None) -> list[str]:
    """All that are said to be recorded now, of one conference or of all. The ids of those that have stopped:
    a server that was killed, or had no database, did not say so."""
    rows = Recording.objects.filter(status=Status.RECORDING)
    if conference is not None:
        rows = rows.filter(conference=conference)
    found: Sequence[str] = list(rows.values_list("pk", flat=True))
    return [id for id in found if _settle(id, now)]


def _settle(id: str, now: Millis) -> bool:
    conference, _, seq = id.rpartition("-")
    return recording_settle(conference=conference, seq=int(seq), now=now)


def _create_if_missing(id: str, conference: str, found: Session) -> None:
    room = Conference.objects.select_related("room").get(pk=conference).room
    Recording.objects.get_or_create(
        pk=id,
        defaults={
            "conference_id": conference,
            "title": room.name,
            "viewers": room.recordings_seen_by,
            "started_at": found.started_at,
            "spans": found.spans,
            "parts": [part.value for part in found.parts],
        },
    )


def _who_took_part(conference: str, found: Session) -> list[User]:
    """Those with an account who were let in while it was recorded."""
    end = found.stopped_at or 0
    names = [
        one.account
        for one in attendance(read_events(conference, TOLD_BY))
        if one.account
        and any(stay.began < end and (stay.ended or end) > found.started_at for stay in one.stays)
    ]
    return list(User.objects.filter(username__in=names))
