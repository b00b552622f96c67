"""Tests of recording/audio_segments.py: segments joined again sound as if they had never been apart."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from recording.audio_segments import SEGMENT, SEGMENT_MS, made_segments, needed_until, played, segments_in
from recording.fmp4 import init_segment
from recording.mixing import Samples
from recording.timeline import Span, Timeline
from tests.recording import takes

BEGIN = 1_790_000_000_000
WHOLE = Timeline([Span(BEGIN, BEGIN + 10_000)])
TONE = 441.0


def tone(begin_ms: int, count: int) -> Samples:
    """By the server's clock, so that every moment has its own phase."""
    at = (begin_ms - BEGIN) / 1000 + np.arange(count) / 48_000
    wave = 0.25 * np.sin(2 * np.pi * TONE * at)
    return np.stack([wave, wave]).astype(np.float32)


def decoded(segments: Sequence[bytes]) -> NDArray[np.float32]:
    with av.open(BytesIO(init_segment() + b"".join(segments)), "r") as file:
        return np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])


def one_by_one(count: int, timeline: Timeline = WHOLE) -> Iterator[bytes]:
    for number in range(count):
        yield from made_segments(number, 1, timeline, tone)


def test_lengths_are_as_documented() -> None:
    assert (SEGMENT, SEGMENT_MS) == (98_304, 2_048)
    assert [segments_in(ms) for ms in (0, 1, 2_048, 2_049, 61_440)] == [0, 1, 1, 2, 30]
    assert needed_until(0) > SEGMENT_MS


def test_a_tone_runs_through_segments_that_were_made_apart() -> None:
    sound = decoded(list(one_by_one(4)))
    assert len(sound) == 4 * SEGMENT
    wanted = tone(BEGIN, len(sound))[0]
    error = np.abs(sound - wanted)[2_048:-2_048]
    assert error.max() < 0.02
    for border in (SEGMENT, 2 * SEGMENT, 3 * SEGMENT):
        around = np.abs(sound - wanted)[border - 1_024 : border + 1_024]
        assert around.max() < 0.02


def test_it_does_not_matter_who_makes_which() -> None:
    together = list(made_segments(0, 4, WHOLE, tone))
    assert list(one_by_one(4)) == together


def test_sound_is_where_it_belongs_to_a_sample() -> None:
    """By the phase of the tone: a shift of one sample would turn it by more than 3 degrees."""
    sound = decoded(list(one_by_one(3)))
    window = np.arange(48_000, 96_000)
    turn = np.dot(sound[window], np.exp(-2j * np.pi * TONE * window / 48_000))
    assert abs(np.degrees(np.angle(turn)) + 90) < 2


def test_what_was_paused_is_not_heard_and_nothing_clicks() -> None:
    paused = Timeline([Span(BEGIN, BEGIN + 1_003), Span(BEGIN + 5_000, BEGIN + 8_000)])
    sound = played(0, 4 * 48_000 + 48_000, paused, tone)[0]
    assert takes.heard(sound[4_800:43_200], TONE) == pytest.approx(0.25, abs=0.01)
    assert np.abs(sound[1_003 * 48 - 5 : 1_003 * 48 + 5]).max() < 0.02
    assert not sound[4_003 * 48 :].any()
    assert np.abs(np.diff(sound)).max() < 0.03


def test_segments_hold_what_the_timeline_says() -> None:
    cut = WHOLE.without([Span(BEGIN + 2_000, BEGIN + 4_000)])
    sound = played(2_500 * 48, 4_800, cut, tone)[0]
    assert np.allclose(sound, tone(BEGIN + 4_500, 4_800)[0])


def test_before_and_after_there_is_silence() -> None:
    assert not played(-4_800, 4_800, WHOLE, tone).any()
    assert not played(10_000 * 48, 4_800, WHOLE, tone).any()
