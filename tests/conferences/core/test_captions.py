"""Captions have bounds, are everyone's who was let in, and late comers read the last ones."""

import msgspec
import pytest

from conferences.core import captions as k
from conferences.core.commands import LeaveConference
from conferences.core.messages import ClientCommand
from tests.conferences.meeting import Meeting


@pytest.mark.parametrize(
    "message",
    [
        {"type": "captions.write", "text": ""},
        {"type": "captions.write", "text": "x" * 301},
        {"type": "captions.write", "text": "Hello", "speaker": "x" * 61},
        {"type": "captions.assign", "participant": "x" * 33},
    ],
    ids=lambda message: "-".join(f"{key}{len(value)}" for key, value in message.items()),
)
def test_captions_have_bounds(message: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(message), type=ClientCommand)


def test_late_comers_read_the_last_lines(meeting: Meeting) -> None:
    meeting.does("alice", k.AssignCaptions())
    for number in range(k.LINES_KEPT + 1):
        meeting.does("alice", k.WriteCaption(text=f"Line {number}"))
    meeting.joins("mallory")
    lines = meeting.state.seen_by("mallory").captions.lines
    assert [line.text for line in lines] == [f"Line {number}" for number in range(1, k.LINES_KEPT + 1)]


def test_who_waits_reads_none(lobby: Meeting) -> None:
    (assigned,) = lobby.does("alice", k.AssignCaptions())
    (written,) = lobby.does("alice", k.WriteCaption(text="Behind closed doors"))
    assert lobby.hearers_of(assigned) == lobby.hearers_of(written) == {"alice"}
    assert lobby.state.seen_by("bob").captions == k.Captions()


def test_who_left_writes_no_more_and_what_they_wrote_stays(meeting: Meeting) -> None:
    meeting.does("alice", k.AssignCaptions(participant="bob"))
    meeting.does("bob", k.WriteCaption(text="Hello"))
    meeting.does("bob", LeaveConference())
    captions = meeting.state.captions
    assert (captions.writers, [line.text for line in captions.lines]) == ((), ["Hello"])
