"""Who writes what down for themselves."""

from conferences.core import notes as n
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM
from tests.conferences.meeting import Meeting


def test_notes_are_kept_as_they_were_typed(meeting: Meeting) -> None:
    meeting.does("bob", n.WriteNotes(text="  one\n\n two "))
    assert meeting.state.notes == {"bob": "  one\n\n two "}
    assert meeting.does("bob", n.WriteNotes(text="  one\n\n two ")) == []
    meeting.does("bob", n.WriteNotes(text=""))
    assert meeting.state.notes == {"bob": ""}


def test_who_waits_or_is_not_here_writes_none(lobby: Meeting) -> None:
    lobby.refuses("bob", n.WriteNotes(text="x"), Reason.NOT_ALLOWED)
    lobby.refuses("mallory", n.WriteNotes(text="x"), Reason.NOT_HERE)
    lobby.refuses(SYSTEM, n.WriteNotes(text="x"), Reason.NOT_HERE)
