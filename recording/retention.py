"""What becomes of recordings in the end: their bytes go with their rows, and time deletes what a room does
not keep. Time is an argument."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from django.db import transaction

from auth_gateway.models import User
from conferences.core.words import Millis
from recording import storage
from recording.audit import audit_note
from recording.mails import warning_mail
from recording.models import Deed, Recording, RecordingAudit, Status

logger = logging.getLogger(__name__)

DAY_MS = 24 * 3_600_000
WARNED_BEFORE_MS = 7 * DAY_MS
NOTICE_MS = DAY_MS
"""Nothing is deleted sooner after its warning, however late that came."""
SILENCE_MS = 3_600_000
TRIES = 5


def recordings_warn(*, now: Millis) -> list[str]:
    """Tell owners, once, what will be deleted soon: by e-mail, where they have an address; the pages say it
    too. Gives the ids."""
    due = Recording.objects.filter(
        status__in=(Status.READY, Status.FAILED), kept_until__lte=now + WARNED_BEFORE_MS, warned_at=None
    ).select_related("conference__room__owner")
    warned = [recording for recording in due.order_by("conference__room__owner") if _warn(recording, now)]
    for owner, recordings in groupby(warned, key=lambda recording: recording.conference.room.owner):
        warning_mail(owner=owner, recordings=list(recordings))
    return [recording.pk for recording in warned]


def _warn(recording: Recording, now: Millis) -> bool:
    unwarned = Recording.objects.filter(pk=recording.pk, warned_at=None)
    with transaction.atomic():
        if not unwarned.update(warned_at=now):
            return False
        audit_note(recording=recording, deed=Deed.WARNED, by=None, now=now)
    return True


def recordings_expire(*, now: Millis) -> list[str]:
    """Delete what is no longer to be kept, and whose owner knows it since a day. Gives the ids."""
    due = Recording.objects.filter(
        status__in=(Status.READY, Status.FAILED), kept_until__lte=now, warned_at__lte=now - NOTICE_MS
    )
    return [
        recording.pk
        for recording in due
        if recording_remove(recording=recording, deed=Deed.EXPIRED, by=None, now=now)
    ]


def recording_remove(*, recording: Recording, deed: Deed, by: User | None, now: Millis) -> bool:
    """Really gone: row, then every byte, whoever works on it. False: it is still being recorded, or gone."""
    with transaction.atomic():
        removable = Recording.objects.filter(pk=recording.pk).exclude(status=Status.RECORDING)
        if not removable.delete()[0]:
            return False
        audit_note(recording=recording, deed=deed, by=by, now=now)
    forget_files(recording.pk)
    return True


def forget_files(recording: str) -> None:
    """Raw chunks, masters, all versions, what waits to be shipped. A worker that is at it may put files into
    a folder while it is deleted: then once more; and `recordings_sweep` follows."""
    folder = storage.recording_folder(recording)
    for _try in range(TRIES):
        with suppress(OSError):
            storage.folder_delete(folder)
            if recording not in _folders():
                return
    logger.warning("The files of recording %s are not all deleted yet.", recording)


def remains_forget(recording: str) -> None:
    """What a worker wrote of a recording that was deleted while it was at it."""
    deeds = RecordingAudit.objects.filter(recording=recording, deed__in=(Deed.DELETED, Deed.EXPIRED))
    if deeds.exists() and not Recording.objects.filter(pk=recording).exists():
        forget_files(recording)


def recordings_sweep(*, now: Millis) -> list[str]:
    """Delete folders that no row knows: what a worker wrote after its recording was deleted, at once; others,
    of deleted rooms, when they have been silent for an hour. Gives the ids."""
    orphans = orphan_folders()
    deeds = RecordingAudit.objects.filter(recording__in=orphans, deed__in=(Deed.DELETED, Deed.EXPIRED))
    deleted = set(deeds.values_list("recording", flat=True))
    swept = [orphan for orphan in orphans if orphan in deleted or _is_silent(orphan, now)]
    for orphan in swept:
        forget_files(orphan)
    return swept


def orphan_folders() -> list[str]:
    """Names of folders whose recording has no row."""
    found = set(_folders())
    return sorted(found - set(Recording.objects.filter(pk__in=found).values_list("pk", flat=True)))


def _folders() -> Iterator[str]:
    with suppress(FileNotFoundError):
        yield from storage.recordings_storage.listdir("")[0]
    for place in {folder.parent for folder in _places("-")}:
        yield from (folder.name for folder in place.glob("*") if folder.is_dir())


def _places(recording: str) -> tuple[Path, Path]:
    """On this machine."""
    return storage.spool_folder(recording), storage.desk_folder(recording)


def _is_silent(recording: str, now: Millis) -> bool:
    names = storage.names_in(storage.recording_folder(recording))
    times = [storage.recordings_storage.get_modified_time(name).timestamp() for name in names]
    for place in _places(recording):
        with suppress(FileNotFoundError):
            times += [file.stat().st_mtime for file in (place, *place.rglob("*"))]
    return now - max(times, default=0) * 1000 > SILENCE_MS
