"""What is heard instead of what is missing."""

import numpy as np
import pytest

from conferences.media.concealment import Concealer
from tests.sounds import LOUD, frames, peak_of, silence, tone

RATES = pytest.mark.parametrize("rate", [8000, 16_000])


def listening(rate: int, hertz: float = 210) -> Concealer:
    concealer = Concealer(rate)
    for frame in frames(tone(hertz, 0.1, rate=rate), rate // 50):
        concealer.heard(frame)
    return concealer


@RATES
def test_a_voice_goes_on_at_its_pitch(rate: int) -> None:
    concealed = listening(rate).conceal(rate // 50)
    assert peak_of(concealed, 210, rate) > 0.6 * LOUD


@RATES
def test_it_fades_and_is_silent_in_the_end(rate: int) -> None:
    concealer = listening(rate)
    peaks = [int(np.abs(concealer.conceal(rate // 50)).max()) for _ in range(5)]
    assert peaks == sorted(peaks, reverse=True)
    assert peaks[-1] == 0


@RATES
def test_what_follows_comes_without_a_click(rate: int) -> None:
    concealer = listening(rate)
    end = concealer.conceal(rate // 50)
    joined = concealer.heard(silence(0.02, rate=rate))
    steps = np.abs(np.diff(np.concatenate((end, joined)).astype(np.int32)))
    assert steps.max() < LOUD / 3
    assert not concealer.heard(silence(0.02, rate=rate)).any()


def test_nothing_is_made_of_nothing() -> None:
    assert not Concealer(16_000).conceal(320).any()
    concealer = listening(16_000)
    concealer.forget()
    assert not concealer.conceal(320).any()
