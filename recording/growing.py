"""The captured tracks of a recording that still runs: looked at again every other second, so what is known of
chunks that are complete is not found out anew."""

from pathlib import Path

from recording.aligned import AlignedTracks
from recording.captured import CapturedTrack, ChunkFile, chunk_paths
from recording.chunks import ChunkDamaged, read_head
from recording.desk import Desk


class GrowingTracks:
    """`look` again, then ask `aligned`."""

    def __init__(self, desk: Desk, began_at: int) -> None:
        self._desk = desk
        self._began_at = began_at
        self._folders: set[str] = set()
        self.aligned = AlignedTracks(desk, began_at)

    def look(self) -> None:
        """Raises OSError."""
        raw = self._desk.raw
        folders = {path.name for path in raw.iterdir()} if raw.is_dir() else set()
        if folders - {track.name for track in self.aligned.tracks}:
            self.aligned = AlignedTracks(self._desk, self._began_at)
        for track in self.aligned.tracks:
            _grow(track, raw / track.name)


def _grow(track: CapturedTrack, folder: Path) -> None:
    last = _number(track.files[-1].path)
    for path in chunk_paths(folder):
        if _number(path) <= last:
            continue
        try:
            _, first = read_head(path)
        except (ChunkDamaged, FileNotFoundError):  # it is just being made, or sealed: next time
            continue
        if first is not None:
            track.files.append(ChunkFile(path, first.arrived_us))


def _number(path: Path) -> int:
    return int(path.name.partition(".")[0])
