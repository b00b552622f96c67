"""Which machines captured a recording whose storage is elsewhere, and whether all they have is there.

A machine says so when it begins (`spool_open`), and, when the recording has stopped and the last chunk was
carried, what it carried: that is the mark for which the making of the bundle waits.
"""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from conferences.core.words import Millis
from recording.chunks import OPEN_SUFFIX
from recording.models import Recording, Spool, Status
from recording.shipping import chunks_ship, chunks_shipped
from recording.storage import desk_folder, local_path, raw_folder, spool_folder
from recording.track_files import seal_leftovers

logger = logging.getLogger(__name__)

WAIT_MS = 15 * 60 * 1000
"""So long a machine is waited for, after the recording stopped."""
SEALED_MS = 30 * 1000
"""So long after the stop nobody writes chunks any more."""


class ChunksMissing(ConnectionError):
    """What a machine has carried away did not arrive."""


def machine() -> str:
    """The name of this machine's spool, the same for all processes that share it."""
    path = Path(settings.DATA_DIR) / "spool" / "machine"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"machine.{token_hex(4)}")
        draft.write_text(token_hex(8))
        try:
            path.hardlink_to(draft)
        except FileExistsError:  # another process was quicker
            pass
        finally:
            draft.unlink()
    return path.read_text()


def spool_open(recording: str) -> None:
    """This machine captures it from now on."""
    if local_path(raw_folder(recording)) is None:
        (spool_folder(recording) / "raw").mkdir(parents=True, exist_ok=True)
        Spool.objects.update_or_create(recording_id=recording, machine=machine(), defaults={"chunks": None})


def spools_ship(*, now: Millis) -> Iterator[str]:
    """Carry all sealed chunks of this machine's spool away; tells the recordings of which nothing more will
    come. Raises what the storage raises."""
    spool = Path(settings.DATA_DIR) / "spool"
    for folder in sorted(spool.iterdir()) if spool.is_dir() else []:
        if folder.is_dir() and spool_ship(folder.name, now=now):
            yield folder.name


def spool_ship(recording: str, *, now: Millis) -> bool:
    """Of one recording. True: all was carried, and it is known what."""
    raw = spool_folder(recording) / "raw"
    if local_path(raw_folder(recording)) is not None or not raw.is_dir():
        return False
    row = Recording.objects.exclude(status=Status.RECORDING).filter(pk=recording).first()
    if row and now - (row.stopped_at or 0) >= SEALED_MS:
        seal_leftovers(raw)
    for _path in chunks_ship(recording):
        pass
    if row is None or any(raw.glob(f"*/*{OPEN_SUFFIX}")):
        return False
    own = Spool.objects.filter(recording=recording, machine=machine(), chunks__isnull=True)
    if not own.update(chunks=chunks_shipped(recording)):
        return False
    shutil.rmtree(spool_folder(recording))
    return True


def spools_awaited(recording: Recording, *, now: Millis) -> list[str]:
    """Machines that have not carried everything away yet, as long as they are waited for."""
    awaited = list(recording.spools.filter(chunks__isnull=True).values_list("machine", flat=True))
    if awaited and now - (recording.stopped_at or 0) >= WAIT_MS:
        logger.warning("Recording %s is made without what %s still has.", recording.pk, ", ".join(awaited))
        return []
    return awaited


def check_arrived(recording: Recording) -> None:
    """All that was carried lies on the desk. Raises ChunksMissing."""
    raw = desk_folder(recording.pk) / "raw"
    carried: Iterator[dict[str, int] | None] = recording.spools.values_list("chunks", flat=True).iterator()
    for name, size in ((name, size) for chunks in carried for name, size in (chunks or {}).items()):
        path = raw / name
        if not path.exists() or path.stat().st_size != size:
            raise ChunksMissing(f"{recording.pk}: {name}")
