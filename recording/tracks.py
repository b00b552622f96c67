"""Cameras and screens of a bundle, decoded: which picture is to be seen at a moment."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av

from recording.manifest import Track

SEEK_MS = 2_000
"""So far it is quicker to decode than to look for a keyframe."""


class TrackReader:
    """One file, read forward; jumps where it is asked for something later or earlier."""

    def __init__(self, path: Path, track: Track) -> None:
        self.track = track
        self._container = av.open(str(path))
        self._stream = self._container.streams.video[0]
        self._stream.codec_context.thread_count = 1
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._now: av.VideoFrame | None = None
        self._next: av.VideoFrame | None = None
        self._jump(0)

    def at(self, t: int) -> av.VideoFrame | None:
        """The picture that is shown then; None: not any more, or not yet."""
        if not self.track.from_ms <= t < self.track.to_ms:
            return None
        wanted = t - self.track.from_ms
        position = _ms(self._next) if self._next else _ms(self._now)
        is_far = self._next is not None and wanted - position > SEEK_MS
        if is_far or (self._now is not None and wanted < _ms(self._now)):
            self._jump(wanted)
        while self._next is not None and _ms(self._next) <= wanted:
            self._now, self._next = self._next, next(self._frames, None)
        return self._now

    def close(self) -> None:
        self._container.close()

    def _jump(self, ms: int) -> None:
        """To the keyframe before."""
        self._container.seek(ms * 1_000)
        self._frames = self._decoded()
        self._now, self._next = None, next(self._frames, None)

    def _decoded(self) -> Iterator[av.VideoFrame]:
        """A damaged picture is left out."""
        for packet in self._container.demux(self._stream):
            try:
                yield from self._stream.codec_context.decode(packet)
            except av.InvalidDataError:
                continue


class Tracks:
    """All of a bundle; opened when they are needed."""

    def __init__(self, folder: Path, tracks: Iterable[Track]) -> None:
        self._folder = folder
        self._tracks = sorted(tracks, key=lambda track: -track.width)
        self._open: dict[str, TrackReader] = {}

    def picture(self, participant: str, source: str, t: int) -> av.VideoFrame | None:
        """Of several sizes that were sent at once, the largest."""
        for track in self._tracks:
            is_it = track.participant == participant and track.source == source
            if is_it and track.from_ms <= t < track.to_ms:
                found = self._reader(track).at(t)
                if found is not None:
                    return found
        return None

    def close(self) -> None:
        for reader in self._open.values():
            reader.close()
        self._open.clear()

    def _reader(self, track: Track) -> TrackReader:
        if track.file not in self._open:
            self._open[track.file] = TrackReader(self._folder / track.file, track)
        return self._open[track.file]


def _ms(frame: av.VideoFrame | None) -> int:
    return round((frame.time or 0) * 1_000) if frame else 0
