"""What was captured, track by track: chunk files of a folder `raw`, read by time of arrival, also while they
grow. Nothing here writes."""

import functools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recording.chunks import (
    OPEN_SUFFIX,
    SUFFIX,
    Chunk,
    ChunkDamaged,
    PacketRecord,
    Record,
    TrackHeader,
    read_chunk,
    read_head,
)
from recording.samples import Line

CHUNKS_KEPT = 2
"""Of each track, in memory, because neighbours are asked for next."""

MOMENT_US = 3_000_000


@dataclass(slots=True)
class ChunkFile:
    """`first_us`: arrival of its first packet."""

    path: Path
    first_us: int


@dataclass(slots=True)
class CapturedTrack:
    """`damaged` chunk files could not be read at all; of others what precedes the damage counts."""

    header: TrackHeader
    first: PacketRecord
    files: list[ChunkFile]
    damaged: list[Path] = field(default_factory=list)
    _kept: dict[tuple[Path, int], Chunk] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.header.folder

    def line(self, offset_us: int = 0) -> Line:
        return Line(self.header.clock_rate, self.first.arrived_us, self.first.timestamp, offset_us)

    @property
    def last_us(self) -> int:
        """When its last packet arrived, as far as is known."""
        path = self._current(self.files[-1].path)
        return _last_arrival(path, path.stat().st_size)

    def may_have(self, begin_us: int, end_us: int) -> bool:
        """Whether something may have arrived then, or a moment earlier or later."""
        return self.first.arrived_us - MOMENT_US < end_us and self.last_us + MOMENT_US > begin_us

    def records(self, begin_us: int, end_us: int) -> Iterator[Record]:
        """Those that arrived from `begin_us` to before `end_us`."""
        index = max(0, bisect_right([file.first_us for file in self.files], begin_us) - 1)
        for file in self.files[index:]:
            if file.first_us >= end_us:
                return
            for record in self._read(file.path).records:
                if begin_us <= record.arrived_us < end_us:
                    yield record

    def packets(self, begin_us: int, end_us: int) -> Iterator[PacketRecord]:
        return (r for r in self.records(begin_us, end_us) if isinstance(r, PacketRecord))

    def _read(self, path: Path) -> Chunk:
        path = self._current(path)
        key = (path, path.stat().st_size)
        if key not in self._kept:
            while len(self._kept) >= CHUNKS_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = read_chunk(path)
        return self._kept[key]

    def _current(self, path: Path) -> Path:
        """Its name now: it may have been sealed."""
        return path if path.exists() else path.with_name(path.name.removesuffix(OPEN_SUFFIX) + SUFFIX)


@functools.lru_cache(maxsize=1_000)
def _last_arrival(path: Path, _size: int) -> int:
    return max((record.arrived_us for record in read_chunk(path).records), default=0)


def captured_tracks(raw: Path) -> list[CapturedTrack]:
    """In the order of their names. Raises OSError."""
    if not raw.is_dir():
        return []
    found = (_track(folder) for folder in sorted(raw.iterdir()) if folder.is_dir())
    return [track for track in found if track is not None]


def chunk_paths(folder: Path) -> list[Path]:
    """In their order. One that is just being sealed is there once, under either name."""
    numbered = {
        int(path.name.split(".")[0]): path
        for path in sorted(folder.iterdir(), reverse=True)
        if path.name.endswith((SUFFIX, OPEN_SUFFIX)) and path.name.split(".")[0].isdigit()
    }
    return [numbered[number] for number in sorted(numbered)]


def _track(folder: Path) -> CapturedTrack | None:
    track: CapturedTrack | None = None
    damaged: list[Path] = []
    for path in chunk_paths(folder):
        try:
            header, first = read_head(path)
        except ChunkDamaged:
            damaged.append(path)
            continue
        if first is None:
            continue
        if track is None:
            track = CapturedTrack(header, first, [])
        track.files.append(ChunkFile(path, first.arrived_us))
    if track is not None:
        track.damaged = damaged
    return track
