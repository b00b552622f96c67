from pathlib import Path

import numpy as np
import pytest

from bridges.base import FRAME_SAMPLES
from bridges.sip.sounds import BadSound, Playing, read_sound
from tests.bridges.tones import sound_file


@pytest.mark.parametrize("rate", [8_000, 16_000])
def test_files_come_as_whole_frames_of_16_khz(tmp_path: Path, rate: int) -> None:
    samples = read_sound(sound_file(tmp_path / "a.wav", 400, 0.25, rate))
    assert len(samples) == 13 * FRAME_SAMPLES


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("not sound")
    for bad in (
        tmp_path / "text.wav",
        tmp_path / "none.wav",
        sound_file(tmp_path / "b.wav", 400, 0.1, 44_100),
    ):
        with pytest.raises(BadSound):
            read_sound(bad)


def test_sounds_play_one_after_the_other_and_end() -> None:
    ones, twos = np.ones(FRAME_SAMPLES, np.int16), np.full(FRAME_SAMPLES, 2, np.int16)
    playing = Playing("p", [ones, twos])
    frames = [playing.next_frame() for _ in range(3)]
    assert [None if frame is None else int(frame[0]) for frame in frames] == [1, 2, None]


def test_music_begins_again_and_no_sound_ends_at_once() -> None:
    music = Playing("p", [np.ones(FRAME_SAMPLES, np.int16)], loop=True)
    assert all(music.next_frame() is not None for _ in range(5))
    assert Playing("p", [], loop=True).next_frame() is None
