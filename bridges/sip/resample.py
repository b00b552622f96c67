"""From the rate of a line to ours and back, for many lines at once. Pure numpy.

A row is one line's frame of 20 ms with the last samples of the frame before in front, so nothing has to be
kept here.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from bridges.base import SAMPLE_RATE

Floats = npt.NDArray[np.float32]

TAPS_PER_PHASE = 16
"""Of a windowed sinc: flat to 3.4 kHz of 4, or to 6.8 of 8; images below -50 dB."""
RATES = (8_000, 16_000, 32_000, 48_000)
_PASSED = 0.92
"""Of the lower band's half rate."""


class Resampler:
    """`factor` is a whole number: that many samples become one (`down`), or one becomes that many."""

    def __init__(self, factor: int, *, down: bool) -> None:
        self.factor = factor
        self.down = down
        self._taps = _taps(factor)
        self.past = 0 if factor == 1 else (len(self._taps) if down else TAPS_PER_PHASE) - 1
        """How many samples have to stand before a frame."""

    def __call__(self, rows: Floats) -> Floats:
        """`rows[lines, past + samples]`; returns `[lines, samples at the other rate]`."""
        if self.factor == 1:
            return rows
        return self._fewer(rows) if self.down else self._more(rows)

    def _fewer(self, rows: Floats) -> Floats:
        count = (rows.shape[1] - self.past) // self.factor
        span = (count - 1) * self.factor + 1
        result = np.zeros((len(rows), count), np.float32)
        for start, tap in enumerate(self._taps):
            result += tap * rows[:, start : start + span : self.factor]
        return result

    def _more(self, rows: Floats) -> Floats:
        count = rows.shape[1] - self.past
        result = np.zeros((len(rows), count, self.factor), np.float32)
        for phase in range(self.factor):
            # The last tap meets the oldest sample.
            for start, tap in enumerate(self._taps[phase :: self.factor][::-1]):
                result[:, :, phase] += self.factor * tap * rows[:, start : start + count]
        return result.reshape(len(rows), count * self.factor)


@cache
def _taps(factor: int) -> tuple[float, ...]:
    """Of a low pass at the higher rate; they sum to 1."""
    length = TAPS_PER_PHASE * factor
    places = np.arange(length) - (length - 1) / 2
    taps = np.sinc(places * _PASSED / factor) * np.kaiser(length, 5.0)
    return tuple(float(tap) for tap in taps / taps.sum())


@cache
def from_line(rate: int) -> Resampler:
    """Raises ValueError for a rate that no codec of ours has."""
    if rate not in RATES:
        raise ValueError(f"No codec has {rate} Hz.")
    return (
        Resampler(SAMPLE_RATE // rate, down=False)
        if rate < SAMPLE_RATE
        else Resampler(rate // SAMPLE_RATE, down=True)
    )


@cache
def to_line(rate: int) -> Resampler:
    if rate not in RATES:
        raise ValueError(f"No codec has {rate} Hz.")
    return (
        Resampler(SAMPLE_RATE // rate, down=True)
        if rate < SAMPLE_RATE
        else Resampler(rate // SAMPLE_RATE, down=False)
    )
