"""What of a recording is a name."""

import wave
from io import BytesIO

import numpy as np
import pytest

from bridges.base import SAMPLE_RATE
from bridges.simulator.sound import tone
from bridges.spoken_names import MOST_BYTES, name_of, sound_of, wav_of


def quiet(seconds: float, loudness: int = 0) -> bytes:
    noise = np.random.default_rng(1).normal(0, loudness or 1, round(seconds * SAMPLE_RATE))
    return (noise if loudness else np.zeros_like(noise)).astype("<i2").tobytes()


def seconds_of(sound: bytes) -> float:
    return len(sound) / 2 / SAMPLE_RATE


def test_the_silence_around_a_name_is_left_out_and_a_soft_one_is_made_louder() -> None:
    soft = (sound_of(tone(300, 0.5)) * 0.2 * 32_768).astype("<i2").tobytes()
    name = name_of(quiet(2, 60) + soft + quiet(2, 60))
    assert seconds_of(name) == pytest.approx(0.7, abs=0.05)
    assert np.abs(sound_of(name)).max() == pytest.approx(0.44, abs=0.05)


@pytest.mark.parametrize(
    "recorded",
    [b"", b"\0", quiet(5), quiet(5, 150), quiet(1) + tone(1000, 0.1) + quiet(1)],
    ids=["nothing", "half a sample", "silence", "noise", "a click"],
)
def test_nobody_said_anything(recorded: bytes) -> None:
    assert name_of(recorded) == b""


def test_too_much_is_cut() -> None:
    assert len(name_of(tone(300, 60))) <= MOST_BYTES


def test_browsers_play_it() -> None:
    with wave.open(BytesIO(wav_of(tone(300, 0.5)))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE, 1, 2)
        assert file.readframes(SAMPLE_RATE) == tone(300, 0.5)
