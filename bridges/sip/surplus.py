"""What is left over all the time in front of somebody who takes a frame every 20 ms: it is delay, and nothing
else. Pure."""

import numpy as np

WINDOW = 100
"""Frames (2 s) over which is looked how much is left over."""
PATIENCE = 300
"""Frames for which a quiet one is waited for."""
PEACE = 1500
"""Frames (30 s) without a shortage until nothing needs to be left over."""
MOST = 3
"""Frames: more than that is left out at once."""
QUIET = 400
"""Peak below which nobody hears 20 ms more or less."""


class Surplus:
    """Looked at with one of `every` so many frames."""

    def __init__(self, every: int = 1) -> None:
        self._every = every
        self._peace = PEACE
        self._looked = self._least = 0

    def leaves_out(self, frame: bytes, left: int) -> bool:
        """Whether this frame (16 bit) is not to be played, for so many frames are left over all the time."""
        if left > MOST:
            return True
        self._peace += self._every
        self._least = min(self._least, left) if self._looked else left
        self._looked += self._every
        if self._looked < WINDOW:
            return False
        needed = 0 if self._peace >= PEACE else 1
        if self._least > needed and self._looked < PATIENCE and not is_quiet(frame):
            return False
        self._looked = 0
        return self._least > needed

    def ran_short(self) -> None:
        """There was nothing to take: a frame more is left over for a while."""
        self._peace = self._looked = 0


def is_quiet(frame: bytes) -> bool:
    samples = np.frombuffer(frame, np.int16)
    return max(int(samples.max()), -int(samples.min())) < QUIET
