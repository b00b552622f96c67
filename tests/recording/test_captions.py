"""Tests of recording/captions.py: captions as WebVTT, and whose words they may be."""

import pytest

from conferences.core import captions as k
from conferences.core.commands import RenameParticipant
from conferences.core.words import SYSTEM
from recording.captions import Said, as_vtt, lines_of, said
from recording.export import Entry, untold_lines
from recording.redaction import Redaction
from recording.timeline import Span, Timeline
from tests.conferences.meeting import Meeting


@pytest.fixture
def meeting(meeting: Meeting) -> Meeting:
    """A line at 5 s of each minute, the third of them named as Bob's."""
    meeting.does("alice", k.AssignCaptions())
    meeting.wait(5)
    meeting.does("alice", k.WriteCaption(text="Good <morning> & welcome --> here"))
    meeting.wait(60)
    meeting.does("alice", k.WriteCaption(text="Shall we begin?"))
    meeting.wait(60)
    meeting.does(SYSTEM, k.WriteCaption(text="Yes.", speaker="Bob"))
    return meeting


def entries(meeting: Meeting) -> list[Entry]:
    return [Entry(seq, event) for seq, event in enumerate(meeting.events, start=1)]


def written(meeting: Meeting) -> list[int]:
    return [entry.seq for entry in entries(meeting) if isinstance(entry.event, k.CaptionWritten)]


def test_lines_are_on_the_recordings_clock_and_those_of_pauses_are_not_there(meeting: Meeting) -> None:
    begin = meeting.now - 125_000
    timeline = Timeline([Span(begin, begin + 30_000), Span(begin + 90_000, begin + 150_000)])
    redaction = Redaction(lines=untold_lines(entries(meeting), timeline))
    assert said(entries(meeting), timeline, redaction) == [
        Said(5_000, "Good <morning> & welcome --> here"),
        Said(65_000, "Bob: Yes."),
    ]


def test_what_is_taken_out_is_not_said(meeting: Meeting) -> None:
    timeline = Timeline([Span(meeting.now - 125_000, meeting.now + 1_000)])
    first, *others = written(meeting)
    told = said(entries(meeting), timeline, Redaction(lines=[first]))
    assert [line.text for line in told] == ["Shall we begin?", "Bob: Yes."]
    assert len(others) == 2


def test_each_is_shown_until_two_others_came(meeting: Meeting) -> None:
    lines = [Said(1_000, "one"), Said(2_500, "two & <b>"), Said(4_000, "three"), Said(61_000, "four")]
    assert as_vtt(lines, 63_000) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:04.000\none\n\n"
        "00:00:02.500 --> 00:00:10.500\ntwo &amp; &lt;b&gt;\n\n"
        "00:00:04.000 --> 00:00:12.000\nthree\n\n"
        "00:01:01.000 --> 00:01:03.000\nfour\n"
    )


def test_no_cue_ends_before_it_begins() -> None:
    at_once = [Said(1_000, "one")] * 3
    assert "00:00:01.000 --> 00:00:01.001" in as_vtt(at_once, 1_000)


def test_words_of_somebody_are_what_is_named_so_and_what_was_typed_while_they_spoke(meeting: Meeting) -> None:
    first, second, third = written(meeting)
    at = meeting.now - 62_000
    assert lines_of(entries(meeting), "bob", []) == {third}
    assert lines_of(entries(meeting), "bob", [(at - 3_000, at)]) == {second, third}
    meeting.does("bob", RenameParticipant(name="Robert"))
    assert lines_of(entries(meeting), "bob", []) == {third}
    assert first not in lines_of(entries(meeting), "carol", [(at - 60_000 - 3_000 - 20_000, at - 80_000)])
