"""Who is mixed with whom."""

import numpy as np
import pytest

from conferences.media.mixing import FRAME_SAMPLES, comfort, crossfaded, level, mix_minus, soft_clip
from tests.sounds import LOUD, share, silence, tone

HERTZ = (400, 700, 1100)


def test_everybody_hears_all_others_and_nobody_himself() -> None:
    heard = mix_minus(np.stack([tone(hertz, 0.2, peak=4000) for hertz in HERTZ]))
    for own, mixed in zip(HERTZ, heard, strict=True):
        for hertz in HERTZ:
            assert (share(mixed, hertz) > 0.4) == (hertz != own)


def test_who_is_alone_hears_nothing() -> None:
    assert not mix_minus(tone(400, 0.02)[None, :]).any()


def test_what_is_too_loud_is_bent_and_stays_in_its_order() -> None:
    sums = np.arange(-200_000, 200_000, 100, dtype=np.int32)
    clipped = soft_clip(sums).astype(np.int32)
    assert clipped.max() <= 32_767
    assert clipped.min() >= -32_768
    assert np.all(np.diff(clipped) >= 0)
    usual = np.abs(sums) < 24_000
    assert np.array_equal(clipped[usual], sums[usual])


@pytest.mark.parametrize(("peak", "expected"), [(32_767, 3), (3277, 23), (33, 63), (0, 127)])
def test_loudness_is_told_as_audio_levels_have_it(peak: int, expected: int) -> None:
    assert level(tone(500, 0.02, peak=peak)) == expected


def test_comfort_is_very_low_and_never_the_same_twice() -> None:
    first, second = comfort(1), comfort(2)
    assert len(first) == len(second) == FRAME_SAMPLES
    assert 60 < level(first) < 72
    assert not np.array_equal(first, second)


def test_a_crossfade_begins_with_the_one_and_ends_with_the_other() -> None:
    faded = crossfaded(np.full(320, LOUD, np.int16), silence(0.02))
    assert faded[0] > 0.99 * LOUD
    assert faded[-1] == 0
    assert np.all(np.diff(faded) <= 0)
