"""Tones of simulated phones."""

from pathlib import Path

import numpy as np

from bridges.base import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE
from bridges.pcm import factor
from bridges.simulator.sound import SimulatedMedia, Tones, heard
from tests.bridges.tones import sound_file


def pitches(frames: list[bytes]) -> set[int]:
    """The loud frequencies, in steps of 50 Hz."""
    sound = np.frombuffer(b"".join(frames), "<i2").astype(float)
    power = np.abs(np.fft.rfft(sound)) / len(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    return {int(round(hertz[at] / 50) * 50) for at in np.flatnonzero(power > 1000)}


def test_a_file_is_heard_louder_and_as_long(tmp_path: Path) -> None:
    file = sound_file(tmp_path / "a.wav", 440, 0.2).read_bytes()
    assert heard(file, 0) == file
    louder = heard(file, 6)
    assert len(louder) == len(file)
    before, after = (np.frombuffer(data[44:], "<i2").astype(float) for data in (file, louder))
    assert np.allclose(after, before * factor(6), atol=1)


def test_everyone_who_talks_is_in_the_sound_of_the_room() -> None:
    tones = Tones()
    tones.set("a", 400)
    tones.set("b", 1000)
    tones.set("c", 700)
    tones.set("c", 0)
    assert pitches([tones.frame() for _ in range(50)]) == {400, 1000}


def test_where_nobody_talks_it_is_silent() -> None:
    assert Tones().frame() == bytes(FRAME_BYTES)


def test_a_media_leg_gives_the_rooms_sound_and_keeps_what_came() -> None:
    media = SimulatedMedia(Tones())
    media.push(b"\1" * FRAME_BYTES)
    assert len(media.pull() or b"") == 2 * FRAME_SAMPLES
    assert list(media.heard) == [b"\1" * FRAME_BYTES]
    assert media.stats["received"] == media.stats["sent"] == 1
    media.close()
    assert media.pull() is None
