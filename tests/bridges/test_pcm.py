"""What telephone lines do to sound."""

from itertools import pairwise

import numpy as np
import pytest

from bridges.pcm import (
    Upsampler,
    alaw_decoded,
    alaw_encoded,
    amplified,
    factor,
    halved,
    l16_decoded,
    l16_encoded,
    ulaw_decoded,
    ulaw_encoded,
)
from conferences.media.mixing import Samples
from tests.sounds import LOUD, frames, peak_of, tone

CODES = bytes(range(256))
EVERYTHING = np.arange(-32_768, 32_768).astype(np.int16)


def test_the_tables_are_those_of_the_standard() -> None:
    assert ulaw_decoded(b"\xff\x7f\x80\x00\xf0").tolist() == [0, 0, 32_124, -32_124, 120]
    assert alaw_decoded(b"\xd5\x55\xaa\x2a").tolist() == [8, -8, 32_256, -32_256]


def test_what_was_decoded_is_encoded_as_it_was() -> None:
    assert alaw_encoded(alaw_decoded(CODES)) == CODES
    assert ulaw_decoded(ulaw_encoded(ulaw_decoded(CODES))).tolist() == ulaw_decoded(CODES).tolist()


def test_silence_is_the_idle_code() -> None:
    assert ulaw_encoded(np.zeros(2, np.int16)) == b"\xff\xff"
    assert alaw_encoded(np.zeros(2, np.int16)) == b"\xd5\xd5"


def test_a_code_is_nearly_what_was_said_however_loud() -> None:
    said = EVERYTHING.astype(np.int32)
    for heard in (ulaw_decoded(ulaw_encoded(EVERYTHING)), alaw_decoded(alaw_encoded(EVERYTHING))):
        assert np.all(np.abs(heard - said) <= np.maximum(16, np.abs(said) // 24))


def test_l16_has_the_high_byte_first() -> None:
    assert l16_encoded(np.array([1, -2], np.int16)) == b"\0\1\xff\xfe"
    assert l16_decoded(b"\0\1\xff\xfe\7").tolist() == [1, -2]


def doubled(narrow: Samples) -> Samples:
    up = Upsampler()
    return np.concatenate([up(frame) for frame in frames(narrow, 160)])


def narrowed(wide: Samples) -> Samples:
    parts = frames(wide, 320)
    return np.concatenate([halved(before, part) for before, part in pairwise([parts[0], *parts])])


@pytest.mark.parametrize("hertz", [100, 1000, 3000, 3400])
def test_a_tone_goes_through_both_ways_without_its_mirror_image(hertz: int) -> None:
    wide = doubled(tone(hertz, 1, rate=8000))[4000:]
    assert peak_of(wide, hertz) == pytest.approx(LOUD, rel=0.01)
    assert peak_of(wide, 8000 - hertz) < LOUD / 900
    narrow = narrowed(tone(hertz, 1))[2000:]
    assert peak_of(narrow, hertz, 8000) == pytest.approx(LOUD, rel=0.01)


def test_what_no_telephone_carries_is_not_folded_into_what_it_does() -> None:
    assert np.abs(narrowed(tone(5000, 1))[200:]).max() < LOUD / 900


def test_decibels_are_those_of_amplitudes() -> None:
    assert [round(factor(db), 2) for db in (-6, 0, 6, 12)] == [0.5, 1.0, 2.0, 3.98]


def test_louder_is_as_loud_as_wished_and_what_would_be_too_loud_is_bent_within_16_bits() -> None:
    said = tone(1000, 1).astype(np.float32)
    quiet, loud = said / np.float32(4), said * np.float32(3)
    assert amplified(quiet, factor(12)) == pytest.approx(quiet * factor(12))
    bent = amplified(loud, factor(12))
    assert 32_000 < np.abs(bent).max() <= 32_767
    assert np.all(np.diff(amplified(np.arange(-32_768, 32_768, dtype=np.float32), 2.0)) >= 0)


def test_each_row_has_its_own_factor() -> None:
    rows = np.ones((2, 3), np.float32)
    assert amplified(rows, np.array([[2], [0.5]], np.float32)).tolist() == [[2, 2, 2], [0.5, 0.5, 0.5]]
