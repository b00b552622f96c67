"""What one caller says, for a moment: their name."""

import numpy as np

from bridges.base import FRAME_MS, LONGEST_RECORDED_S
from bridges.sip.resample import Floats

MOST_FRAMES = LONGEST_RECORDED_S * 1000 // FRAME_MS


class Recording:
    """The mixer adds to it; `sound` is read when it is over."""

    def __init__(self) -> None:
        self._frames: list[bytes] = []

    @property
    def is_full(self) -> bool:
        return len(self._frames) >= MOST_FRAMES

    def add(self, frame: Floats) -> None:
        """20 ms, of the size of 16 bit."""
        if not self.is_full:
            self._frames.append(np.clip(frame, -32_768, 32_767).astype("<i2").tobytes())

    @property
    def sound(self) -> bytes:
        return b"".join(self._frames)
