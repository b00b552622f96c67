"""Packs what was captured into masters (docs/recording.md): stream copies in WebM, each of a stretch of
time.

Sound is packed by the minute, pictures by five minutes, cut at keyframes. Of a camera that is sent in
several sizes the largest that flows is taken. Where a camera was off, a new file begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from recording.aligned import LATE_US, MINUTE_US, PICTURES, SOUNDS, AlignedTracks
from recording.captured import CapturedTrack
from recording.desk import Desk, read_json, replaced, write_json
from recording.levels import levels_of
from recording.samples import Frame
from recording.vp8 import Size
from recording.webm import write_pictures, write_sound

SOUND_WINDOW_US = MINUTE_US
PICTURE_WINDOW_US = 5 * MINUTE_US
OFF_US = 2_000_000
"""A camera that sends nothing for so long, and then a keyframe, was off."""
KEY_WITHIN_US = 15_000_000
"""While a conference is recorded a keyframe is asked for every ten seconds."""
LONGEST_FRAME_US = 200_000
"""For which the last picture of a file is shown."""


class Master(Struct, frozen=True):
    """One file: from `begin_us` to before `end_us` by the server's clock."""

    file: str
    participant: str
    source: str
    begin_us: int
    end_us: int
    width: int = 0
    height: int = 0

    @property
    def is_sound(self) -> bool:
        return self.source in SOUNDS

    @property
    def levels(self) -> str:
        """Of sound: the file with its levels."""
        return self.file.removesuffix(".webm") + ".levels.json"


class Index(Struct):
    """Of the masters there are; `done_us` says until when each track, or camera, was packed."""

    masters: list[Master] = []
    done_us: dict[str, int] = {}


def read_index(desk: Desk) -> Index:
    return read_json(desk.masters / "index.json", Index, Index())


class Packing:
    """`began_at`: of the recording, in ms; windows are counted from there."""

    def __init__(self, desk: Desk, tracks: AlignedTracks, began_at: int) -> None:
        self._desk = desk
        self._tracks = tracks
        self._began_us = began_at * 1000
        self.index = read_index(desk)

    def pack(self, until_us: int | None) -> Iterator[int]:
        """Do window after window, and tell how many are left; with `until_us` those complete by then."""
        for left, (name, tracks) in _counted_down(list(self._groups())):
            while (window := self._next_window(name, tracks, until_us)) is not None:
                self._pack_window(name, tracks, *window)
                yield left

    def _groups(self) -> Iterator[tuple[str, list[CapturedTrack]]]:
        for track in self._tracks.of(SOUNDS):
            yield track.name, [track]
        people: dict[str, list[CapturedTrack]] = {}
        for track in self._tracks.of(PICTURES):
            people.setdefault(f"{track.header.participant}.{track.header.source}", []).append(track)
        yield from people.items()

    def _next_window(
        self, name: str, tracks: Sequence[CapturedTrack], until_us: int | None
    ) -> tuple[int, int] | None:
        pictures = tracks[0].header.source in PICTURES
        length = PICTURE_WINDOW_US if pictures else SOUND_WINDOW_US
        first_us = min(track.first.arrived_us for track in tracks) - LATE_US
        begin = max(self.index.done_us.get(name, 0), first_us, self._began_us)
        end = begin + length - (begin - self._began_us) % length
        if begin >= max(track.last_us for track in tracks):
            return None
        needed = end + LATE_US + (KEY_WITHIN_US if pictures else 0)
        return (begin, end) if until_us is None or needed <= until_us else None

    def _pack_window(self, name: str, tracks: Sequence[CapturedTrack], begin: int, end: int) -> None:
        if tracks[0].header.source in PICTURES:
            masters, end = self._pack_pictures(tracks, begin, end)
        else:
            masters = self._pack_sound(tracks[0], begin, end)
        files = {master.file for master in masters}
        others = [master for master in self.index.masters if master.file not in files]
        self.index.masters = sorted([*others, *masters], key=lambda master: (master.begin_us, master.file))
        self.index.done_us[name] = end
        write_json(self._desk.masters / "index.json", self.index)

    def _pack_sound(self, track: CapturedTrack, begin: int, end: int) -> list[Master]:
        sounds = self._tracks.sounds(track, begin, end)
        if not sounds:
            return []
        master = self._master(track, sounds[0].at_us, sounds[-1].at_us + 20_000)
        with replaced(self._desk.masters / master.file) as part:
            write_sound(part, sounds)
        write_json(self._desk.masters / master.levels, levels_of(sounds))
        return [master]

    def _pack_pictures(
        self, tracks: Sequence[CapturedTrack], begin: int, end: int
    ) -> tuple[list[Master], int]:
        groups: list[tuple[int, list[Frame]]] = []
        for track in tracks:
            groups += [(track.header.layer, group) for group in self._groups_of_frames(track, begin, end)]
        frames = best_layers(groups)
        masters = [self._pack_run(tracks[0], run) for run in runs(frames)]
        return masters, max([end, *(master.end_us for master in masters)])

    def _groups_of_frames(self, track: CapturedTrack, begin: int, end: int) -> list[list[Frame]]:
        """Those that begin in this window, each whole."""
        if track.last_us < begin or track.first.arrived_us - LATE_US > end:
            return []
        groups: list[list[Frame]] = []
        for longer in (KEY_WITHIN_US, PICTURE_WINDOW_US):
            groups = pictures_by_key(self._tracks.frames(track, begin, end + longer))
            if any(group[0].at_us >= end for group in groups) or track.last_us < end:
                break
        return [group for group in groups if group[0].at_us < end]

    def _pack_run(self, track: CapturedTrack, frames: Sequence[Frame]) -> Master:
        longest = max((b.at_us - a.at_us for a, b in pairwise(frames[-3:])), default=0)
        end_us = frames[-1].at_us + min(longest or LONGEST_FRAME_US, LONGEST_FRAME_US)
        master = self._master(track, frames[0].at_us, end_us)
        with replaced(self._desk.masters / master.file) as part:
            size = write_pictures(part, frames)
        return self._master(track, frames[0].at_us, end_us, size)

    def _master(self, track: CapturedTrack, begin: int, end: int, size: Size = Size(0, 0)) -> Master:  # noqa: B008
        header = track.header
        file = f"{header.participant}.{header.source}.{begin // 1000}.webm"
        return Master(file, header.participant, header.source, begin, end, size.width, size.height)


def _counted_down(
    groups: Sequence[tuple[str, list[CapturedTrack]]],
) -> Iterator[tuple[int, tuple[str, list[CapturedTrack]]]]:
    return zip(range(len(groups), 0, -1), groups, strict=True)


def pictures_by_key(frames: Iterable[Frame]) -> list[list[Frame]]:
    """A keyframe, and what follows it."""
    groups: list[list[Frame]] = []
    for frame in frames:
        if frame.size:
            groups.append([frame])
        elif groups:
            groups[-1].append(frame)
    return groups


def best_layers(groups: Iterable[tuple[int, list[Frame]]]) -> list[Frame]:
    """Of the same pictures in several sizes: at each keyframe, the largest that flows then."""
    chosen: list[tuple[int, list[Frame]]] = []
    for layer, group in sorted(groups, key=lambda found: (found[1][0].at_us, found[0])):
        begin = group[0].at_us
        if chosen:
            current, frames = chosen[-1]
            if layer < current and frames[-1].at_us >= begin:
                continue
            frames[:] = [frame for frame in frames if frame.at_us < begin]
        chosen.append((layer, list(group)))
    return [frame for _layer, group in chosen for frame in group]


def runs(frames: Sequence[Frame]) -> Iterator[list[Frame]]:
    """Parted where the camera was off."""
    run: list[Frame] = []
    for frame in frames:
        if run and frame.size and frame.at_us - run[-1].at_us > OFF_US:
            yield run
            run = []
        run.append(frame)
    if run:
        yield run


def sweep(folder: Path, index: Index) -> None:
    """Delete what a worker left that was killed."""
    known = {master.file for master in index.masters}
    for path in folder.iterdir():
        if path.is_file() and path.suffix != ".json" and path.name not in known:
            path.unlink()
