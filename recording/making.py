"""Makes recordings ready, piece by piece, and again when somebody changed what is shown.

Whoever works on a recording has it alone: `worked_at` is the lease, taken and prolonged by
compare-and-set. Each step may be begun again at any time; what is there already is not made twice. While
a conference runs, what is complete is packed and mixed beforehand.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec
from django.db.models import F

from conferences.core.words import Millis
from recording.aligned import AlignedTracks
from recording.bundle import Bundle
from recording.desk import Desk, read_json, write_bytes, write_json
from recording.failures import Failure, failure_of
from recording.manifest import decode as decode_manifest
from recording.models import Recording, Status, Step
from recording.remux import Packing, sweep
from recording.shipping import chunks_ship, deliver, fetch, fetch_folder
from recording.spools import check_arrived, spool_ship, spools_awaited
from recording.storage import (
    desk_folder,
    folder_delete,
    local_path,
    masters_folder,
    names_in,
    raw_folder,
    recording_folder,
    recordings_storage,
    size_of,
)
from recording.voices import CapturedVoices, MasterVoices, Voices

logger = logging.getLogger(__name__)

LEASE_MS = 2 * 60 * 1000
"""A worker that says nothing for so long is taken for dead."""
PIECE_MS = 45 * 1000
"""After so long a worker takes a new task, so that others get their turn."""
FLUSHED_MS = 3_000
"""What happened before that is on the disk and in the journal while a conference runs."""
TRIES = 5
DAY_MS = 24 * 3600 * 1000

Now = Callable[[], Millis]


class LeaseLost(Exception):
    """Somebody else has the recording, or it was changed or deleted meanwhile."""


class NotYet(Exception):
    """Something is still on its way."""


class MadeFrom(msgspec.Struct, frozen=True):
    """What a version was made from: with something else, it is another."""

    parts: list[str]
    cuts: list[list[int]]
    hidden_participants: list[str]
    hidden_lines: list[int]


@dataclass
class Work:
    """One worker's hold of a recording."""

    row: Recording
    now: Now
    lease: Millis
    began: Millis = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now()

    @property
    def desk(self) -> Desk:
        return Desk(desk_folder(self.row.pk))

    @property
    def is_elsewhere(self) -> bool:
        """What is made lies on this machine alone until it is published."""
        return local_path(recording_folder(self.row.pk)) is None

    @property
    def is_long(self) -> bool:
        return self.now() - self.began >= PIECE_MS and not self.is_elsewhere

    def prolong(self, **changes: object) -> None:
        """And say how far it is. Raises LeaseLost."""
        lease = max(self.now(), self.lease + 1)
        held = Recording.objects.filter(
            pk=self.row.pk, worked_at=self.lease, status=self.row.status, step=self.row.step
        )
        if not held.update(worked_at=lease, **changes):
            raise LeaseLost
        self.lease = lease
        for name, value in changes.items():
            setattr(self.row, name, value)

    def reached(self, step: Step) -> None:
        """What killed workers before is behind us, unless whoever follows them begins anew."""
        self.prolong(step=step, percent=0, **({} if self.is_elsewhere else {"tries": 0}))

    def release(self) -> None:
        Recording.objects.filter(pk=self.row.pk, worked_at=self.lease).update(worked_at=0)


def recording_advance(*, recording: str, now: Now) -> bool:
    """Do the next piece of work: a minute at most, or all of it where the storage is elsewhere. True: there
    is more to do now."""
    work = _taken(recording, now)
    if work is None:
        return False
    try:
        return _advance(work)
    except (LeaseLost, NotYet):
        return False
    except Exception as error:
        logger.exception("Recording %s could not be made.", recording)
        _fail(work, failure_of(error))
        return False
    finally:
        work.release()


def _taken(recording: str, now: Now) -> Work | None:
    """None: there is nothing to do, or somebody does it."""
    row = Recording.objects.filter(pk=recording, status__in=(Status.RECORDING, Status.MAKING)).first()
    if row is None or now() - row.worked_at < LEASE_MS:
        return None
    lease = now()
    died = F("tries") + bool(row.worked_at)
    free = Recording.objects.filter(pk=recording, worked_at=row.worked_at, status=row.status)
    if not free.update(worked_at=lease, tries=died):
        return None
    row.refresh_from_db()
    return Work(row, now, lease)


def _fail(work: Work, failure: Failure) -> None:
    """While it is recorded that is not the end of it."""
    making = Recording.objects.filter(pk=work.row.pk, worked_at=work.lease, status=Status.MAKING)
    making.update(status=Status.FAILED, failure=failure)


def _advance(work: Work) -> bool:
    if work.row.status == Status.RECORDING:
        return _prepare(work)
    if work.row.tries > TRIES:
        _fail(work, Failure.WORKER_DIED)
        return False
    if not work.row.step or work.is_elsewhere:
        work.reached(_first_step(work))
    while work.row.status == Status.MAKING:
        for percent in _STEPS[Step(work.row.step)](work):
            work.prolong(percent=percent)
            if work.is_long:
                return True
    return False


def _first_step(work: Work) -> Step:
    """What another worker had on its desk is not on ours. Masters of what was published are kept."""
    return Step.BUNDLE if _version(work) > max(1, work.row.version) else Step.VERIFY


# While the conference runs


def _prepare(work: Work) -> bool:
    """Pack and mix what is complete."""
    until = work.now() - FLUSHED_MS
    if not work.row.version:
        work.prolong(version=1)
    for _path in _brought(work):
        work.prolong()
    tracks = AlignedTracks(work.desk, work.row.started_at)
    bundle = Bundle(work.row, work.desk, _version(work), until)
    voices = CapturedVoices(tracks)
    for piece in (Packing(work.desk, tracks, work.row.started_at).pack(until * 1000), bundle.mix(voices)):
        for _left in piece:
            work.prolong()
            if work.is_long:
                return True
    return False


# Step by step


def _verify(work: Work) -> Iterator[int]:
    spool_ship(work.row.pk, now=work.now())
    if spools_awaited(work.row, now=work.now()):
        raise NotYet
    for _path in _brought(work):
        yield 0
    check_arrived(work.row)
    damaged = [
        path for track in AlignedTracks(work.desk, work.row.started_at).tracks for path in track.damaged
    ]
    for path in damaged:
        logger.warning("Recording %s: %s cannot be read.", work.row.pk, path.name)
    _begin_version(work)
    work.reached(Step.ALIGN)


def _align(work: Work) -> Iterator[int]:
    """The first minute of each track; the others when they are read."""
    tracks = AlignedTracks(work.desk, work.row.started_at)
    for number, track in enumerate(tracks.tracks):
        tracks.decide(track, track.first.arrived_us)
        yield 100 * number // len(tracks.tracks)
    work.reached(Step.REMUX)


def _remux(work: Work) -> Iterator[int]:
    tracks = AlignedTracks(work.desk, work.row.started_at)
    packing = Packing(work.desk, tracks, work.row.started_at)
    yield from _percents(packing.pack(None))
    if work.desk.masters.is_dir():
        sweep(work.desk.masters, packing.index)
    work.reached(Step.MIX)


def _mix(work: Work) -> Iterator[int]:
    for _path in fetch_folder(work.row.pk, masters_folder(work.row.pk)):
        yield 0
    _begin_version(work)
    bundle = _bundle(work)
    yield from _percents(bundle.mix(_voices(work, bundle)))
    work.reached(Step.BUNDLE)


def _gather(work: Work) -> Iterator[int]:
    """Begun by somebody who changed what is shown, it finds no sound yet."""
    for _path in fetch_folder(work.row.pk, masters_folder(work.row.pk)):
        yield 0
    if _begin_version(work):
        work.reached(Step.MIX)
        return
    yield from _percents(_bundle(work).gather())
    work.reached(Step.PUBLISH)


def _publish(work: Work) -> Iterator[int]:
    version = max(_versions(work), default=1)
    bundle = _bundle(work, version)
    manifest = bundle.manifest(ended=True)
    write_bytes(bundle.folder / "manifest.json", manifest.encode())
    yield 50
    for folder in ("masters", str(version)):
        for _path in deliver(work.row.pk, folder):
            yield 75
    work.prolong(
        status=Status.READY,
        step="",
        percent=100,
        failure="",
        tries=0,
        version=version,
        length_ms=bundle.timeline.length,
        size_bytes=size_of(recording_folder(work.row.pk)),
    )
    for older in _versions(work):
        if older != version:
            folder_delete(f"{recording_folder(work.row.pk)}/{older}")
    if local_path(recording_folder(work.row.pk)) is None:
        shutil.rmtree(work.desk.folder, ignore_errors=True)


_STEPS: dict[Step, Callable[[Work], Iterator[int]]] = {
    Step.VERIFY: _verify,
    Step.ALIGN: _align,
    Step.REMUX: _remux,
    Step.MIX: _mix,
    Step.BUNDLE: _gather,
    Step.PUBLISH: _publish,
}


def _percents(counted_down: Iterator[int]) -> Iterator[int]:
    """From what is left, of which the most is at the beginning."""
    most = 0
    for left in counted_down:
        most = max(most, left + 1)
        yield 100 - 100 * left // most


def _brought(work: Work) -> Iterator[object]:
    """What lies elsewhere comes to the desk, what is in this machine's spool too."""
    yield from chunks_ship(work.row.pk)
    yield from fetch(work.row.pk)


def _bundle(work: Work, version: int | None = None) -> Bundle:
    until = work.row.stopped_at or work.now()
    return Bundle(work.row, work.desk, version or _version(work), until)


def _voices(work: Work, bundle: Bundle) -> Voices:
    """Of what was captured, as long as it is there."""
    tracks = AlignedTracks(work.desk, work.row.started_at)
    if tracks.tracks:
        return CapturedVoices(tracks, bundle.redaction.people)
    return MasterVoices(work.desk, bundle.index, bundle.redaction.people)


# Versions


def _versions(work: Work) -> set[int]:
    """That lie on the desk, or in the storage."""
    id = work.row.pk
    found = {path.name for path in work.desk.folder.iterdir()} if work.desk.folder.is_dir() else set()
    if local_path(recording_folder(id)) is None:
        found |= {name.split("/")[1] for name in names_in(recording_folder(id))}
    return {int(name) for name in found if name.isdigit()}


def _version(work: Work) -> int:
    """The one in the making: another than was published."""
    version = max(1, work.row.version)
    name = f"{recording_folder(work.row.pk)}/{version}/manifest.json"
    if recordings_storage.exists(name):
        with recordings_storage.open(name) as file:
            return version + decode_manifest(file.read()).ended
    return version


def _begin_version(work: Work) -> bool:
    """True: there is nothing of it yet, or what there was is of no use."""
    row, version = work.row, _version(work)
    made_from = MadeFrom(row.parts, row.cuts, row.hidden_participants, row.hidden_lines)
    path, folder = work.desk.masters / f"made-{version}.json", work.desk.bundle(version)
    nothing_yet = MadeFrom(row.parts, [], [], [])
    if read_json(path, MadeFrom, nothing_yet) == made_from and folder.is_dir():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_json(path, made_from)
    return True


# Looking after


def recording_retry(*, recording: str) -> bool:
    """After a failure, from the step that failed. False: there was none."""
    failed = Recording.objects.filter(pk=recording, status=Status.FAILED)
    return bool(failed.update(status=Status.MAKING, failure="", tries=0, worked_at=0))


def recordings_look_after(*, now: Millis) -> list[str]:
    """Those to be given to a worker: a task may have been lost, or a worker have died."""
    open = Recording.objects.filter(status__in=(Status.RECORDING, Status.MAKING))
    return list(open.filter(worked_at__lte=now - LEASE_MS).values_list("pk", flat=True))


def recordings_forget_raw(*, now: Millis, days: int) -> None:
    """Delete what was captured some days after it was published: the masters hold it all."""
    old = Recording.objects.filter(status=Status.READY, stopped_at__lt=now - days * DAY_MS)
    for recording in old:
        index = f"{masters_folder(recording.pk)}/index.json"
        if recordings_storage.exists(index) and any(names_in(raw_folder(recording.pk))):
            folder_delete(raw_folder(recording.pk))
            size = size_of(recording_folder(recording.pk))
            Recording.objects.filter(pk=recording.pk).update(size_bytes=size)
