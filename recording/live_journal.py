"""The journal of a recording that is watched while it runs, in files of two seconds."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from conferences.core.captions import CaptionWritten
from conferences.core.chat import ChatSent
from conferences.core.evolve import evolve
from conferences.core.spectator import hears, picture
from conferences.core.state import Picture, State
from conferences.core.words import Part
from recording.export import KEY_EVERY_MS, Entry, Page
from recording.levels import Level
from recording.redaction import Redaction
from recording.timeline import Timeline

HELD_MS = 400
"""Who goes on to speak is heard again within that time."""


class Told(NamedTuple):
    page: Page
    key: bool


class LiveJournal:
    """Told forward, of entries in their order. What happened while nothing was recorded is not told: the next
    file begins with a picture."""

    def __init__(self, parts: Collection[Part]) -> None:
        self.state = State()
        self._untold_lines: set[int] = set()
        self._redaction = Redaction(parts, lines=self._untold_lines)
        self._pending: deque[Entry] = deque()
        self._key_ms = -KEY_EVERY_MS
        self._heard: dict[str, int] = {}

    @property
    def seq(self) -> int:
        """The number of the last entry it was given."""
        return self._pending[-1].seq if self._pending else self.state.seq

    @property
    def seen(self) -> Picture:
        """By a spectator; parts that are not recorded are still in it."""
        return picture(self.state)

    def add(self, entries: Iterable[Entry]) -> None:
        self._pending.extend(entries)

    def page(
        self, from_ms: int, until_ms: int, timeline: Timeline, levels: Mapping[str, Sequence[Level]]
    ) -> Told:
        """What happened on the recording's clock from then until before."""
        begin, end = timeline.captured(from_ms), timeline.captured(until_ms - 1) + 1
        is_whole = not self._skip(begin, timeline)
        key = not is_whole or from_ms - self._key_ms >= KEY_EVERY_MS
        if key:
            self._key_ms = from_ms
        page = Page(from_ms, self._redaction.picture(self.seen) if key else None, [], [])
        page.events.extend(self._tell(end, timeline))
        page.levels.extend(self._changes(from_ms, begin, end, timeline, levels))
        return Told(page, key)

    def _skip(self, until: int, timeline: Timeline) -> bool:
        """What was not told and lies before; whether there was something."""
        skipped = False
        while self._pending and self._pending[0].event.at < until:
            self._evolve(self._pending.popleft(), timeline)
            skipped = True
        return skipped

    def _tell(self, end: int, timeline: Timeline) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Until there was a pause: what follows is told by the next picture."""
        while self._pending and self._pending[0].event.at < end:
            t = timeline.played(self._pending[0].event.at)
            if t is None:
                return
            entry = self._pending.popleft()
            before = self.state
            self._evolve(entry, timeline)
            told = self._redaction.event(entry.seq, entry.event)
            if told is not None and hears(entry.event, before, self.state):
                yield t, entry.seq, told

    def _evolve(self, entry: Entry, timeline: Timeline) -> None:
        written = isinstance(entry.event, ChatSent | CaptionWritten)
        if written and timeline.played(entry.event.at) is None:
            self._untold_lines.add(entry.seq)
        self.state = evolve(self.state, entry.event)

    def _changes(
        self, from_ms: int, begin: int, end: int, timeline: Timeline, levels: Mapping[str, Sequence[Level]]
    ) -> Iterator[tuple[int, dict[str, int]]]:
        """Who is how loud at the beginning, and whenever that changes. Of whom nothing came, is silent."""
        spoke_on = {who for who, of in levels.items() if of and of[0].at < begin + HELD_MS}
        self._heard = {who: level for who, level in self._heard.items() if who in spoke_on}
        yield from_ms, dict(self._heard)
        changes = sorted((level.at, who, level.level) for who, of in levels.items() for level in of)
        for at, who, level in changes:
            if at < end:
                self._heard = {one: loud for one, loud in {**self._heard, who: level}.items() if loud}
                yield max(from_ms, timeline.played_next(at)), dict(self._heard)
