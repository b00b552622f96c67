"""Who writes captions: whom a host asks to, and the server."""

from conferences.core import captions as k
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, LegKind
from tests.conferences.meeting import Meeting

HELLO = k.WriteCaption(text=" Hello\n\u202e everyone ")


def test_a_host_lets_somebody_write_what_all_read(meeting: Meeting) -> None:
    meeting.refuses("bob", HELLO, Reason.NOT_ALLOWED)
    meeting.does("alice", k.AssignCaptions(participant="bob"))
    (written,) = meeting.does("bob", HELLO)
    assert meeting.hearers_of(written) == {"alice", "bob", "carol"}
    (line,) = meeting.state.seen_by("carol").captions.lines
    assert (line.participant, line.speaker, line.text) == ("bob", "", "Hello everyone")


def test_not_even_a_host_writes_unasked(meeting: Meeting) -> None:
    meeting.refuses("alice", HELLO, Reason.NOT_ALLOWED)
    meeting.does("alice", k.AssignCaptions())
    assert meeting.does("alice", k.AssignCaptions()) == []
    assert meeting.does("alice", HELLO)


def test_guests_let_nobody_write(meeting: Meeting) -> None:
    meeting.refuses("bob", k.AssignCaptions(), Reason.NOT_ALLOWED)
    meeting.does("alice", k.AssignCaptions(participant="carol"))
    meeting.refuses("bob", k.UnassignCaptions(participant="carol"), Reason.NOT_ALLOWED)


def test_whoever_writes_may_stop_and_be_stopped(meeting: Meeting) -> None:
    for writer in ("bob", "carol"):
        meeting.does("alice", k.AssignCaptions(participant=writer))
    meeting.does("bob", k.UnassignCaptions())
    meeting.does("alice", k.UnassignCaptions(participant="carol"))
    assert meeting.state.captions.writers == ()
    assert meeting.does("alice", k.UnassignCaptions(participant="carol")) == []
    meeting.refuses("carol", HELLO, Reason.NOT_ALLOWED)


def test_the_server_writes_for_what_listens_and_says_who_spoke(meeting: Meeting) -> None:
    (written,) = meeting.does(SYSTEM, k.WriteCaption(text="Hello", speaker=" Carol "))
    assert isinstance(written, k.CaptionWritten)
    assert (written.participant, written.speaker) == ("", "Carol")


def test_nothing_is_no_line(meeting: Meeting) -> None:
    meeting.does("alice", k.AssignCaptions())
    meeting.refuses("alice", k.WriteCaption(text=" \u202e "), Reason.TEXT_NEEDED)


def test_nobody_writes_by_phone_and_not_everybody_writes(meeting: Meeting) -> None:
    meeting.joins("mallory", kind=LegKind.PHONE)
    meeting.refuses("alice", k.AssignCaptions(participant="mallory"), Reason.NOT_ALLOWED)
    for number in range(k.MOST_WRITERS):
        meeting.joins(f"guest-{number}")
        meeting.does("alice", k.AssignCaptions(participant=f"guest-{number}"))
    meeting.refuses("alice", k.AssignCaptions(participant="bob"), Reason.TOO_MANY)
