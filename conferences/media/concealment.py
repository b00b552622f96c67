"""What is played where sound is missing: the last period of the voice again, fading.

As ITU-T G.711 appendix I does, but for its overlaps.
"""

import numpy as np
import numpy.typing as npt

from conferences.media.mixing import Samples, crossfaded

_FADES_S = 0.06
"""What is missing longer than that is silence."""
_SHORTEST_S, _LONGEST_S = 0.0025, 0.015
"""Periods of voices: 66 to 400 Hz."""
_JOIN_S = 0.004


class Concealer:
    """Is given every frame that is played, and asked for those that are not there."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._silence: Samples = np.zeros(int(rate * 0.04), np.int16)
        self._before = self._last = self._silence
        self._period: Samples | None = None
        self._played = 0

    def heard(self, frame: Samples) -> Samples:
        """Returns it, without a click after something that was concealed."""
        if self._period is not None:
            size = min(int(self._rate * _JOIN_S), len(frame))
            frame = np.concatenate((crossfaded(self._go_on(size), frame[:size]), frame[size:]))
            self._period = None
        self._before, self._last = self._last, frame
        return frame

    def conceal(self, samples: int) -> Samples:
        """So many in the place of what is missing."""
        if self._period is None:
            self._period, self._played = self._find_period(), 0
        return self._go_on(samples)

    def forget(self) -> None:
        """What follows has nothing to do with what was."""
        self._before = self._last = self._silence
        self._period = None

    def _find_period(self) -> Samples:
        """Where the end of what was heard looks most like a little earlier."""
        past = np.concatenate((self._before, self._last)).astype(np.float32)
        shortest, longest = int(self._rate * _SHORTEST_S), int(self._rate * _LONGEST_S)
        end = past[-longest:]
        search = past[-2 * longest : -shortest]
        if len(search) < longest:
            return self._last
        likeness = np.correlate(search, end, "valid")
        energy = np.convolve(search * search, np.ones(longest, np.float32), "valid")
        best = int(np.argmax(likeness / np.sqrt(energy + 1)))
        return past[-(shortest + len(likeness) - 1 - best) :].astype(np.int16)

    def _go_on(self, samples: int) -> Samples:
        period = self._period if self._period is not None else self._last
        fades = self._rate * _FADES_S
        places = np.arange(self._played, self._played + samples)
        self._played += samples
        gain: npt.NDArray[np.float64] = np.maximum(0.0, 1 - places / fades)
        return (period[places % len(period)] * gain).astype(np.int16)
