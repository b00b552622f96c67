"""The sound of one conference between browsers and phones: everybody hears all others, nobody himself.

Bridges mix their own callers, and are a leg each. Browsers mix what the router forwards to them, to which the
phones are one more voice.
"""

import secrets
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from conferences.media.contract import PHONE, MediaStats, PublicationKey, Source
from conferences.media.mixing import FRAME_BYTES, FRAME_SAMPLES, Samples, Sums, comfort, soft_clip
from conferences.media.publication import Publication
from conferences.media.rtp import Packet
from conferences.media.sdp import AUDIO_LEVEL, MediaSection
from conferences.media.speech import Speech, Utterance
from conferences.media.tap import Track, TrackTap
from conferences.media.voice import Voice

_VOICES = 5
"""So many speakers at once are decoded for the phones."""
_PAYLOAD_TYPE = 111
_LEVEL_ID = 1
_FAINT = 24
"""Peak below which comfort noise is added."""


class PcmLeg(Protocol):
    """One bridge's sound: signed 16 bit, mono, 16 kHz, 20 ms a frame. Neither waits nor raises."""

    def push(self, frame: bytes) -> None: ...

    def pull(self) -> bytes | None: ...


class AudioSpace:
    """Takes part in the router as a `Guest`. The mixer's thread calls `mix`, the event loop all others."""

    peer = PHONE

    def __init__(self) -> None:
        section = MediaSection("audio", payload_type=_PAYLOAD_TYPE, extensions={AUDIO_LEVEL: _LEVEL_ID})
        key = PublicationKey(PHONE, Source.PHONE)
        self.publication = Publication(key, section, _no_rtcp, MediaStats())
        self.publication.ssrc = secrets.randbits(31) + 1
        self._legs: dict[str, PcmLeg] = {}
        self._voices: tuple[Voice, ...] = ()
        self._speech = Speech()

    # On the event loop

    def attach(self, key: str, leg: PcmLeg) -> None:
        """Heard and served from now on; instead of what had this key."""
        self._legs = self._legs | {key: leg}

    def detach(self, key: str) -> None:
        self._legs = {other: leg for other, leg in self._legs.items() if other != key}

    @property
    def is_empty(self) -> bool:
        return not self._legs

    def track_began(self, track: Track) -> TrackTap | None:
        """All sound but our own."""
        if track.key.source.is_video or track.key.peer == PHONE:
            return None
        voice = Voice(track.key)
        others = [other for other in self._voices if other.key != track.key]
        voice.is_heard = sum(other.is_heard for other in others) < _VOICES
        self._voices = (*others, voice)
        return voice

    def hear(self, voices: Sequence[PublicationKey]) -> None:
        """Who is there and not muted, the most important first."""
        loudest = voices[:_VOICES]
        for voice in self._voices:
            voice.is_heard = voice.key in loudest
        if len(self._voices) > len(voices):
            self._voices = tuple(voice for voice in self._voices if voice.key in voices)

    def speak(self, said: Sequence[Utterance], now: float) -> None:
        """What the thread made goes to browsers and recordings."""
        for payload, sequence, timestamp, level, marker in said:
            header = (_PAYLOAD_TYPE, marker, sequence, timestamp, self.publication.ssrc)
            packet = Packet(*header, payload, extensions={_LEVEL_ID: bytes([level])})
            self.publication.received(packet, now)
        self.publication.flush(now)

    # In the mixer's thread

    def mix(self, turn: int) -> list[Utterance]:
        """20 ms: serve every leg, and return what browsers are to hear."""
        legs = list(self._legs.values())
        web = _summed([frame for voice in self._voices if (frame := voice.take()) is not None])
        pulled = [_samples(leg.pull()) for leg in legs]
        callers = _summed([frame for frame in pulled if frame is not None])
        everything = web + callers
        for leg, own in zip(legs, pulled, strict=True):
            leg.push(_audible(everything if own is None else everything - own, turn).tobytes())
        return self._speech.said(soft_clip(callers), turn)


def _summed(frames: Sequence[Samples]) -> Sums:
    sums: Sums = np.zeros(FRAME_SAMPLES, np.int32)
    for frame in frames:
        sums += frame
    return sums


def _samples(frame: bytes | None) -> Samples | None:
    return np.frombuffer(frame, np.int16) if frame is not None and len(frame) == FRAME_BYTES else None


def _audible(sums: Sums, turn: int) -> Samples:
    if int(np.abs(sums).max()) < _FAINT:
        sums = sums + comfort(turn)
    return soft_clip(sums)


def _no_rtcp(_packet: bytes) -> None:
    """Nobody is there who could send it again."""
