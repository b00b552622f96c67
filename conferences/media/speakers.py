"""Who is heard when not everybody can be, and who is said to speak. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Speaker = TypeVar("Speaker", bound=Hashable)

#: Audio levels are -dBov, 0 to 127 with 0 the loudest (RFC 6464); loudness here is 127 minus that.
MAX_LOUDNESS = 127

_ATTACK = 0.3
_RELEASE = 0.02
_MARGIN = 8.0
_SPEAKING = 80.0
_SHOUTING = 112.0
_LEVELS = 9


def smooth(loudness: float, level: int) -> float:
    """Loudness after one more packet with this audio level: rises within a word, falls within a second."""
    current = MAX_LOUDNESS - level
    return loudness + (current - loudness) * (_ATTACK if current > loudness else _RELEASE)


def rank(order: Sequence[Speaker], loudness: Mapping[Speaker, float]) -> tuple[Speaker, ...]:
    """The speakers of `loudness`, those to be heard first.

    Keeps `order` but for who is clearly louder than the one before: silence costs nobody their place, and two
    equally loud voices do not change places with every word.
    """
    known = dict.fromkeys(speaker for speaker in order if speaker in loudness)
    ranking = [*known, *(speaker for speaker in loudness if speaker not in known)]
    for place in range(len(ranking) - 1, 0, -1):
        before, this = ranking[place - 1], ranking[place]
        if loudness[this] > loudness[before] + _MARGIN:
            ranking[place - 1], ranking[place] = this, before
    return tuple(ranking)


def level(loudness: float) -> int:
    """How loud to show somebody: 0 for not speaking, 1 to 9."""
    if loudness < _SPEAKING:
        return 0
    return min(_LEVELS, 1 + int((loudness - _SPEAKING) / (_SHOUTING - _SPEAKING) * (_LEVELS - 1)))
