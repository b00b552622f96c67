"""The journal of a recording that is watched while it runs, in files of two seconds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from conferences.core.evolve import evolve
from conferences.core.spectator import hears, picture
from conferences.core.state import Picture, State
from recording.export import KEY_EVERY_MS, Entry, Page
from recording.levels import Level
from recording.redaction import Redaction
from recording.timeline import Timeline


class Told(NamedTuple):
    page: Page
    key: bool


class LiveJournal:
    """Told forward, of entries in their order: `state` is what is true after those that were told."""

    def __init__(self, redaction: Redaction) -> None:
        self.state = State()
        self._redaction = redaction
        self._pending: list[Entry] = []
        self._key_ms: int | None = None
        self._heard: dict[str, int] = {}

    @property
    def seq(self) -> int:
        """The number of the last entry it was given."""
        return self._pending[-1].seq if self._pending else self.state.seq

    @property
    def seen(self) -> Picture:
        return picture(self.state)

    def add(self, entries: Iterable[Entry]) -> None:
        self._pending += entries

    def page(
        self, from_ms: int, until_ms: int, timeline: Timeline, levels: Mapping[str, Sequence[Level]]
    ) -> Told:
        """What happened on the recording's clock from then until before; what is not on it is known and not told."""
        end = timeline.captured(until_ms)
        self._skip(timeline.captured(from_ms))
        key = self._key_ms is None or from_ms - self._key_ms >= KEY_EVERY_MS
        if key:
            self._key_ms = from_ms
        page = Page(from_ms, self._redaction.picture(self.seen) if key else None, [], [])
        while self._pending and self._pending[0].event.at < end:
            entry = self._pending.pop(0)
            told = self._told(entry)
            t = timeline.played(entry.event.at)
            if told is not None and t is not None:
                page.events.append((max(from_ms, t), entry.seq, told))
        page.levels.extend(self._changes(from_ms, timeline, levels))
        return Told(page, key)

    def _skip(self, begin: int) -> None:
        """What happened before, and was not recorded or was told late by the one who wrote it down."""
        while self._pending and self._pending[0].event.at < begin:
            self.state = evolve(self.state, self._pending.pop(0).event)

    def _told(self, entry: Entry) -> "dict[str, object] | None":
        before, self.state = self.state, evolve(self.state, entry.event)
        is_heard = hears(entry.event, before, self.state)
        return self._redaction.event(entry.seq, entry.event) if is_heard else None

    def _changes(
        self, from_ms: int, timeline: Timeline, levels: Mapping[str, Sequence[Level]]
    ) -> Iterable[tuple[int, dict[str, int]]]:
        """Who is how loud at the beginning, and whenever that changes."""
        changes = sorted((level.at, who, level.level) for who, of in levels.items() for level in of)
        yield from_ms, dict(self._heard)
        for at, who, level in changes:
            self._heard = {**self._heard, who: level}
            self._heard = {one: loud for one, loud in self._heard.items() if loud}
            yield max(from_ms, timeline.played_next(at)), dict(self._heard)
