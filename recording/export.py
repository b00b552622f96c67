"""The journal of a conference as files of a bundle (docs/recording.md): what a spectator saw, on the
recording's own clock. Pure.

A file begins with a picture of everything then, so that a player can begin there: every half minute, and
when something else comes on the stage.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from conferences.core.captions import CaptionWritten
from conferences.core.chat import ChatSent
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.slides import DocumentDismissed, DocumentPresented, PageTurned
from conferences.core.spectator import hears, picture
from conferences.core.state import State
from recording.levels import Level
from recording.redaction import Redaction
from recording.timeline import Span, Timeline

KEY_EVERY_MS = 30_000
KEY_APART_MS = 1_000
"""Who leafs through slides makes no file of each."""


class Entry(NamedTuple):
    seq: int
    event: AnyEvent


class Page(Struct):
    """One file of the journal. Events as `[t, seq, event]`, levels as `[t, {participant: level}]`: who is not
    named is silent."""

    from_ms: int
    picture: dict[str, Any] | None
    events: list[tuple[int, int, dict[str, Any]]] = []
    levels: list[tuple[int, dict[str, int]]] = []


def untold_lines(entries: Iterable[Entry], timeline: Timeline) -> set[int]:
    """Lines of the chat, and captions, written while nothing was recorded and in what was cut out."""
    sent = (entry for entry in entries if isinstance(entry.event, ChatSent | CaptionWritten))
    return {entry.seq for entry in sent if timeline.played(entry.event.at) is None}


def pages(
    entries: Sequence[Entry],
    timeline: Timeline,
    redaction: Redaction,
    levels: Mapping[str, Sequence[Level]],
) -> list[Page]:
    """In the order of time; the first begins at 0."""
    found = list(_told(entries, timeline, redaction))
    _add_levels(found, _combined(levels, timeline))
    return found


def _told(entries: Sequence[Entry], timeline: Timeline, redaction: Redaction) -> Iterator[Page]:
    state, rest = State(), list(reversed(entries))
    played = 0
    for span in timeline.spans:
        while rest and rest[-1].event.at < span.begin:
            state = evolve(state, rest.pop().event)
        within: list[Entry] = []
        while rest and rest[-1].event.at < span.end:
            within.append(rest.pop())
        state = yield from _told_of_span(within, span, played, state, redaction)
        played += span.length


def _told_of_span(
    entries: Sequence[Entry], span: Span, played: int, state: State, redaction: Redaction
) -> Generator[Page, None, State]:
    page = Page(played, redaction.picture(picture(state)), [], [])
    for seq, event in entries:
        t = played + event.at - span.begin
        while t - page.from_ms >= KEY_EVERY_MS:
            yield page
            page = Page(page.from_ms + KEY_EVERY_MS, redaction.picture(picture(state)), [], [])
        before, state = state, evolve(state, event)
        told = redaction.event(seq, event) if hears(event, before, state) else None
        if told is not None and _is_new_on_stage(event) and t - page.from_ms >= KEY_APART_MS:
            yield page
            page = Page(t, redaction.picture(picture(before)), [], [])
        if told is not None:
            page.events.append((t, seq, told))
    while played + span.length - page.from_ms > KEY_EVERY_MS:
        yield page
        page = Page(page.from_ms + KEY_EVERY_MS, redaction.picture(picture(state)), [], [])
    yield page
    return state


def _is_new_on_stage(event: AnyEvent) -> bool:
    return isinstance(event, DocumentPresented | PageTurned | DocumentDismissed)


def _combined(levels: Mapping[str, Sequence[Level]], timeline: Timeline) -> list[tuple[int, dict[str, int]]]:
    """Who is how loud, whenever that changes."""
    changes = sorted((level.at, who, level.level) for who, of in levels.items() for level in of)
    now: dict[str, int] = {}
    found: list[tuple[int, dict[str, int]]] = []
    for at, who, level in changes:
        now = {
            **{other: loud for other, loud in now.items() if other != who},
            **({who: level} if level else {}),
        }
        t = timeline.played_next(at)
        if found and found[-1][0] == t:
            found.pop()
        found.append((t, now))
    return found


def _add_levels(found: Sequence[Page], levels: Sequence[tuple[int, dict[str, int]]]) -> None:
    index = 0
    for t, now in levels:
        while index + 1 < len(found) and found[index + 1].from_ms <= t:
            index += 1
            if found[index - 1].levels and found[index].from_ms < t:
                found[index].levels.append((found[index].from_ms, found[index - 1].levels[-1][1]))
        if found:
            found[index].levels.append((t, now))
