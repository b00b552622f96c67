"""A film of a bundle, decoded again: what is seen when, and that sound and pictures belong together."""

from pathlib import Path

import av
import numpy
import pytest

from recording.film import RENDITIONS, Film
from recording.manifest import Audio, Manifest
from recording.video_segments import Quality
from tests.recording.bundles import BEEP_HZ, BLUE, FLASH_MS, RED, WHITE, write_bundle
from tests.recording.takes import heard

SMALL = RENDITIONS["360p"]
QUICK = Quality(preset="ultrafast")


def film(folder: Path, *names: str, manifest: Manifest | None = None, chat: bool = False) -> Film:
    renditions = [RENDITIONS[name] for name in names or ("360p",)]
    return Film(folder, manifest or write_bundle(folder), renditions, chat=chat, quality=QUICK)


def colours(path: Path, x: float, y: float) -> list[tuple[int, tuple[int, ...]]]:
    """When, and which, at a place given in shares of the picture."""
    with av.open(str(path)) as container:
        found = []
        for frame in container.decode(video=0):
            pixels = frame.to_ndarray(format="rgb24")
            place = pixels[int(y * frame.height), int(x * frame.width)]
            found.append((round((frame.time or 0) * 1_000), tuple(int(value) for value in place)))
        return found


def is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    one = film(folder)
    one.make(0)
    one.join(folder / "program.mp4")
    return folder


def test_pictures_and_sound_are_together(made: Path) -> None:
    white = [at for at, colour in colours(made / "program.mp4", 0.25, 0.4) if is_like(colour, WHITE)]
    assert abs(white[0] - FLASH_MS) <= 100
    with av.open(str(made / "program.mp4")) as container:
        frames = list(container.decode(audio=0))
        begin = frames[0].time or 0.0
        samples = numpy.concatenate([frame.to_ndarray()[0] for frame in frames])
    window = 480
    loud = [
        at
        for at in range(0, len(samples) - window, window)
        if heard(samples[at : at + window], BEEP_HZ) > 0.2
    ]
    assert abs(1_000 * (begin + loud[0] / 48_000) - FLASH_MS) <= 100
    assert abs(1_000 * (begin + loud[0] / 48_000) - white[0]) <= 100


def test_people_side_by_side_then_slides_with_what_was_drawn(made: Path) -> None:
    left = dict(colours(made / "program.mp4", 0.25, 0.4))
    right = dict(colours(made / "program.mp4", 0.75, 0.4))
    assert is_like(left[640], RED)
    assert is_like(right[640], BLUE)
    middle = dict(colours(made / "program.mp4", 0.4, 0.3))
    arrow = dict(colours(made / "program.mp4", 0.4, 0.5))
    assert is_like(middle[4_992], (250, 240, 160))
    assert is_like(arrow[4_992], (24, 154, 88))


def test_it_is_as_long_as_the_recording(made: Path) -> None:
    with av.open(str(made / "program.mp4")) as container:
        assert (container.duration or 0) / 1_000_000 == pytest.approx(6.144, abs=0.1)
        assert {stream.codec_context.name for stream in container.streams} == {"h264", "aac"}


def test_it_can_be_played_while_it_is_loaded(made: Path) -> None:
    data = (made / "program.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_segments_made_alone_are_those_made_together(made: Path, tmp_path: Path) -> None:
    one = film(tmp_path)
    one.make(2)
    alone, together = (folder / "video/360p/2.m4s" for folder in (tmp_path, made))
    assert alone.read_bytes() == together.read_bytes()
    assert one.missing() == 0


def test_what_is_there_is_not_made_again(made: Path) -> None:
    before = (made / "video/360p/1.m4s").stat().st_mtime_ns
    one = film(made, manifest=Manifest("c-1", 1, "", 0, True, 6_144, Audio(3)))
    assert one.missing() is None
    one.make(0)
    assert (made / "video/360p/1.m4s").stat().st_mtime_ns == before


def test_every_rendition_has_the_same_pictures(tmp_path: Path) -> None:
    one = film(tmp_path, "720p", "360p", manifest=write_bundle(tmp_path, 1_024))
    one.make(0)
    assert [(video.name, video.segments, video.codec[:4]) for video in one.videos()] == [
        ("720p", 1, "avc1"),
        ("360p", 1, "avc1"),
    ]
    assert all(one.bandwidth(rendition) > 0 for rendition in one.renditions)
    one.join(tmp_path / "program.mp4")
    with av.open(str(tmp_path / "program.mp4")) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (1_280, 720)
