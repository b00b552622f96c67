"""WebM files: packets are put in and taken out as they are.

Firefox wants Opus with its `OpusHead`, which only a stream made after an encoder's has; VP8 needs none.
The header holds one size, the largest. The index stands in front, so that a player may jump at once.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import av
from av.container.output import OutputContainer
from av.stream import Stream

from recording.samples import Frame, Sound
from recording.vp8 import Size, key_size

T = TypeVar("T")

MS = Fraction(1, 1000)
_OPTIONS = {"cues_to_front": "1"}


def write_pictures(path: Path, frames: Sequence[Frame]) -> Size:
    """The first is a keyframe, and the file's time 0. Returns the largest size."""
    size = largest(frames)
    with av.open(str(path), "w", format="webm", options=_OPTIONS) as container:
        stream = container.add_mux_stream("vp8", width=size.width, height=size.height)
        begin_us = frames[0].at_us
        for at_ms, frame in _rising((frame.at_us - begin_us, frame) for frame in frames):
            _mux(container, stream, frame.payload, at_ms, key=frame.size is not None)
    return size


def write_sound(path: Path, sounds: Sequence[Sound]) -> None:
    """The first is the file's time 0."""
    channels = 2 if any(sound.payload[0] & 0x04 for sound in sounds) else 1
    with av.open(str(path), "w", format="webm", options=_OPTIONS) as container:
        stream = container.add_stream_from_template(_opus_template(channels))
        begin_us = sounds[0].at_us
        for at_ms, sound in _rising((sound.at_us - begin_us, sound) for sound in sounds):
            _mux(container, stream, sound.payload, at_ms, key=True)


def read_pictures(path: Path, begin_us: int) -> Iterator[Frame]:
    """`begin_us`: the server's time at the file's time 0."""
    for at_us, payload in _read(path):
        yield Frame(begin_us + at_us, payload, key_size(payload))


def read_sound(path: Path, begin_us: int) -> Iterator[Sound]:
    for at_us, payload in _read(path):
        yield Sound(begin_us + at_us, payload, 255)


def largest(frames: Sequence[Frame]) -> Size:
    return max((frame.size for frame in frames if frame.size), key=lambda size: size.width * size.height)


def _rising(timed: Iterable[tuple[int, T]]) -> Iterator[tuple[int, T]]:
    """In ms; each later than the one before."""
    last = -1
    for at_us, item in timed:
        last = max(last + 1, round(at_us / 1000))
        yield last, item


def _mux(container: OutputContainer, stream: Stream, payload: bytes, at_ms: int, *, key: bool) -> None:
    packet = av.Packet(payload)
    packet.stream, packet.time_base = stream, MS
    packet.pts = packet.dts = at_ms
    packet.is_keyframe = key
    container.mux(packet)


def _read(path: Path) -> Iterator[tuple[int, bytes]]:
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.pts is not None and packet.size:
                yield round(packet.pts * packet.time_base * 1_000_000), bytes(packet)


@functools.cache
def _opus_template(channels: int) -> av.AudioStream:
    """Of a file that an encoder wrote, which has the header that ours needs."""
    written = BytesIO()
    layout = "stereo" if channels == 2 else "mono"
    with av.open(written, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=48_000, layout=layout)
        frame = av.AudioFrame(format="s16", layout=layout, samples=960)
        frame.sample_rate = 48_000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return av.open(BytesIO(written.getvalue())).streams.audio[0]
