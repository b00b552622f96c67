"""The mix as one file for downloading: the segments' own AAC, in an MP4 with its index in front."""

from collections.abc import Sequence
from pathlib import Path

import av


class Joined:
    """Several files as one that is read from beginning to end."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._rest = list(reversed(paths))
        self._current = b""

    def read(self, count: int) -> bytes:
        while not self._current and self._rest:
            self._current = self._rest.pop().read_bytes()
        found, self._current = self._current[:count], self._current[count:]
        return found


def write_sound_file(path: Path, parts: Sequence[Path]) -> None:
    """`parts`: the init segment, then the others in order."""
    with (
        av.open(Joined(parts), "r", format="mp4") as source,
        av.open(str(path), "w", format="ipod", options={"movflags": "faststart"}) as container,
    ):
        stream = container.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.size:
                packet.stream = stream
                container.mux(packet)
