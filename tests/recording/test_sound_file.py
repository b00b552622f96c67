"""Tests of recording/sound_file.py."""

from pathlib import Path

import av

from recording.fmp4 import init_segment, media_segment
from recording.sound_file import Joined, write_sound_file
from tests.recording.test_fmp4 import SILENCE


def test_segments_become_one_file(tmp_path: Path) -> None:
    parts = [tmp_path / name for name in ("init.mp4", "0.m4s", "1.m4s")]
    parts[0].write_bytes(init_segment())
    for number, part in enumerate(parts[1:]):
        part.write_bytes(media_segment(number, number * 98_304, [SILENCE] * 96))
    write_sound_file(tmp_path / "audio.m4a", parts)
    with av.open(str(tmp_path / "audio.m4a")) as file:
        assert sum(frame.samples for frame in file.decode(audio=0)) == 2 * 98_304
    data = (tmp_path / "audio.m4a").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_files_are_read_as_one(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode() * 5)
    joined = Joined([tmp_path / name for name in "abc"])
    assert b"".join(iter(lambda: joined.read(4), b"")) == b"aaaaabbbbbccccc"
