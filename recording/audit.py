"""Lines about who did what with a recording. They stay when it is gone. Each stands in the server's audit log
too, which admins read; these are for owners."""

from django.db.models import F

from auth_gateway.audit import audit_write
from auth_gateway.models import User
from conferences.core.words import Millis
from recording.models import Deed, Recording, RecordingAudit

SAME_OPENING_MS = 3_600_000


def audit_note(
    *, recording: Recording, deed: Deed, by: User | None, now: Millis, details: str = ""
) -> RecordingAudit:
    """`by` None: the server itself, or somebody without an account."""
    audit_write(
        action=f"recording {deed}",
        who=by.username if by else "",
        subject=f"{recording.pk} {recording.title}",
        details=details,
        now_ms=now,
    )
    return RecordingAudit.objects.create(
        recording=recording.pk,
        title=recording.title,
        deed=deed,
        by=by,
        name=by.get_full_name()[:80] if by else "",
        at=now,
        details=details[:200],
    )


def recording_opened(*, recording: Recording, by: User | None, now: Millis) -> None:
    """Somebody who may began to watch. Told by the page that plays it; once an hour makes a line."""
    recent = RecordingAudit.objects.filter(
        recording=recording.pk, deed=Deed.OPENED, by=by, at__gt=now - SAME_OPENING_MS
    )
    line = recent.values_list("pk", flat=True).first()
    if line is None:
        audit_note(recording=recording, deed=Deed.OPENED, by=by, now=now)
    else:
        RecordingAudit.objects.filter(pk=line).update(times=F("times") + 1)
