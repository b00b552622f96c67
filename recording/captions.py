"""What was typed of what was said, as text of a recording: WebVTT, and lines to be searched for. Pure.

Captions belong to the sound: they are recorded whatever parts are, and who is taken out of the sound is
taken out of them.
"""

from collections.abc import Collection, Iterable, Sequence
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from conferences.core.captions import SHOWN_AT_ONCE, SHOWN_MS, CaptionWritten
from conferences.core.events import ParticipantAdmitted, ParticipantJoined, ParticipantRenamed
from recording.export import Entry
from recording.redaction import Redaction
from recording.timeline import Timeline

FILE = "captions.vtt"
LATE_MS = 8_000
"""So long after somebody has spoken their words may still be typed."""


class Said(NamedTuple):
    """`t` on the recording's clock."""

    t: int
    text: str


def said(entries: Iterable[Entry], timeline: Timeline, redaction: Redaction) -> list[Said]:
    """In order; without what was said while nothing was recorded, and what is taken out."""
    return [
        Said(timeline.played_next(event.at), text_of(event))
        for seq, event in entries
        if isinstance(event, CaptionWritten)
        and timeline.played(event.at) is not None
        and redaction.event(seq, event)
    ]


def text_of(event: CaptionWritten) -> str:
    return f"{event.speaker}: {event.text}" if event.speaker else event.text


def as_vtt(lines: Sequence[Said], length_ms: int) -> str:
    """WebVTT; each is shown until it was read, or two others have come."""
    cues = (
        f"{clock(line.t)} --> {clock(_end(line, next_one, length_ms))}\n{escaped(line.text)}\n"
        for line, next_one in zip_longest(lines, lines[SHOWN_AT_ONCE:])
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _end(line: Said, replaced_by: Said | None, length_ms: int) -> int:
    ends = [line.t + SHOWN_MS, max(length_ms, line.t + 1)]
    return min(ends if replaced_by is None else [*ends, max(replaced_by.t, line.t + 1)])


def clock(t: int) -> str:
    """`01:02:03.456`."""
    return f"{t // 3_600_000:02}:{t // 60_000 % 60:02}:{t // 1000 % 60:02}.{t % 1000:03}"


def escaped(text: str) -> str:
    """As a cue's text may be (WebVTT, section 6.4: cue text parsing)."""
    return escape(text, quote=False)


def lines_of(entries: Sequence[Entry], who: str, talks: Iterable[tuple[int, int]]) -> Collection[int]:
    """Numbers of captions that may hold words of this person: named as theirs, or typed while they spoke or
    soon after. `talks`: from when until when they did, in the server's ms."""
    names = {
        event.name
        for _seq, event in entries
        if isinstance(event, ParticipantJoined | ParticipantAdmitted | ParticipantRenamed)
        and event.participant == who
    }
    spoken = list(talks)
    return {
        seq
        for seq, event in entries
        if isinstance(event, CaptionWritten)
        and (event.speaker in names or any(begin <= event.at <= end + LATE_MS for begin, end in spoken))
    }
