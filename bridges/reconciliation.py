"""What was left open when something died: media legs of conferences that are over, calls whose end nobody
told; and our records of calls beside the bridges' own."""

from collections.abc import Iterator

from django.db import transaction

from bridges.models import Bridge, CallRecord, MediaAttachment, SpokenName
from bridges.types import EndCause
from conferences.core import calls as k
from conferences.core.words import Millis
from conferences.documents import errand_leave

GRACE_MS = 60_000
"""For whoever tells the end of a call in the usual way."""
UNKEPT_MS = 600_000
"""A bridge that no server keeps for so long has lost its calls, as far as we are concerned."""
TOLERANCE_MS = 2_000


def media_legs_release() -> None:
    MediaAttachment.objects.exclude(conference__ended_at=None).delete()


def names_forget() -> list[str]:
    """Nobody hears them any more. Their keys."""
    over = SpokenName.objects.exclude(conference__ended_at=None)
    keys = list(over.values_list("key", flat=True))
    over.filter(key__in=keys).delete()
    return keys


def calls_end(*, now: Millis) -> None:
    """Calls whose end nobody told: the bridge's own record has it, the conference is over, or nobody keeps
    the bridge."""
    kept = set(Bridge.objects.filter(kept_at__gt=now - UNKEPT_MS).values_list("key", flat=True))
    for record in CallRecord.objects.filter(ended_at=None).select_related("conference"):
        end = _end_of(record, kept, now)
        if end is not None and end[0] < now - GRACE_MS:
            _call_end(record, *end)


def _end_of(record: CallRecord, kept: set[str], now: Millis) -> tuple[Millis, EndCause] | None:
    if record.vendor.get("ended_at"):
        return record.vendor["ended_at"], EndCause(record.vendor["cause"])
    if record.conference and record.conference.ended_at:
        return record.conference.ended_at, EndCause.NORMAL
    if record.bridge not in kept and record.started_at < now - UNKEPT_MS:
        return now - UNKEPT_MS, EndCause.BRIDGE_LOST
    return None


@transaction.atomic
def _call_end(record: CallRecord, at: Millis, cause: EndCause) -> None:
    told = CallRecord.objects.filter(pk=record.pk, ended_at=None)
    if told.update(ended_at=max(at, record.started_at), cause=cause.value) and record.conference:
        ended = k.CallCause(cause)
        errand_leave(conference=record.conference.pk, command=k.EndCall(call=record.leg, cause=ended))
        errand_leave(conference=record.conference.pk, command=k.FailDial(call=record.leg, cause=ended))


def calls_compare(*, now: Millis) -> None:
    """With what bridges say themselves, once."""
    said = CallRecord.objects.filter(reconciled_at=None).exclude(ended_at=None).exclude(vendor={})
    for record in said:
        CallRecord.objects.filter(pk=record.pk).update(
            reconciled_at=now, difference="; ".join(_differences(record))[:200]
        )


def _differences(record: CallRecord) -> Iterator[str]:
    for field in ("started_at", "answered_at", "ended_at"):
        ours, theirs = getattr(record, field) or 0, record.vendor.get(field) or 0
        if bool(ours) != bool(theirs):
            yield f"{field}: {'only ours' if ours else 'only theirs'}"
        elif abs(ours - theirs) > TOLERANCE_MS:
            yield f"{field}: {(theirs - ours) / 1000:+.1f} s"
