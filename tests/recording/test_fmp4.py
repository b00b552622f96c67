"""Tests of recording/fmp4.py."""

from io import BytesIO

import av
import pytest

from recording.fmp4 import init_segment, media_segment

SILENCE = bytes.fromhex("210049900219002380")
"""An AAC frame of stereo silence."""


@pytest.mark.parametrize("number", [0, 1, 50_000])
def test_a_segment_says_when_it_is(number: int) -> None:
    """Also after more than a day: times have 64 bits."""
    segment = media_segment(number, number * 98_304, [SILENCE] * 96)
    with av.open(BytesIO(init_segment() + segment)) as file:
        stream = file.streams.audio[0]
        packets = [packet for packet in file.demux(stream) if packet.size]
    assert (stream.codec_context.name, stream.codec_context.sample_rate) == ("aac", 48_000)
    assert stream.codec_context.channels == 2
    assert [packet.pts for packet in packets] == [number * 98_304 + 1_024 * n for n in range(96)]
    assert {bytes(packet) for packet in packets} == {SILENCE}


def test_segments_follow_each_other() -> None:
    joined = init_segment() + b"".join(media_segment(n, n * 98_304, [SILENCE] * 96) for n in range(3))
    with av.open(BytesIO(joined)) as file:
        assert sum(frame.samples for frame in file.decode(audio=0)) == 3 * 98_304
