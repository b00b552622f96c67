"""Sound files on their way into a room."""

from pathlib import Path

import pytest

from bridges.base import FRAME_BYTES
from bridges.errors import InvalidValue
from bridges.janus.sound import AFTERWARDS, frames_of, say
from bridges.local_leg import LocalMediaLeg
from tests.bridges.tones import sound_file


@pytest.mark.parametrize("rate", [8000, 16_000])
def test_files_become_frames_and_a_moment_of_silence(tmp_path: Path, rate: int) -> None:
    files = [sound_file(tmp_path / f"{hz}.wav", hz, 0.1, rate) for hz in (440, 700)]
    frames = frames_of(files)
    assert {len(frame) for frame in frames} == {FRAME_BYTES}
    assert len(frames) == 10 + len(AFTERWARDS) // FRAME_BYTES
    assert not any(frames[-1])


def test_what_is_no_sound_is_refused_by_its_name(tmp_path: Path) -> None:
    text = tmp_path / "hello.wav"
    text.write_text("hello")
    fast = sound_file(tmp_path / "fast.wav", 440, 0.1, 44_100)
    for file in (text, fast, tmp_path / "nothing.wav"):
        with pytest.raises(InvalidValue, match=file.name):
            frames_of([file])


async def test_frames_are_said_one_after_the_other() -> None:
    leg, _ = LocalMediaLeg.pair()
    await say(leg, [bytes(FRAME_BYTES)] * 3)
    assert leg.stats["sent"] == 3
