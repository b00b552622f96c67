"""The making of a film that somebody asked for, piece by piece: `program` of the row says how far it is.

A piece is half a minute. Whoever is killed leaves the segments that were made, and the next one goes on with
them; a film on which nobody worked for a while is taken up again. Of which one piece kills several makers,
that film cannot be made, until somebody asks for it again.
"""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.models import F, QuerySet
from msgspec.structs import replace

from conferences.core.words import Millis
from recording.desk import write_bytes
from recording.failures import Failure, failure_of
from recording.film import RENDITIONS, Film, Rendition
from recording.manifest import Download, Manifest, decode
from recording.models import ProgramStatus, Recording, Status
from recording.playlists import master, playlist
from recording.shipping import deliver, fetch_folder
from recording.storage import bundle_folder, desk_folder, local_path, recording_folder, size_of
from recording.video_segments import Quality

logger = logging.getLogger(__name__)

LEASE_MS = 180_000
"""For so long a film is its maker's who said nothing; a piece needs a tenth of it."""
DEATHS = 3
"""At the same piece."""
FILE = "program.mp4"


def program_make(*, recording: str, now: Callable[[], Millis]) -> bool:
    """Do the next piece of work. True: there is more to do now."""
    mine = _claimed(recording, now())
    if mine is None:
        return False
    if mine.tries >= DEATHS:
        return _fail(mine, Failure.WORKER_DIED)
    try:
        return _work(mine, now)
    except Exception as error:
        logger.exception("The film of %s could not be made.", recording)
        return _fail(mine, failure_of(error))


def programs_left(*, now: Millis) -> list[str]:
    """Recordings whose film was asked for, and nobody works on it any more."""
    left = Recording.objects.filter(program=ProgramStatus.MAKING, status=Status.READY)
    return list(left.filter(worked_at__lt=now - LEASE_MS).values_list("pk", flat=True))


def _rows(recording: str) -> QuerySet[Recording]:
    return Recording.objects.filter(pk=recording, program=ProgramStatus.MAKING, status=Status.READY)


def _claimed(recording: str, now: Millis) -> Recording | None:
    """None: it is not asked for any more, is being made anew, or is somebody else's."""
    row = _rows(recording).first()
    if row is None or now - row.worked_at <= LEASE_MS:
        return None
    died = F("tries") + bool(row.worked_at)
    free = _rows(recording).filter(worked_at=row.worked_at)
    return Recording.objects.get(pk=recording) if free.update(worked_at=now, tries=died) else None


def _fail(recording: Recording, failure: Failure) -> bool:
    _rows(recording.pk).update(program=ProgramStatus.FAILED, failure=failure, worked_at=0, tries=0)
    return False


def _work(recording: Recording, now: Callable[[], Millis]) -> bool:
    """A piece; where the storage is elsewhere all of them, for they lie on this machine alone."""
    folder = desk_folder(recording.pk) / str(recording.version)
    is_elsewhere = local_path(recording_folder(recording.pk)) is None
    for _path in fetch_folder(recording.pk, bundle_folder(recording.pk, recording.version)):
        pass
    film = film_of(folder)
    while (first := film.missing()) is not None:
        film.make(first)
        percent = 99 * (film.missing() or film.segments) // film.segments
        if not is_elsewhere:
            return bool(_rows(recording.pk).update(program_percent=percent, worked_at=0, tries=0))
        if not _rows(recording.pk).update(program_percent=percent, worked_at=now()):
            return False
    film.join(folder / FILE)
    _publish(recording, folder, film)
    _deliver(recording)
    size = size_of(recording_folder(recording.pk))
    _rows(recording.pk).filter(version=recording.version).update(
        program=ProgramStatus.READY, program_percent=100, worked_at=0, tries=0, size_bytes=size
    )
    return False


def _deliver(recording: Recording) -> None:
    if local_path(recording_folder(recording.pk)) is None:
        for _path in deliver(recording.pk, str(recording.version)):
            pass
        shutil.rmtree(desk_folder(recording.pk), ignore_errors=True)


def film_of(folder: Path) -> Film:
    """As the settings want films to be. Raises OSError, msgspec.DecodeError."""
    manifest = decode((folder / "manifest.json").read_bytes())
    renditions: list[Rendition] = [RENDITIONS[name] for name in settings.RECORDINGS_FILM_SIZES]
    chat = settings.RECORDINGS_FILM_CHAT
    return Film(folder, manifest, renditions, chat=chat, quality=Quality())


def _publish(recording: Recording, folder: Path, film: Film) -> None:
    """Playlists first, then the manifest that tells of them."""
    captured = recording.timeline(now=recording.stopped_at or 0).captured
    text = playlist(first=0, segments=film.segments, ended=True, captured=captured)
    for rendition in film.renditions:
        write_bytes(folder / rendition.folder / "index.m3u8", text.encode())
    manifest = _told(folder, film)
    bandwidths = [film.bandwidth(rendition) for rendition in film.renditions]
    everything = master(audio=manifest.audio, video=manifest.video, bandwidths=bandwidths)
    write_bytes(folder / "master.m3u8", everything.encode())
    write_bytes(folder / "manifest.json", manifest.encode())


def _told(folder: Path, film: Film) -> Manifest:
    """The manifest as it is now, with the film."""
    manifest = decode((folder / "manifest.json").read_bytes())
    others = tuple(one for one in manifest.downloads if one.kind != "program")
    download = Download("program", FILE, (folder / FILE).stat().st_size)
    return replace(manifest, video=film.videos(), downloads=(download, *others))
