"""How loud somebody was, and when they talked, from the levels that browsers measure. Pure.

Levels of packets are in -dBov: 0 to 127, 0 the loudest (RFC 6464). Shown are 0 (does not speak) to 9, on
the same scale as while the conference runs (`conferences/media/speakers.py`), at most five a second.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recording.chunks import NO_LEVEL
from recording.samples import Sound

STEP_MS = 200
SPEAKING, SHOUTING, LOUDEST = 47, 15, 9
PAUSE_MS = 1_500
"""Who is silent for longer has finished."""
SHORTEST_TALK_MS = 400


class Level(NamedTuple):
    """From `at`, by the server's clock in ms, until the next."""

    at: int
    level: int


def shown(level: int) -> int:
    if level > SPEAKING:
        return 0
    return min(LOUDEST, 1 + (SPEAKING - level) * (LOUDEST - 1) // (SPEAKING - SHOUTING))


def levels_of(sounds: Iterable[Sound]) -> list[Level]:
    """Changes only; silence at the end, and where nothing came."""
    loudest: dict[int, int] = {}
    for sound in sounds:
        step = sound.at_us // (STEP_MS * 1000)
        if sound.level != NO_LEVEL:
            loudest[step] = max(loudest.get(step, 0), shown(sound.level))
    found: list[Level] = []
    current, last = 0, None
    for step in sorted(loudest):
        if current and last is not None and step > last + 1:
            found.append(Level((last + 1) * STEP_MS, 0))
            current = 0
        if loudest[step] != current:
            current = loudest[step]
            found.append(Level(step * STEP_MS, current))
        last = step
    if current and last is not None:
        found.append(Level((last + 1) * STEP_MS, 0))
    return found


def talks_of(levels: Sequence[Level]) -> list[tuple[int, int]]:
    """From when until when somebody talked, over short pauses; by the server's clock in ms."""
    talks: list[tuple[int, int]] = []
    since: int | None = None
    for at, level in levels:
        if level and since is None:
            since = at
        elif not level and since is not None:
            if talks and since - talks[-1][1] < PAUSE_MS:
                talks[-1] = (talks[-1][0], at)
            else:
                talks.append((since, at))
            since = None
    return [talk for talk in talks if talk[1] - talk[0] >= SHORTEST_TALK_MS]
