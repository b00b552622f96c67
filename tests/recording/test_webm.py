"""Tests of recording/webm.py."""

from pathlib import Path

import av

from recording.captured import captured_tracks
from recording.samples import Frame, Sound, frames, sounds
from recording.vp8 import Size
from recording.webm import largest, read_pictures, read_sound, write_pictures, write_sound
from tests.recording import takes

BEGIN = 1_790_000_000_000
BEGIN_US = BEGIN * 1000


def pictures(folder: Path) -> list[Frame]:
    takes.picture(folder, "a", "red", begin=BEGIN, seconds=4, sizes=((320, 180), (640, 360)), key_every_s=1)
    (track,) = captured_tracks(folder)
    line = track.line()
    return frames(track.packets(0, 2**62), lambda p: line.at_us(p.timestamp, p.arrived_us))


def spoken(folder: Path) -> list[Sound]:
    takes.sound(folder, "a", 440, begin=BEGIN, seconds=2)
    (track,) = captured_tracks(folder)
    line = track.line()
    return sounds(track.packets(0, 2**62), lambda p: line.at_us(p.timestamp, p.arrived_us))


def test_pictures_come_back_as_they_were(tmp_path: Path) -> None:
    found = pictures(tmp_path)
    path = tmp_path / "a.webm"
    assert write_pictures(path, found) == Size(640, 360) == largest(found)
    back = list(read_pictures(path, found[0].at_us))
    assert [(frame.payload, frame.size) for frame in back] == [(f.payload, f.size) for f in found]
    assert all(abs(a.at_us - b.at_us) <= 500 for a, b in zip(back, found, strict=True))


def test_a_player_may_jump_at_once(tmp_path: Path) -> None:
    """The index stands before the pictures."""
    path = tmp_path / "a.webm"
    write_pictures(path, pictures(tmp_path))
    data = path.read_bytes()
    cues, cluster = b"\x1c\x53\xbb\x6b", b"\x1f\x43\xb6\x75"
    assert 0 < data.index(cues) < data.index(cluster)
    with av.open(str(path)) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (640, 360)


def test_sound_comes_back_as_it_was(tmp_path: Path) -> None:
    found = spoken(tmp_path)
    path = tmp_path / "a.webm"
    write_sound(path, found)
    back = list(read_sound(path, found[0].at_us))
    assert [sound.payload for sound in back] == [sound.payload for sound in found]
    assert all(abs(a.at_us - b.at_us) <= 500 for a, b in zip(back, found, strict=True))


def test_sound_says_what_it_is_as_firefox_wants(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    write_sound(path, spoken(tmp_path))
    assert b"OpusHead" in path.read_bytes()[:1_000]
    with av.open(str(path)) as file:
        assert sum(frame.samples for frame in file.decode(audio=0)) >= 95_000
