"""Tests of recording/chapters.py."""

from conferences.core import chat, slides
from conferences.core.commands import ShareScreen
from conferences.core.words import Part
from recording import chapters as ch
from recording.export import Entry
from recording.levels import Level
from recording.manifest import Chapter, Talk
from recording.redaction import Redaction
from recording.timeline import Span, Timeline
from tests.conferences.meeting import Meeting

WORDS = ch.Words("Beginning", "%(document)s, page %(page)s", "Screen of %(name)s")
ALL = Redaction()


def told(meeting: Meeting) -> tuple[list[Entry], Timeline]:
    """Page 1 at 5 s, a line at 10 s, page 2 at 65 s, Bob's screen at 100 s."""
    begin = meeting.now
    meeting.wait(5)
    meeting.brings("alice")
    meeting.wait(5)
    meeting.does("bob", chat.SendChat(text="hello"))
    meeting.wait(55)
    meeting.does("alice", slides.TurnPage(document="plans", page=3))
    meeting.does("alice", slides.TurnPage(document="plans", page=2))
    meeting.wait(35)
    meeting.does("bob", ShareScreen())
    entries = [Entry(seq, event) for seq, event in enumerate(meeting.events, start=1)]
    return entries, Timeline([Span(begin, begin + 120_000)])


def test_slides_screens_and_long_talks_make_chapters(meeting: Meeting) -> None:
    entries, timeline = told(meeting)
    talks = (Talk("carol", 20_000, 90_000), Talk("bob", 91_000, 92_000))
    assert ch.chapters(entries, timeline, ALL, talks, WORDS) == (
        Chapter(0, "start", "Beginning"),
        Chapter(5_000, "slide", "Plans.pdf, page 1"),
        Chapter(20_000, "speaker", "Carol"),
        Chapter(65_000, "slide", "Plans.pdf, page 2"),
        Chapter(100_000, "screen", "Screen of Bob"),
    )


def test_parts_that_are_not_recorded_make_none(meeting: Meeting) -> None:
    entries, timeline = told(meeting)
    found = ch.chapters(entries, timeline, Redaction(parts=[Part.CHAT]), (), WORDS)
    assert [chapter.kind for chapter in found] == ["start"]


def test_chat_and_slides_are_searched(meeting: Meeting) -> None:
    entries, timeline = told(meeting)
    found = ch.search(entries, timeline, ALL, {"plans": ["one", "two", "three"]})
    assert [(one.t, one.kind, one.text) for one in found] == [
        (5_000, "slide", "one"),
        (10_000, "chat", "hello"),
        (65_000, "slide", "two"),
    ]


def test_a_line_counts_as_it_was_last(meeting: Meeting) -> None:
    entries, timeline = told(meeting)
    line = meeting.state.chat[0].id
    seq = len(entries)
    (edited,) = meeting.does("bob", chat.EditChat(line=line, text="goodbye"))
    assert "goodbye" in ch.chat_text([*entries, Entry(seq + 1, edited)], timeline, ALL)
    (deleted,) = meeting.does("bob", chat.DeleteChat(line=line))
    entries += [Entry(seq + 1, edited), Entry(seq + 2, deleted)]
    assert ch.chat_text(entries, timeline, ALL) == ""
    assert not ch.search(entries, timeline, ALL, {})


def test_the_chat_can_be_read(meeting: Meeting) -> None:
    assert ch.chat_text(*told(meeting), ALL) == "[00:00:10] Bob: hello\n"


def test_talks_are_on_the_recordings_clock() -> None:
    timeline = Timeline([Span(10_000, 20_000), Span(50_000, 60_000)])
    levels = {"bob": [Level(51_000, 5), Level(55_000, 0)], "alice": [Level(30_000, 5), Level(33_000, 0)]}
    assert ch.talks(levels, timeline) == (Talk("bob", 11_000, 15_000),)


def test_chapters_are_cues() -> None:
    text = ch.as_vtt([Chapter(0, "start", "Beginning"), Chapter(3_661_001, "slide", "a --> b")], 3_700_000)
    assert text.splitlines()[0] == "WEBVTT"
    assert "00:00:00.000 --> 01:01:01.001" in text
    assert "01:01:01.001 --> 01:01:40.000\na --&gt; b" in text
