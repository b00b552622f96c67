"""The last second of a stream of sound, by position, with what is missing of it. Pure."""

import numpy as np

from conferences.media.mixing import Samples

_FRAMES = 50
_BLOCKS_PER_FRAME = 8
"""2.5 ms: the shortest that any codec of ours sends."""
_THERE = b"\1" * _BLOCKS_PER_FRAME
_NOT_THERE = bytes(_BLOCKS_PER_FRAME)


class SoundRing:
    """Positions are in samples, `size` of them may be apart. All but what is written is a multiple of
    `block`."""

    def __init__(self, frame: int) -> None:
        """`frame`: how many samples are read at once."""
        self.frame = frame
        self.block = frame // _BLOCKS_PER_FRAME
        self.size = _FRAMES * frame
        self._samples: Samples = np.zeros(self.size, np.int16)
        self._there = bytearray(_FRAMES * _BLOCKS_PER_FRAME)

    def clear(self) -> None:
        self._there[:] = bytes(len(self._there))

    def write(self, at: int, samples: Samples) -> None:
        start = at % self.size
        fits = min(len(samples), self.size - start)
        if fits == self.frame == len(samples):  # as nearly always
            self._samples[start : start + fits] = samples
            first = start // self.block
            self._there[first : first + _BLOCKS_PER_FRAME] = _THERE
            return
        self._samples[start : start + fits] = samples[:fits]
        self._samples[: len(samples) - fits] = samples[fits:]
        self._mark(at, at + len(samples), there=1)

    def forget(self, start: int, end: int) -> None:
        self._mark(start, end, there=0)

    def begins(self, at: int) -> bool:
        """Whether something is there at this place."""
        return bool(self._there[at // self.block % len(self._there)])

    def has(self, at: int) -> bool:
        """Whether the whole frame is there."""
        first = at // self.block % len(self._there)
        if first + _BLOCKS_PER_FRAME <= len(self._there):
            return self._there[first : first + _BLOCKS_PER_FRAME] == _THERE
        return all(self._there[(first + n) % len(self._there)] for n in range(_BLOCKS_PER_FRAME))

    def read(self, at: int) -> Samples:
        """The frame."""
        start = at % self.size
        if start + self.frame <= self.size:
            return self._samples[start : start + self.frame].copy()
        return np.concatenate((self._samples[start:], self._samples[: start + self.frame - self.size]))

    def _mark(self, start: int, end: int, *, there: int) -> None:
        first, count = start // self.block % len(self._there), (end - start) // self.block
        fits = min(count, len(self._there) - first)
        self._there[first : first + fits] = bytes([there]) * fits
        self._there[: count - fits] = bytes([there]) * (count - fits)
