"""The mix in segments (docs/recording.md): each holds what its number says, whoever makes it, whenever.

An AAC frame that is coded anew needs what precedes it, so the encoder is warmed up by some frames that
are thrown away; and it looks ahead, so some follow.
"""

import functools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av import CodecContext

from recording.fmp4 import FRAME, RATE, media_segment
from recording.mixing import Samples, limited
from recording.timeline import Timeline

FRAMES = 96
SEGMENT = FRAMES * FRAME
SEGMENT_MS = SEGMENT * 1000 // RATE
WARM_UP = 9
"""Frames that are coded before those of a segment."""
AHEAD = 3
"""Frames that are coded after them."""
BIT_RATE = 96_000
_QUICK = {"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0"}
"""2.6 times as fast as the default, and no worse at this rate."""
SPLICE = 240
"""Samples over which sound fades where something was left out."""
PER_MS = RATE // 1000

Mix = Callable[[int, int], Samples]
"""Sound of the server's time: from when, in ms, and how many samples; shape (2, count)."""


def segments_in(length_ms: int) -> int:
    """That a recording of this length has; the last one ends in silence."""
    return -(-length_ms * PER_MS // SEGMENT)


def needed_until(number: int) -> int:
    """Until when, in ms, sound must be known to make segment `number`."""
    return -(-((number + 1) * SEGMENT + AHEAD * FRAME) // PER_MS)


def made_segments(first: int, count: int, timeline: Timeline, mix: Mix) -> Iterator[bytes]:
    """Segments `first` to `first + count - 1`, one after the other."""
    begin = first * SEGMENT - WARM_UP * FRAME
    length = count * SEGMENT + (WARM_UP + AHEAD) * FRAME
    sound = limited(played(begin, length, timeline, mix))
    for number in range(first, first + count):
        at = (number - first) * SEGMENT
        samples = sound[:, at : at + SEGMENT + (WARM_UP + AHEAD) * FRAME]
        yield media_segment(number, number * SEGMENT, _coded(samples) if samples.any() else _silence())


def played(begin: int, count: int, timeline: Timeline, mix: Mix) -> Samples:
    """Sound of the recording's own time, both in samples; silence before its beginning and after its end."""
    found = np.zeros((2, count), dtype=np.float32)
    at = 0
    for index, span in enumerate(timeline.spans):
        first, last = max(begin, at), min(begin + count, at + span.length * PER_MS)
        if first < last:
            milliseconds, samples = divmod(first - at, PER_MS)
            sound = mix(span.begin + milliseconds, last - first + samples)
            found[:, first - begin : last - begin] = sound[:, samples:]
            _spliced(found, at - begin, index > 0)
            _spliced(found, at + span.length * PER_MS - begin, index < len(timeline.spans) - 1, ends=True)
        at += span.length * PER_MS
    return found


def _spliced(sound: Samples, at: int, is_splice: bool, *, ends: bool = False) -> None:
    """Fade out before `at`, or in after it."""
    begin, stop = (at - SPLICE, at) if ends else (at, at + SPLICE)
    first, last = max(0, begin), min(sound.shape[1], stop)
    if is_splice and first < last:
        ramp = np.linspace(1, 0, SPLICE) if ends else np.linspace(0, 1, SPLICE)
        sound[:, first:last] *= ramp[first - begin : last - begin].astype(np.float32)


@functools.cache
def _silence() -> list[bytes]:
    """Long conferences have much of it."""
    return _coded(np.zeros((2, SEGMENT + (WARM_UP + AHEAD) * FRAME), dtype=np.float32))


def _coded(samples: Samples) -> list[bytes]:
    encoder = CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base, encoder.options = BIT_RATE, Fraction(1, RATE), _QUICK
    packets: list[av.Packet[Any]] = []
    for at in range(0, samples.shape[1], FRAME):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[:, at : at + FRAME]), format="fltp", layout="stereo"
        )
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    wanted = range(WARM_UP * FRAME, WARM_UP * FRAME + SEGMENT)
    return [bytes(packet) for packet in packets if packet.pts in wanted]
