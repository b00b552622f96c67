"""Segments of a film: each by itself, all together one stream."""

from io import BytesIO

import av
import pytest

from recording.canvas import Box, Canvas, yuv_of
from recording.video_segments import FRAMES, SEGMENT_MS, Quality, Segment, codec_of, encoded, timescale_of

QUICK = Quality(preset="ultrafast")


def segment(number: int, *, frames: int = FRAMES, length_ms: int = SEGMENT_MS) -> Segment:
    canvas = Canvas(160, 96)
    step = SEGMENT_MS // frames
    pictures = []
    for at in range(0, length_ms, step):
        canvas.fill(Box(0, 0, 160, 96), yuv_of(at % 255, 40 * number, 90))
        pictures.append((at, canvas.frame()))
    return encoded(pictures, number=number, size=(160, 96), quality=QUICK, length_ms=length_ms)


def times(*segments: Segment) -> list[tuple[int, bool]]:
    whole = segments[0].init + b"".join(one.media for one in segments)
    with av.open(BytesIO(whole), "r", format="mp4") as file:
        return [(round((frame.time or 0) * 1_000), frame.key_frame) for frame in file.decode(video=0)]


def test_each_begins_with_a_keyframe_at_its_time() -> None:
    found = times(segment(0), segment(1), segment(2))
    assert [at for at, _ in found] == list(range(0, 3 * SEGMENT_MS, 64))
    assert [at for at, key in found if key] == [0, SEGMENT_MS, 2 * SEGMENT_MS]


def test_one_made_alone_is_where_it_belongs() -> None:
    assert times(segment(7))[0] == (7 * SEGMENT_MS, True)


def test_fewer_pictures_need_no_other_beginning() -> None:
    few = segment(1, frames=8)
    assert few.init == segment(0).init
    assert len(times(segment(0), few)) == FRAMES + 8


@pytest.mark.parametrize("frames", [FRAMES, 1])
def test_a_segment_is_as_long_as_it_should_be(frames: int) -> None:
    with av.open(BytesIO(segment(0, frames=frames).init + segment(0, frames=frames).media), "r") as file:
        packets = [packet for packet in file.demux(video=0) if packet.size]
        total = sum((packet.duration or 0) * packet.time_base for packet in packets)
    assert total * 1_000 == SEGMENT_MS


def test_the_last_one_may_be_shorter() -> None:
    assert len(times(segment(0, length_ms=640))) == 10


def test_its_name_is_that_of_its_profile() -> None:
    init = segment(0).init
    assert codec_of(init).startswith("avc1.")
    assert timescale_of(init) % 1_000 == 0
