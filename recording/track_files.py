"""The files of one track that is captured: chunk after chunk, flushed, synchronised and sealed in time.

Belongs to one thread. Times are seconds of any clock that only goes forward. Raises OSError where the disk
does not take it.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from recording.chunks import OPEN_SUFFIX, SUFFIX, ChunkWriter, TrackHeader, seal_file

logger = logging.getLogger(__name__)

FLUSH_S = 1.0
SYNC_S = 5.0
SEAL_S = 60.0
SEAL_LIVE_S = 2.0


class TrackFiles:
    """Nothing is opened before there is something to write; no number is ever used again."""

    def __init__(self, raw: Path, header: TrackHeader) -> None:
        self.header = header
        self._folder = raw / header.folder
        self._number = 0
        self._writer: ChunkWriter | None = None
        self._opened_at = self._flushed_at = self._synced_at = 0.0

    def write(self, bodies: Iterable[bytes], now: float) -> None:
        """Records, encoded."""
        writer = self._writer or self._open(now)
        for body in bodies:
            writer.write_body(body)

    def care(self, now: float, *, seal_after: float) -> None:
        """To be called several times a second."""
        if self._writer is None:
            return
        if now - self._opened_at >= seal_after:
            self.seal()
        elif now - self._synced_at >= SYNC_S:
            self._flushed_at = self._synced_at = now
            self._writer.sync()
        elif now - self._flushed_at >= FLUSH_S:
            self._flushed_at = now
            self._writer.flush()

    def seal(self) -> None:
        """Complete what is open."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.seal()
        except OSError:
            writer.abandon()
            raise

    def abandon(self) -> None:
        """The disk did not take what was written last: leave it at that."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.abandon()

    def _open(self, now: float) -> ChunkWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._number = max([self._number, *_numbers(self._folder)]) + 1
        writer = ChunkWriter(self._folder / f"{self._number:05}{OPEN_SUFFIX}", self.header)
        self._writer = writer
        self._opened_at = self._flushed_at = self._synced_at = now
        writer.flush()  # what has a header can be read, whatever comes
        return writer


def _numbers(folder: Path) -> Iterable[int]:
    names = (path.name.partition(".")[0] for path in folder.glob(f"*{SUFFIX}*"))
    return (int(name) for name in names if name.isdecimal())


def seal_leftovers(raw: Path) -> None:
    """Chunks of a process that was killed are complete: nobody writes them any more."""
    for path in sorted(raw.glob(f"*/*{OPEN_SUFFIX}")):
        try:
            if path.stat().st_size:
                seal_file(path)
            else:
                path.unlink()
        except OSError:
            logger.exception("What was left of a chunk stays open: %s", path)
