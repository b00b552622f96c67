import numpy as np
import pytest

from bridges.sip.resample import Resampler, from_line, to_line
from tests.sounds import peak_of, tone


def in_frames(convert: Resampler, rate: int, hertz: float) -> "np.typing.NDArray[np.int16]":
    """Half a second of a tone, frame by frame, as the mixer does it."""
    samples, size, past = tone(hertz, 0.5, rate=rate), rate // 50, np.zeros(convert.past, np.float32)
    pieces = []
    for start in range(0, len(samples), size):
        row = np.concatenate((past, samples[start : start + size].astype(np.float32)))
        past = row[len(row) - convert.past :]
        pieces.append(convert(row[np.newaxis])[0])
    return np.concatenate(pieces)[1600:].astype(np.int16)


@pytest.mark.parametrize("rate", [8_000, 16_000, 32_000, 48_000])
def test_a_tone_stays_what_it_is_in_both_directions(rate: int) -> None:
    for hertz in (400, 1700, 3000):
        assert peak_of(in_frames(from_line(rate), rate, hertz), hertz, 16_000) == pytest.approx(
            8000, rel=0.06
        )
        assert peak_of(in_frames(to_line(rate), 16_000, hertz), hertz, rate) == pytest.approx(8000, rel=0.06)


def test_what_a_line_cannot_carry_does_not_come_back_as_another_tone() -> None:
    assert peak_of(in_frames(to_line(8_000), 16_000, 6000), 2000, 8_000) < 80
    assert peak_of(in_frames(from_line(8_000), 8_000, 1000), 7000, 16_000) < 80


def test_other_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="44100"):
        from_line(44_100)
    with pytest.raises(ValueError, match="44100"):
        to_line(44_100)
