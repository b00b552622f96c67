"""Tests of recording/aligned.py."""

from itertools import pairwise
from pathlib import Path

import pytest

from recording.aligned import SOUNDS, AlignedTracks
from recording.desk import Desk
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000
LATE_US = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_sound_and_picture_of_one_person_lie_together(desk: Desk) -> None:
    takes.sound(desk.raw, "a", 440, begin=BEGIN, seconds=10)
    takes.picture(desk.raw, "a", "red", begin=BEGIN, seconds=10)
    aligned = AlignedTracks(desk, BEGIN)
    camera, microphone = aligned.tracks
    sounds = aligned.sounds(microphone, 0, BEGIN_US + 20_000_000)
    frames = aligned.frames(camera, 0, BEGIN_US + 20_000_000)
    assert abs(sounds[0].at_us - BEGIN_US - LATE_US) < 2_000
    assert abs(frames[0].at_us - BEGIN_US - LATE_US) < 2_000


def test_what_was_decided_stays(desk: Desk) -> None:
    """Whoever asks later, knowing more, is told the same."""
    takes.sound(desk.raw, "a", 440, begin=BEGIN, seconds=3)
    early = AlignedTracks(desk, BEGIN)
    before = early.sounds(early.tracks[0], 0, BEGIN_US + 2_000_000)
    takes.sound(desk.raw, "a", 440, begin=BEGIN + 100_000, seconds=3, network=takes.Network(delay_ms=1))
    late = AlignedTracks(desk, BEGIN)
    assert late.sounds(late.tracks[0], 0, BEGIN_US + 2_000_000) == before


@pytest.mark.parametrize("drift_ppm", [0.0, 60.0, -60.0])
def test_a_clock_that_drifts_is_followed_without_many_steps(desk: Desk, drift_ppm: float) -> None:
    sender = takes.Sender(drift_ppm=drift_ppm)
    takes.sound(desk.raw, "a", 440, begin=BEGIN, seconds=600, sender=sender)
    aligned = AlignedTracks(desk, BEGIN)
    (track,) = aligned.of(SOUNDS)
    sounds = aligned.sounds(track, 0, BEGIN_US + 700_000_000)
    errors = [sound.at_us - BEGIN_US - 20_000 * n - LATE_US for n, sound in enumerate(sounds)]
    assert max(map(abs, errors)) < 15_000
    steps = [b.at_us - a.at_us for a, b in pairwise(sounds)]
    assert sum(abs(step - 20_000) > 100 for step in steps) <= 8


def test_who_lies_is_not_believed(desk: Desk) -> None:
    takes.sound(desk.raw, "a", 440, begin=BEGIN, seconds=70)
    takes.picture(desk.raw, "a", "red", begin=BEGIN, seconds=70, sender=takes.Sender(lie_ms=317))
    aligned = AlignedTracks(desk, BEGIN)
    camera, microphone = aligned.tracks
    sound = aligned.sounds(microphone, BEGIN_US + 60_000_000, 2**60)[0]
    frame = aligned.frames(camera, BEGIN_US + 60_000_000, 2**60)[0]
    assert (sound.at_us - BEGIN_US - LATE_US) % 20_000 in (*range(3_000), *range(17_000, 20_000))
    assert abs(frame.at_us - BEGIN_US - LATE_US - 60_000_000) < 40_000
