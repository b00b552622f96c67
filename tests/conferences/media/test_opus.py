"""Opus from and for browsers."""

from fractions import Fraction

import numpy as np
import pytest
from av import AudioFrame, CodecContext
from av.audio.codeccontext import AudioCodecContext
from hypothesis import given
from hypothesis import strategies as st

from conferences.media.opus import OpusDecoder, OpusEncoder
from tests.sounds import LOUD, frames, peak_of, tone


@pytest.mark.parametrize("hertz", [300, 1000, 3400, 6000])
def test_a_tone_survives(hertz: int) -> None:
    encoder, decoder = OpusEncoder(), OpusDecoder()
    packets = [encoder.encoded(frame) for frame in frames(tone(hertz, 1))]
    heard = np.concatenate([decoder.decoded(packet) for packet in packets])
    assert len(heard) == 16_000
    assert 0.7 * LOUD < peak_of(heard[4000:12_000], hertz) < 1.2 * LOUD
    assert len(b"".join(packets)) < 8000


def test_stereo_of_a_shared_screen_becomes_mono() -> None:
    both = np.repeat(tone(440, 1, rate=48_000), 2)
    encoder, decoder = _stereo(), OpusDecoder()
    heard = []
    for part in frames(both, 1920):
        sound = AudioFrame.from_ndarray(part[None, :], format="s16", layout="stereo")
        sound.sample_rate = 48_000
        heard += [decoder.decoded(bytes(packet)) for packet in encoder.encode(sound)]
    assert peak_of(np.concatenate(heard)[4000:12_000], 440) == pytest.approx(LOUD, rel=0.15)


@given(st.binary(max_size=300))
def test_nonsense_is_heard_as_something_or_nothing(payload: bytes) -> None:
    assert len(OpusDecoder().decoded(payload)) <= 2 * 1920


def _stereo() -> AudioCodecContext:
    context = CodecContext.create("libopus", "w")
    context.sample_rate, context.format, context.layout = 48_000, "s16", "stereo"
    context.time_base = Fraction(1, 48_000)
    return context
