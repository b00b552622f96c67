"""From packets that come when they come to one frame every 20 ms: order, loss, lateness and drift. No clock.

It holds back one frame more than it must where packets often come late, and never more than `MOST_HELD_S`.
"""

from dataclasses import dataclass

import numpy as np

from conferences.media.concealment import Concealer
from conferences.media.mixing import FRAME_S, Samples, crossfaded
from conferences.media.ring import SoundRing

MOST_HELD_S = 0.04

_WINDOW = 100
"""Frames (2 s) over which is looked how much is left over."""
_PATIENCE = 300
"""Frames for which a quiet place is waited for."""
_GIVES_UP = 5
"""So many frames without anything, and the sender is silent."""
_PEACE = 1500
"""Frames (30 s) without a shortage until as little is held back as at first."""
_QUIET = 400
"""Peak below which nobody hears 20 ms more or less."""


@dataclass(slots=True)
class PlayoutStats:
    """`received` and `late` in packets, the others in frames."""

    received: int = 0
    lost: int = 0
    late: int = 0
    concealed: int = 0
    dropped: int = 0
    inserted: int = 0


class Playout:
    """`put` what came, `take` a frame every 20 ms; both by one thread."""

    def __init__(self, rate: int, *, spare: int = 1) -> None:
        """`spare`: the frames that are held back as a rule."""
        self.stats = PlayoutStats()
        self.frame = int(rate * FRAME_S)
        self._ring = SoundRing(self.frame)
        self._concealer = Concealer(rate)
        self._most_held = int(rate * MOST_HELD_S)
        self._flows = False
        self._base = self._at = self._end = 0
        """The position of the first sample; from there, what is played next, and the end of what is there."""
        self._usual_spare = self._spare = spare
        self._starving = 0
        self._peace = _PEACE
        self._least = self._looked = 0

    def put(self, position: int, samples: Samples) -> None:
        """What was taken from `position` on, counted in samples. What comes twice or too late is left out."""
        self.stats.received += 1
        size = len(samples) - len(samples) % self._ring.block
        if not size or size > self._ring.size // 2:
            self.stats.dropped += 1
            return
        at = (position - self._base) // self._ring.block * self._ring.block
        if not self._flows or not self._at - self._ring.size < at < self._at + self._ring.size - size:
            at = self._start(position)
        if at < self._at:
            self.stats.late += 1
        elif self._ring.begins(at):
            self.stats.dropped += 1
        else:
            self._ring.write(at, samples[:size])
            self._end = max(self._end, at + size)

    def take(self) -> Samples | None:
        """What is to be heard next, concealed if need be; None: the sender is silent."""
        if not self._flows:
            return None
        if self.held - self.frame > self._most_held:
            self._drop(self.held - self.frame - self._most_held)
        if self._end <= self._at:
            return self._starve()
        if self._starving:
            self._recover()
        self._adapt()
        return self._next()

    @property
    def held(self) -> int:
        """Samples that are held back, with holes between."""
        return self._end - self._at if self._flows else 0

    def _start(self, position: int) -> int:
        """Silence first, so that something is left over from the beginning. Returns where the first goes."""
        spare = self._spare * self.frame
        self._base, self._at, self._end = position - spare, 0, spare
        self._ring.clear()
        self._ring.write(0, np.zeros(spare, np.int16))
        self._concealer.forget()
        self._flows, self._starving = True, 0
        self._look_anew()
        return spare

    def _starve(self) -> Samples | None:
        """Nothing is there: if it only comes late, that is one frame more held back."""
        self._starving += 1
        if self._starving > _GIVES_UP:
            self._flows = False
            return None
        self.stats.concealed += 1
        return self._concealer.conceal(self.frame)

    def _recover(self) -> None:
        """What was concealed while nothing came may be lost: its place is not played once more."""
        for _ in range(self._starving):
            if self._ring.has(self._at) or self.held <= self.frame:
                break
            self.stats.lost += 1
            self._at += self.frame
        self._spare = self._usual_spare + (self._peace < _PEACE)
        self._peace = self._starving = 0

    def _next(self) -> Samples:
        if self._ring.has(self._at):
            frame = self._concealer.heard(self._ring.read(self._at))
        else:
            self.stats.lost += 1
            self.stats.concealed += 1
            frame = self._concealer.conceal(self.frame)
        self._pass_over(self.frame)
        return frame

    def _pass_over(self, samples: int) -> None:
        self._ring.forget(self._at, self._at + samples)
        self._at += samples

    def _drop(self, samples: int) -> None:
        """What came in a heap is too late to be heard."""
        self.stats.dropped += -(-samples // self.frame)
        self._pass_over(samples)

    # The drift of clocks

    def _adapt(self) -> None:
        """Look for a while how much is left over at least: if that is always too much or too little, change
        it where it is quiet."""
        self._peace += 1
        if self._peace == _PEACE:
            self._spare = self._usual_spare
        self._least = min(self._least, self.held - self.frame)
        self._looked += 1
        if self._looked < _WINDOW:
            return
        wanted = self._spare * self.frame
        if self._least >= wanted + self.frame:
            self._shorten()
        elif self._least < wanted:
            self._lengthen()
        else:
            self._look_anew()

    def _shorten(self) -> None:
        """Two frames become one; of a loud one only if there is no quiet place for long."""
        following = self._at + self.frame
        if not (self._ring.has(self._at) and self._ring.has(following)):
            return
        frame = self._ring.read(self._at)
        if self._looked < _PATIENCE and not _is_quiet(frame):
            return
        self._ring.write(following, crossfaded(frame, self._ring.read(following)))
        self._pass_over(self.frame)
        self.stats.dropped += 1
        self._look_anew()

    def _lengthen(self) -> None:
        """A quiet frame is played twice. A loud one is not: rather is one concealed when it must be."""
        if not self._ring.has(self._at):
            return
        frame = self._ring.read(self._at)
        if _is_quiet(frame):
            self._at -= self.frame
            self._ring.write(self._at, frame)
            self.stats.inserted += 1
            self._look_anew()

    def _look_anew(self) -> None:
        self._least, self._looked = self._most_held, 0


def _is_quiet(frame: Samples) -> bool:
    return int(np.abs(frame).max()) < _QUIET
