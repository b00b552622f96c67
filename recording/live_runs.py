"""Who follows a running recording for those who watch it: one worker at a time, in turns.

The lock is the kernel's, on a file beside the bundle: it is free as soon as its holder is gone, whatever
became of them.
"""

import fcntl
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from conferences.clock import now
from conferences.core.words import Millis
from recording.desk import Desk
from recording.effort import Effort
from recording.live import JOURNAL, RENDITION, VERSION, Live
from recording.models import Recording, Status
from recording.storage import desk_folder, recording_folder, size_of

logger = logging.getLogger(__name__)

RUN_MS = 8 * 60_000
"""Then another worker's turn begins: none holds a task for long."""
PAUSE_S = 0.2
FORGOTTEN_MS = 15 * 60_000
"""A page that was open at the end has seen the finished bundle by then."""
DAY_MS = 24 * 3_600_000
LIVE_PICTURES = f"video/{RENDITION}"


def live_run(
    *,
    recording: str,
    clock: Callable[[], Millis] = now,
    wait: Callable[[float], None] = time.sleep,
    effort: Effort | None = None,
) -> bool:
    """Make what viewers need, as it comes. True: it goes on, and somebody is to run again."""
    desk = Desk(desk_folder(recording))
    with _alone(desk.folder) as alone:
        found = Recording.objects.filter(pk=recording, live=True, status=Status.RECORDING).first()
        if not alone or found is None:
            return False
        live = Live(found, desk, effort or Effort())
        Recording.objects.filter(pk=recording, version=0).update(version=VERSION)
        logger.info("Recording %s is streamed from segment %s on.", recording, live.number)
        return _follow(live, recording, clock, wait)


def _follow(live: Live, id: str, clock: Callable[[], Millis], wait: Callable[[float], None]) -> bool:
    until = clock() + RUN_MS
    while clock() < until:
        found = Recording.objects.filter(pk=id).first()
        if found is None:
            return False
        if not found.live or found.status != Status.RECORDING:
            wait(PAUSE_S)  # what was captured last is being sealed
            live.finish(found, clock())
            return False
        if not live.step(found, clock()):
            wait(PAUSE_S)
    return True


def live_recordings() -> list[str]:
    """Those that are watched while they run."""
    rows = Recording.objects.filter(live=True, status=Status.RECORDING)
    return list(rows.values_list("pk", flat=True))


def live_forget(*, now: Millis) -> None:
    """Delete what only those needed who watched it live, some time after the finished bundle is there."""
    ended = Recording.objects.filter(status=Status.READY, version=VERSION)
    for recording in ended.filter(stopped_at__lt=now - FORGOTTEN_MS, stopped_at__gt=now - DAY_MS):
        folder = Desk(desk_folder(recording.pk)).bundle(VERSION)
        if (folder / LIVE_PICTURES).exists():
            for path in (folder / "journal").glob("*.json"):
                if int(path.stem) >= JOURNAL:
                    path.unlink()
            shutil.rmtree(folder / LIVE_PICTURES)
            recording.size_bytes = size_of(recording_folder(recording.pk))
            recording.save(update_fields=["size_bytes"])


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else does it, on this machine."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "live.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
