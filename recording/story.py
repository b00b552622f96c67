"""A bundle's journal read as a film needs it: moment by moment, what a spectator sees and who is heard."""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.state import Picture, State
from conferences.core.words import ParticipantId
from recording.stage import FLOOR


class JournalPart(msgspec.Struct, frozen=True):
    """`journal/<n>.json` (docs/recording.md)."""

    from_ms: int
    picture: State | None = None
    """A picture has less than all that is true, which is all that a spectator knows."""
    events: tuple[tuple[int, int, AnyEvent], ...] = ()
    levels: tuple[tuple[int, dict[ParticipantId, int]], ...] = ()


class Moment(NamedTuple):
    """`levels`: how loud people are; `spoken`: when they were heard last."""

    picture: Picture
    levels: Mapping[str, int]
    spoken: Mapping[str, int]


_decode = msgspec.json.Decoder(JournalPart).decode


class Story:
    """Told forward: `at(t)` for times that do not decrease, `add` what comes in the meantime, in order."""

    def __init__(self, spoken: Mapping[str, int] | None = None) -> None:
        self._state = State()
        self._told: deque[tuple[int, State | tuple[int, AnyEvent]]] = deque()
        """When, and what: a picture, or an event with its number."""
        self._levels: deque[tuple[int, dict[str, int]]] = deque()
        self._heard: dict[str, int] = {}
        self._spoken: dict[str, int] = dict(spoken or {})

    def add(self, part: bytes) -> None:
        """Raises msgspec.DecodeError."""
        told = _decode(part)
        if told.picture is not None:
            self._told.append((told.from_ms, told.picture))
        self._told.extend((t, (seq, event)) for t, seq, event in told.events)
        self._levels.extend(told.levels)

    def at(self, t: int) -> Moment:
        while self._told and self._told[0][0] <= t:
            self._follow(self._told.popleft()[1])
        while self._levels and self._levels[0][0] <= t:
            _, self._heard = self._levels.popleft()
        self._spoken.update((id, t) for id, level in self._heard.items() if level >= FLOOR)
        return Moment(self._state, self._heard, self._spoken)

    def _follow(self, told: State | tuple[int, AnyEvent]) -> None:
        if isinstance(told, State):
            self._state = told
            return
        seq, event = told
        self._state = evolve(msgspec.structs.replace(self._state, seq=seq - 1), event)
