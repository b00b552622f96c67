"""What owners do with their recordings. Every write checks who asks, leaves an audit line, and raises
RecordingRefused where it may not be; a change of what is in a recording has it made anew by workers.

Nothing is lost by trimming and taking out: masters are kept whole, so all of it can be undone, until
something is taken out for good (`recording_forget`).
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from auth_gateway.models import User
from conferences.core.words import Millis
from conferences.models import Viewers
from recording import erasure, tasks
from recording.audit import audit_note
from recording.models import Deed, ProgramStatus, Recording, Status, Step
from recording.refusals import RecordingRefused, Refusal
from recording.retention import recording_remove
from recording.selectors import access_recordings
from recording.timeline import Span

SHORTEST_MS = 1000


def recording_rename(*, recording: Recording, by: User, title: str, now: Millis) -> None:
    title = " ".join(title.split())[:120]
    if not title:
        raise RecordingRefused(Refusal.NO_TITLE)
    before = recording.title
    _change(recording, by, Deed.RENAMED, now, details=before, title=title)


def recording_set_viewers(
    *, recording: Recording, by: User, viewers: Viewers, passcode: str = "", now: Millis
) -> None:
    """Who may watch. An empty passcode leaves the one that is set."""
    if viewers == Viewers.PASSCODE and not (passcode or recording.passcode):
        raise RecordingRefused(Refusal.NO_PASSCODE)
    if passcode:
        recording.set_passcode(passcode)
    changes = {"viewers": viewers, "passcode": recording.passcode}
    _change(recording, by, Deed.SHARED, now, details=viewers, **changes)


def recording_publish(*, recording: Recording, by: User, published: bool, now: Millis) -> None:
    """Unpublished, only its owner and admins watch it, whoever else may."""
    _change(
        recording, by, Deed.PUBLISHED if published else Deed.WITHDRAWN, now, details="", published=published
    )


def recording_keep(*, recording: Recording, by: User, until: Millis | None, now: Millis) -> None:
    """None: for ever. A new date is warned of anew."""
    details = "" if until is None else str(until)
    _change(recording, by, Deed.KEPT, now, details=details, kept_until=until, warned_at=None)


def recording_trim(
    *,
    recording: Recording,
    by: User,
    begin_ms: Millis,
    end_ms: Millis,
    cuts: Sequence[tuple[Millis, Millis]] = (),
    now: Millis,
) -> None:
    """Keep it from `begin_ms` to `end_ms` but for the cuts, instead of what was trimmed before: all in ms on
    the recording's clock as it was before any cut. The whole with no cuts restores it."""
    whole = recording.recorded(now=now)
    outside = [(0, begin_ms), (end_ms, whole.length), *cuts]
    asked = [
        Span(whole.captured(max(0, cut)), whole.captured(min(end, whole.length))) for cut, end in outside
    ]
    spans = _merged([span for span in asked if span.length > 0])
    if whole.without(spans).length < SHORTEST_MS:
        raise RecordingRefused(Refusal.NOTHING_LEFT)
    _remake(recording, by, Deed.TRIMMED, now, cuts=[list(span) for span in spans])


def recording_redact(
    *, recording: Recording, by: User, participants: Collection[str], lines: Collection[int], now: Millis
) -> None:
    """Take exactly these out, instead of what was taken out before; what is forgotten stays out."""
    gone = recording.forgotten
    _remake(
        recording,
        by,
        Deed.REDACTED,
        now,
        hidden_participants=sorted({*participants, *(one for one in gone if isinstance(one, str))}),
        hidden_lines=sorted({*lines, *(one for one in gone if isinstance(one, int))}),
    )


def recording_forget(*, recording: Recording, by: User, now: Millis) -> None:
    """What is taken out now cannot be had back: tracks of those people and older versions are deleted.

    Only of a recording that is ready, so that its bundle was made without them.
    """
    _check(recording, by)
    hidden = [*recording.hidden_participants, *recording.hidden_lines]
    with transaction.atomic():
        ready = Recording.objects.filter(pk=recording.pk, status=Status.READY)
        unchanged = ready.filter(
            hidden_participants=recording.hidden_participants, hidden_lines=recording.hidden_lines
        )
        if not unchanged.update(forgotten=hidden):
            raise RecordingRefused(_why_not(recording))
        audit_note(recording=recording, deed=Deed.FORGOTTEN, by=by, now=now)
    erasure.tracks_delete(recording.pk, participants=recording.hidden_participants)
    erasure.versions_delete(recording.pk, but=recording.version)


def recording_retry(*, recording: Recording, by: User, now: Millis) -> None:
    """Go on where the making failed, or the making of the film."""
    _check(recording, by)
    with transaction.atomic():
        failed = Recording.objects.filter(pk=recording.pk, status=Status.FAILED)
        if not failed.update(status=Status.MAKING, failure="", tries=0, worked_at=0):
            raise RecordingRefused(Refusal.NOT_ASKED)
        audit_note(recording=recording, deed=Deed.RETRIED, by=by, now=now)
        _advance(recording)


def recording_rebuild(*, recording: Recording, by: User | None, now: Millis) -> None:
    """Have the bundle made anew, of an unchanged recording; `by` None: at the server's command line."""
    _remake(recording, by, Deed.RETRIED, now)


def program_request(*, recording: Recording, by: User, now: Millis) -> None:
    """Have the film made, unless it is there or on its way."""
    _check(recording, by)
    with transaction.atomic():
        unmade = Recording.objects.filter(
            pk=recording.pk,
            status=Status.READY,
            program__in=(ProgramStatus.NONE, ProgramStatus.FAILED),
        )
        anew = {"program_percent": 0, "failure": "", "tries": 0, "worked_at": 0}
        if not unmade.update(program=ProgramStatus.MAKING, **anew):
            ready = recording.status == Status.READY
            raise RecordingRefused(Refusal.NOT_ASKED if ready else Refusal.UNFINISHED)
        audit_note(recording=recording, deed=Deed.FILMED, by=by, now=now)
        transaction.on_commit(partial(tasks.make_program.delay, recording.pk), robust=True)


def recording_delete(*, recording: Recording, by: User, now: Millis) -> None:
    """Really gone: row and every byte."""
    _check(recording, by)
    if not recording_remove(recording=recording, deed=Deed.DELETED, by=by, now=now):
        raise RecordingRefused(_why_not(recording))


# How


def _check(recording: Recording, by: User | None) -> None:
    if by is not None and not access_recordings(by).filter(pk=recording.pk).exists():
        raise RecordingRefused(Refusal.GONE)


@transaction.atomic
def _change(recording: Recording, by: User, deed: Deed, now: Millis, *, details: str, **changes: Any) -> None:
    """Something beside it, at any time."""
    _check(recording, by)
    if not Recording.objects.filter(pk=recording.pk).update(**changes):
        raise RecordingRefused(Refusal.GONE)
    audit_note(recording=recording, deed=deed, by=by, now=now, details=details)


@transaction.atomic
def _remake(recording: Recording, by: User | None, deed: Deed, now: Millis, **changes: Any) -> None:
    """Something in it: ready or failed → making, free for a worker. Where an earlier step had failed, that is
    done first."""
    _check(recording, by)
    later = Q(status=Status.READY) | Q(step__in=("", Step.BUNDLE, Step.PUBLISH))
    anew = {"status": Status.MAKING, "percent": 0, "failure": "", "tries": 0, "worked_at": 0, **changes}
    anew |= {"program": ProgramStatus.NONE, "program_percent": 0}
    settled = Recording.objects.filter(pk=recording.pk, status__in=(Status.READY, Status.FAILED))
    if not (settled.filter(later).update(step=Step.BUNDLE, **anew) or settled.update(**anew)):
        raise RecordingRefused(_why_not(recording))
    audit_note(recording=recording, deed=deed, by=by, now=now)
    _advance(recording)


def _advance(recording: Recording) -> None:
    transaction.on_commit(partial(tasks.advance_recording.delay, recording.pk), robust=True)


def _why_not(recording: Recording) -> Refusal:
    match Recording.objects.filter(pk=recording.pk).values_list("status", flat=True).first():
        case None:
            return Refusal.GONE
        case Status.RECORDING:
            return Refusal.RECORDED
        case _:
            return Refusal.BUSY


def _merged(spans: Sequence[Span]) -> list[Span]:
    """In order, without overlaps."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.begin <= merged[-1].end:
            merged[-1] = Span(merged[-1].begin, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged
