"""How sound is packed for RTP: G.711, L16, G.722 and Opus, between frames of 16 kHz and payloads."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from av import AudioFrame, CodecContext, FFmpegError
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

from bridges.base import SAMPLE_RATE
from bridges.pcm import (
    alaw_decoded,
    alaw_encoded,
    halved,
    l16_decoded,
    l16_encoded,
    ulaw_decoded,
    ulaw_encoded,
)
from conferences.media.mixing import Samples
from conferences.media.opus import CLOCK_RATE, OpusDecoder, OpusEncoder

Packing = Callable[[bytes, bytes], bytes]
"""The payload for a frame, after the one before it."""
Unpacking = Callable[[bytes], Samples]
"""Samples of the codec's rate. Whatever comes: at worst none."""


class Codec(NamedTuple):
    """`rate`: of its samples, 8 or 16 kHz; `clock`: of its RTP timestamps. Every stream has its own `packing`
    and `unpacking`."""

    name: str
    rate: int
    clock: int
    packing: Callable[[], Packing]
    unpacking: Callable[[], Unpacking]


def _plain(name: str, rate: int, encoded: Callable[[Samples], bytes], decoded: Unpacking) -> Codec:
    """Without memory. Most callers of a room listen, and are all sent the same: packed once."""

    @lru_cache(maxsize=64)
    def packed(before: bytes, frame: bytes) -> bytes:
        samples = np.frombuffer(frame, np.int16)
        if rate < SAMPLE_RATE:
            samples = halved(np.frombuffer(before, np.int16), samples)
        return encoded(samples)

    return Codec(name, rate, rate, lambda: packed, lambda: decoded)


class G722Encoder:
    """Of one stream: ITU-T G.722, 64 kbit/s."""

    def __init__(self) -> None:
        self._codec = _g722("w")

    def encoded(self, frame: Samples) -> bytes:
        sound = AudioFrame.from_ndarray(frame[None, :], format="s16", layout="mono")
        sound.sample_rate = SAMPLE_RATE
        return b"".join(bytes(packet) for packet in self._codec.encode(sound))


class G722Decoder:
    """Of one stream."""

    def __init__(self) -> None:
        self._codec = _g722("r")

    def decoded(self, payload: bytes) -> Samples:
        try:
            frames = self._codec.decode(Packet(payload))
        except FFmpegError:
            return np.zeros(0, np.int16)
        return np.concatenate([*(frame.to_ndarray()[0] for frame in frames), np.zeros(0, np.int16)])


def _g722(mode: Literal["r", "w"]) -> AudioCodecContext:
    context = CodecContext.create("g722", mode)
    context.sample_rate, context.format, context.layout = SAMPLE_RATE, "s16", "mono"
    if mode == "w":
        context.time_base = Fraction(1, SAMPLE_RATE)
    return context


def _following(encoder: type[G722Encoder | OpusEncoder]) -> Callable[[], Packing]:
    """Of an encoder that remembers for itself what was before."""

    def packing() -> Packing:
        encoded = encoder().encoded
        return lambda _before, frame: encoded(np.frombuffer(frame, np.int16))

    return packing


PCMU = _plain("PCMU", 8000, ulaw_encoded, ulaw_decoded)
PCMA = _plain("PCMA", 8000, alaw_encoded, alaw_decoded)
L16 = _plain("L16", SAMPLE_RATE, l16_encoded, l16_decoded)
L16_NARROW = _plain("L16", 8000, l16_encoded, l16_decoded)
G722 = Codec("G722", SAMPLE_RATE, 8000, _following(G722Encoder), lambda: G722Decoder().decoded)
"""Its clock is an old mistake that stayed (RFC 3551, section 4.5.2)."""
OPUS = Codec("opus", SAMPLE_RATE, CLOCK_RATE, _following(OpusEncoder), lambda: OpusDecoder().decoded)
CODECS = {(codec.name.upper(), codec.clock): codec for codec in (G722, PCMU, PCMA, L16, L16_NARROW)}
"""By what SDP says of them, those that need nothing but a payload type."""
