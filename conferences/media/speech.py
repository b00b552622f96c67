"""What all callers say together, as one stream for browsers."""

from typing import NamedTuple

import numpy as np

from conferences.media.mixing import FRAME_SAMPLES, Samples, level
from conferences.media.opus import CLOCK_PER_FRAME, OpusEncoder
from conferences.media.rtp import MARKER, SEQUENCE_MASK, TIMESTAMP_MASK

_SILENT = 62
"""Audio level (-dBov) from which on it is not sent."""
_HANGOVER = 40
"""Frames (0.8 s) that are sent after the last that was not silent, and at the beginning, so that everybody's
page is ready for the first word."""


class Utterance(NamedTuple):
    """A packet to be: `level` in -dBov, `timestamp` of the Opus clock."""

    payload: bytes
    sequence: int
    timestamp: int
    level: int
    marker: int


class Speech:
    """Goes on without numbers missing; its timestamps pass also while nothing is sent."""

    def __init__(self) -> None:
        self._encoder = OpusEncoder()
        self._sequence = 0
        self._hangover = _HANGOVER
        self._pauses = True
        self._before: Samples = np.zeros(FRAME_SAMPLES, np.int16)

    def said(self, frame: Samples, turn: int) -> list[Utterance]:
        """What is to be sent of it: after a pause also the frame before, where the word may have begun."""
        loudness = level(frame)
        self._hangover = _HANGOVER if loudness < _SILENT else self._hangover - 1
        before, self._before = self._before, frame
        if self._hangover <= 0:
            self._pauses = True
            return []
        spoken: list[Utterance] = []
        if self._pauses:
            spoken.append(self._utter(before, turn - 1, level(before), MARKER))
            self._pauses = False
        spoken.append(self._utter(frame, turn, loudness, 0))
        return spoken

    def _utter(self, frame: Samples, turn: int, loudness: int, marker: int) -> Utterance:
        self._sequence = self._sequence + 1 & SEQUENCE_MASK
        timestamp = turn * CLOCK_PER_FRAME & TIMESTAMP_MASK
        return Utterance(self._encoder.encoded(frame), self._sequence, timestamp, loudness, marker)
