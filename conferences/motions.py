"""What pens and pointers do, gathered for a moment and then told at once: with fifty who draw, everyone gets
twenty frames a second, not a thousand. Under pressure the oldest is forgotten; finished shapes are events.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from conferences.core.signals import Motion

Place = TypeVar("Place")

WINDOW_S = 0.04
MOST = 600
"""In a window, of one conference."""


class Motions(Generic[Place]):
    """`tell(place, motions)` is called WINDOW_S after the first of them was taken."""

    def __init__(self, tell: Callable[[Place, list[Motion]], None]) -> None:
        self._tell = tell
        self._gathered: dict[Place, deque[Motion]] = {}
        self.dropped = 0
        """Motions that were forgotten."""

    def take(self, place: Place, motion: Motion) -> None:
        gathered = self._gathered.get(place)
        if gathered is None:
            gathered = self._gathered[place] = deque(maxlen=MOST)
            asyncio.get_running_loop().call_later(WINDOW_S, self._flush, place)
        self.dropped += len(gathered) == MOST
        gathered.append(motion)

    def _flush(self, place: Place) -> None:
        self._tell(place, list(self._gathered.pop(place)))
