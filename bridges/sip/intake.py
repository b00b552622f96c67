"""What came from a line, in frames: a little is held back so that a late packet is not heard, and what piles
up is skipped. (Order and loss are the stack's.)"""

from bridges.sip.surplus import Surplus

MOST_HELD_FRAMES = 3
HELD_FRAMES = 1


class Intake:
    """One per line, of the mixer's thread. `size` is that of a frame in bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.missing = self.skipped = 0
        self._kept = bytearray()
        self._filling = True
        self._surplus = Surplus()

    def take(self, came: bytes) -> bytes | None:
        """The next frame; None: nothing is there, be silent."""
        self._kept += came
        if self._filling and len(self._kept) < (1 + HELD_FRAMES) * self.size:
            return None
        self._filling = False
        if len(self._kept) < self.size:
            self.missing += 1
            self._filling = True
            self._surplus.ran_short()
            return None
        surplus = len(self._kept) // self.size - 1 - MOST_HELD_FRAMES
        if surplus > 0:
            self.skipped += surplus
            del self._kept[: surplus * self.size]
        frame = self._next()
        if self._surplus.leaves_out(frame, len(self._kept) // self.size):
            self.skipped += 1
            frame = self._next()
        return frame

    def _next(self) -> bytes:
        frame = bytes(self._kept[: self.size])
        del self._kept[: self.size]
        return frame
