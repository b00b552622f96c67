"""What leads through a recording: chapters, who talked when, what may be searched for. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from conferences.core import slides
from conferences.core.board import BoardOpened
from conferences.core.chat import ChatDeleted, ChatEdited, ChatSent
from conferences.core.events import ParticipantAdmitted, ParticipantJoined, ParticipantRenamed, ScreenShared
from conferences.core.slides import DocumentOffered
from conferences.core.words import Part
from recording.captions import clock, escaped, said
from recording.export import Entry
from recording.levels import Level, talks_of
from recording.manifest import Chapter, Found, Talk
from recording.redaction import Redaction
from recording.timeline import Timeline

APART_MS = 3_000
"""Who leafs through slides makes no chapter of each."""
LONG_TALK_MS = 60_000


class Shown(NamedTuple):
    """A page came on the stage."""

    t: int
    document: str
    page: int


class Words(NamedTuple):
    """Of chapters' titles: `page` has `%(document)s` and `%(page)s`, `screen` has `%(name)s`."""

    start: str
    page: str
    screen: str


def names_of(entries: Iterable[Entry], redaction: Redaction) -> dict[str, str]:
    """Of everybody who was let in, as they were called last."""
    names: dict[str, str] = {}
    admitted: set[str] = set()
    for _seq, event in entries:
        match event:
            case ParticipantJoined() | ParticipantAdmitted():
                names[event.participant] = event.name
                if event.role != "waiting":
                    admitted.add(event.participant)
            case ParticipantRenamed():
                names[event.participant] = event.name
            case _:
                pass
    return {who: redaction.people.get(who, name) for who, name in names.items() if who in admitted}


def shown_pages(entries: Iterable[Entry], timeline: Timeline) -> list[Shown]:
    """What was on the stage when the recording began comes first."""
    found: list[Shown] = []
    for _seq, event in entries:
        if isinstance(event, slides.DocumentPresented | slides.PageTurned):
            shown = Shown(timeline.played_next(event.at), event.document, event.page)
            if found and found[-1].t == shown.t:
                found.pop()
            if shown.t < timeline.length and (not found or found[-1][1:] != shown[1:]):
                found.append(shown)
    return found


def document_names(entries: Iterable[Entry]) -> dict[str, str]:
    return {
        event.document: event.name
        for _seq, event in entries
        if isinstance(event, DocumentOffered | BoardOpened)
    }


def chapters(
    entries: Sequence[Entry], timeline: Timeline, redaction: Redaction, talks: Sequence[Talk], words: Words
) -> tuple[Chapter, ...]:
    names = names_of(entries, redaction)
    found = [Chapter(0, "start", words.start)]
    if Part.SLIDES in redaction.parts:
        titles = document_names(entries)
        for shown in shown_pages(entries, timeline):
            title = words.page % {"document": titles.get(shown.document, ""), "page": shown.page}
            found.append(Chapter(shown.t, "slide", title))
    if Part.SCREENS in redaction.parts:
        for at, who in _screens(entries):
            if who not in redaction.people and (t := timeline.played(at)) is not None:
                found.append(Chapter(t, "screen", words.screen % {"name": names.get(who, "")}))
    found += [
        Chapter(talk.from_ms, "speaker", names.get(talk.participant, ""))
        for talk in talks
        if talk.to_ms - talk.from_ms >= LONG_TALK_MS
    ]
    return tuple(_apart(sorted(found, key=lambda chapter: chapter.t)))


def _screens(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    return ((event.at, event.participant) for _, event in entries if isinstance(event, ScreenShared))


def _apart(found: Iterable[Chapter]) -> Iterator[Chapter]:
    """Of several at about the same time the last counts."""
    waiting: Chapter | None = None
    for chapter in found:
        if waiting is not None and (chapter.t - waiting.t >= APART_MS or waiting.kind == "screen"):
            yield waiting
        waiting = chapter
    if waiting is not None:
        yield waiting


def talks(levels: Mapping[str, Sequence[Level]], timeline: Timeline) -> tuple[Talk, ...]:
    found: list[Talk] = []
    for who, of in levels.items():
        for begin, end in talks_of(of):
            from_ms, to_ms = timeline.played_next(begin), timeline.played_next(end)
            if to_ms > from_ms:
                found.append(Talk(who, from_ms, to_ms))
    return tuple(sorted(found, key=lambda talk: (talk.from_ms, talk.participant)))


def search(
    entries: Sequence[Entry],
    timeline: Timeline,
    redaction: Redaction,
    texts: Mapping[str, Sequence[str]],
) -> tuple[Found, ...]:
    """`texts`: of each document's pages."""
    found = [
        Found(timeline.played_next(line.at), "chat", line.text, line.participant)
        for line in _lines(entries, redaction)
        if line.text
    ]
    found += [Found(t, "caption", text) for t, text in said(entries, timeline, redaction)]
    if Part.SLIDES in redaction.parts:
        for t, document, page in shown_pages(entries, timeline):
            pages = texts.get(document, ())
            if page <= len(pages) and pages[page - 1].strip():
                found.append(Found(t, "slide", pages[page - 1].strip()))
    return tuple(sorted(found, key=lambda one: one.t))


def as_vtt(chapters: Sequence[Chapter], length_ms: int) -> str:
    """WebVTT; each lasts until the next."""
    ends = [chapter.t for chapter in chapters[1:]] + [length_ms]
    cues = (
        f"{clock(chapter.t)} --> {clock(end)}\n{escaped(chapter.title)}\n"
        for chapter, end in zip(chapters, ends, strict=True)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def chat_text(entries: Sequence[Entry], timeline: Timeline, redaction: Redaction) -> str:
    """One line each: `[0:01:05] Alice: …`."""
    lines = (
        f"[{clock(timeline.played_next(line.at))[:-4]}] {line.name}: "
        + " ".join(filter(None, [line.text, line.file.name if line.file else ""]))
        for line in _lines(entries, redaction)
    )
    return "".join(f"{line}\n" for line in lines)


def _lines(entries: Sequence[Entry], redaction: Redaction) -> Iterator[ChatSent]:
    """For everyone, as they were last; without those that were deleted or are taken out."""
    found: dict[int, ChatSent] = {}
    for seq, event in entries:
        match event:
            case ChatSent() if redaction.event(seq, event):
                found[seq] = event
            case ChatEdited() if event.line in found:
                found[event.line] = replace(found[event.line], text=event.text)
            case ChatDeleted():
                found.pop(event.line, None)
            case _:
                pass
    yield from found.values()
