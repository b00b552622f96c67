"""Notes are one's own, and nobody else's."""

import msgspec
import pytest

from conferences.core import notes as n
from conferences.core.commands import LeaveConference
from conferences.core.messages import ClientCommand
from tests.conferences.meeting import Meeting


def test_notes_have_bounds() -> None:
    decode = msgspec.json.Decoder(ClientCommand).decode
    assert decode(msgspec.json.encode({"type": "notes.write", "text": "x" * n.NOTES_LENGTH}))
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": "notes.write", "text": "x" * (n.NOTES_LENGTH + 1)}))


def test_nobody_else_hears_of_them_or_sees_them(meeting: Meeting) -> None:
    (written,) = meeting.does("bob", n.WriteNotes(text="secret"))
    assert meeting.hearers_of(written) == {"bob"}
    assert meeting.state.seen_by("bob").notes == {"bob": "secret"}
    for other in ("alice", "carol", "mallory"):
        assert b"secret" not in msgspec.json.encode(meeting.state.seen_by(other))


def test_a_late_return_has_them_again(meeting: Meeting) -> None:
    meeting.does("bob", n.WriteNotes(text="Tea at four"))
    meeting.does("bob", LeaveConference())
    meeting.wait(600)
    meeting.joins("bob")
    assert meeting.state.seen_by("bob").notes == {"bob": "Tea at four"}
