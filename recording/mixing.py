"""Sound: what several people said in some stretch of time, decoded and added up. Pure.

Samples are float32 at 48 kHz. What was lost is concealed for a moment by what was heard last, then it is
silent.
"""

from collections.abc import Iterable, Sequence

import av
import numpy as np
from av import CodecContext
from av.audio.codeccontext import AudioCodecContext
from numpy.typing import NDArray

from recording.samples import Sound

RATE = 48_000
PRE_ROLL_US = 200_000
"""A decoder that starts somewhere is right after that time: RFC 7845, section 4.6, wants 80 ms at least."""
PRE_SKIP = 312
"""Samples by which what libopus decodes is late."""
FADE = 240
CONCEALED = 2_880
"""Samples that are made up where some were lost."""
NEIGHBOURS = 2
"""Packets that lie so few samples apart follow each other."""
_SCALE = np.float32(1 / 32_768)
KNEE = 0.7
"""Louder than that is bent."""

Samples = NDArray[np.float32]


def mixed(voices: Iterable[Sequence[Sound]], begin_us: int, count: int) -> Samples:
    """Shape (2, count), from `begin_us` on. A voice's sounds begin PRE_ROLL_US earlier, if it had some."""
    total = np.zeros((2, count), dtype=np.float32)
    for sounds in voices:
        if sounds:
            total += spoken(sounds, begin_us, count)
    return total


def spoken(sounds: Sequence[Sound], begin_us: int, count: int) -> Samples:
    """One voice: shape (1, count), or (2, count) where it is stereo."""
    channels = 2 if any(sound.payload[0] & 0x04 for sound in sounds) else 1
    lead = PRE_ROLL_US * RATE // 1_000_000 + CONCEALED
    track = _Voice(channels, lead + count)
    decoder = _decoder(channels)
    for sound in sounds:
        at = round((sound.at_us - begin_us) * RATE / 1_000_000) - PRE_SKIP + lead
        for pcm in _decoded(decoder, sound.payload, channels):
            track.place(at, pcm)
            at += pcm.shape[1]
    return track.samples[:, lead:]


class _Voice:
    """Packets are put where they belong; `end` is where the last one ended."""

    def __init__(self, channels: int, length: int) -> None:
        self.samples = np.zeros((channels, length), dtype=np.float32)
        self._length = length
        self._end: int | None = None

    def place(self, at: int, pcm: Samples) -> None:
        if at < 0 or at >= self._length:
            return
        if self._end is not None and abs(at - self._end) <= NEIGHBOURS:
            at = self._end
        elif self._end is not None and at > self._end:
            self._conceal(self._end, at)
            pcm = _faded_in(pcm)
        elif self._end is not None:
            pcm = _faded_in(pcm[:, self._end - at :])
            at = self._end
            self._conceal(at, at + pcm.shape[1])
        stop = min(self._length, at + pcm.shape[1])
        if stop > at:
            self.samples[:, at:stop] += pcm[:, : stop - at]
            self._end = stop

    def _conceal(self, begin: int, end: int) -> None:
        """Repeat the last wave, fading."""
        count = max(0, min(end - begin, CONCEALED, self._length - begin))
        history = self.samples[:, max(0, begin - 2 * 960) : begin]
        if history.shape[1] < 2 * 960 or not count:
            return
        wave = history[:, -_period(history.mean(axis=0)) :]
        repeated = np.tile(wave, count // wave.shape[1] + 1)[:, :count]
        self.samples[:, begin : begin + count] = repeated * np.linspace(1, 0, count, dtype=np.float32)


def _period(history: Samples) -> int:
    """Of the wave, in samples: where the last 10 ms resemble most what precedes them."""
    pattern, past = history[-480:], history[:-120]
    likeness = np.correlate(past, pattern, "valid")
    energy = np.convolve(past**2, np.ones(480, dtype=np.float32), "valid") + 1e-6
    best = int(np.argmax(likeness / np.sqrt(energy)))
    return max(120, len(history) - 480 - best)


def _faded_in(pcm: Samples) -> Samples:
    count = min(FADE, pcm.shape[1])
    faded = pcm.copy()
    faded[:, :count] *= np.linspace(0, 1, count, dtype=np.float32)
    return faded


def _decoder(channels: int) -> AudioCodecContext:
    decoder = CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "stereo" if channels == 2 else "mono"
    return decoder


def _decoded(decoder: AudioCodecContext, payload: bytes, channels: int) -> Iterable[Samples]:
    """Nothing, where the packet is not Opus."""
    try:
        frames = decoder.decode(av.Packet(payload))
    except av.FFmpegError:
        return
    for frame in frames:
        interleaved = np.frombuffer(bytes(frame.planes[0]), dtype=np.int16, count=frame.samples * channels)
        yield interleaved.reshape(-1, channels).T.astype(np.float32) * _SCALE


def limited(samples: Samples) -> Samples:
    """Nothing is louder than 1; what is not loud stays as it is."""
    loud = np.abs(samples)
    if loud.max(initial=0.0) <= KNEE:
        return samples
    bent = KNEE + (1 - KNEE) * np.tanh((loud - KNEE) / (1 - KNEE))
    return np.where(loud > KNEE, np.sign(samples) * bent, samples).astype(np.float32)
