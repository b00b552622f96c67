"""How many pictures a second a live film has: fewer where a machine does not keep up, more when it does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recording.video_segments import FRAMES, SEGMENT_MS

STEPS = (FRAMES, FRAMES // 2, FRAMES // 4, 1)
BUSY = 0.75
"""The share of a segment's time that its pictures may take."""
IDLE = 0.3
CALM = 15
"""Segments that were easy before more is tried."""
LATE = 2
"""Segments that are ready and not made: too many."""


class Effort:
    """`clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._step = 0
        self._calm = 0

    @property
    def frames(self) -> int:
        """Of a segment."""
        return STEPS[self._step]

    @contextmanager
    def measured(self, behind: int) -> Iterator[None]:
        """The making of a segment's pictures; `behind`: how many segments are ready."""
        begin = self._clock()
        yield
        share = (self._clock() - begin) * 1_000 / SEGMENT_MS
        if share > BUSY or behind > LATE:
            self._step = min(self._step + 1, len(STEPS) - 1)
            self._calm = 0
            return
        self._calm = self._calm + 1 if share < IDLE else 0
        if self._calm >= CALM and self._step:
            self._step -= 1
            self._calm = 0
