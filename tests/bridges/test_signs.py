"""Sounds without words."""

import wave
from pathlib import Path

import numpy as np
import pytest

from bridges.signs import RATE, SIGNS, sign_write


@pytest.mark.parametrize("sign", list(SIGNS))
def test_a_sign_is_a_sound_that_every_bridge_can_play(sign: str, tmp_path: Path) -> None:
    place = tmp_path / "new" / f"{sign}.wav"
    sign_write(sign, place)
    with wave.open(str(place)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert 3_000 < np.abs(samples).max() < 20_000
    assert abs(int(samples[0])) < 300
    assert abs(int(samples[-1])) < 300
    assert not list(tmp_path.rglob("*.part"))
