"""Tests of recording/mixing.py."""

from pathlib import Path

import numpy as np
import pytest

from recording.captured import captured_tracks
from recording.mixing import KNEE, PRE_ROLL_US, Samples, limited, mixed, spoken
from recording.samples import Sound, sounds
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000
LATE = 20 * 48
"""Samples: what the network takes."""


def voice(
    folder: Path, frequency: int, *, seconds: float = 3, network: takes.Network = takes.LAN
) -> list[Sound]:
    takes.sound(folder, f"p{frequency}", frequency, begin=BEGIN, seconds=seconds, network=network)
    track = next(t for t in captured_tracks(folder) if t.header.participant == f"p{frequency}")
    line = track.line(BEGIN_US + 20_000 - track.first.arrived_us)
    return sounds(track.packets(0, 2**62), lambda p: line.at_us(p.timestamp, p.arrived_us))


def error_of(sound: Samples, frequency: int, begin: int, end: int) -> Samples:
    at = (np.arange(begin, end) - LATE) / 48_000
    wanted = 0.25 * np.sin(2 * np.pi * frequency * at)
    difference: Samples = np.abs(sound[0, begin:end] - wanted)
    return difference


def test_a_voice_is_heard_to_the_sample(tmp_path: Path) -> None:
    sound = spoken(voice(tmp_path, 440), BEGIN_US, 3 * 48_000)
    assert sound.shape == (1, 144_000)
    assert error_of(sound, 440, 9_600, 140_000).max() < 0.02


def test_who_begins_somewhere_hears_the_same(tmp_path: Path) -> None:
    found = voice(tmp_path, 440)
    whole = spoken(found, BEGIN_US, 3 * 48_000)
    later = [sound for sound in found if sound.at_us >= BEGIN_US + 1_500_000 - PRE_ROLL_US]
    part = spoken(later, BEGIN_US + 1_500_000, 48_000)
    assert np.abs(part[0] - whole[0, 72_000:120_000]).max() < 0.01


def test_everybody_is_heard(tmp_path: Path) -> None:
    voices = [voice(tmp_path, frequency) for frequency in (440, 700)]
    sound = mixed(voices, BEGIN_US, 3 * 48_000)[0, 9_600:140_000]
    assert [takes.heard(sound, tone) for tone in (440, 700, 550)] == pytest.approx([0.25, 0.25, 0], abs=0.01)


def test_what_was_lost_is_covered(tmp_path: Path) -> None:
    """A single packet, by what was heard before: no click, and hardly a hole."""
    found = voice(tmp_path, 450)
    lost = [sound for sound in found if not 1_010_000 < sound.at_us - BEGIN_US <= 1_030_000]
    assert len(lost) == len(found) - 1
    sound = spoken(lost, BEGIN_US, 3 * 48_000)[0]
    assert np.abs(np.diff(sound[9_600:140_000])).max() < 0.06
    assert takes.heard(sound[49_440:50_400], 450) > 0.1


def test_a_long_silence_is_silent(tmp_path: Path) -> None:
    found = [s for s in voice(tmp_path, 440) if not 1_000_000 < s.at_us - BEGIN_US < 2_000_000]
    sound = spoken(found, BEGIN_US, 3 * 48_000)[0]
    assert not sound[60_000:90_000].any()
    assert np.abs(np.diff(sound)).max() < 0.06


def test_nobody_speaks() -> None:
    assert not mixed([[]], BEGIN_US, 4_800).any()


def test_what_is_no_opus_is_left_out() -> None:
    spoken([Sound(BEGIN_US, b"\xff\xff\xff", 0)], BEGIN_US, 960)


def test_nothing_is_too_loud() -> None:
    loud = np.linspace(-3, 3, 1_000, dtype=np.float32).reshape(2, -1)
    bent = limited(loud)
    assert np.abs(bent).max() <= 1
    assert (np.diff(bent.ravel()) >= 0).all()
    quiet = loud[np.abs(loud) < KNEE]
    assert np.allclose(limited(quiet), quiet)


@pytest.mark.parametrize("step_us", [-10_000, 10_000])
def test_a_track_that_is_moved_does_not_click(tmp_path: Path, step_us: int) -> None:
    found = voice(tmp_path, 440)
    moved = [Sound(s.at_us + (step_us if n > 80 else 0), s.payload, s.level) for n, s in enumerate(found)]
    sound = spoken(moved, BEGIN_US, 3 * 48_000)[0]
    assert np.abs(np.diff(sound[9_600:])).max() < 0.06
