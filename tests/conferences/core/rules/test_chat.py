"""What people write to each other."""

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.words import Policy
from tests.conferences.meeting import Meeting


def lines(meeting: Meeting, viewer: str) -> list[str]:
    return [line.text for line in meeting.state.seen_by(viewer).chat]


def test_a_line_is_for_everyone_in_the_room(meeting: Meeting) -> None:
    (sent,) = meeting.does("bob", h.SendChat(text="Hello"))
    assert meeting.hearers_of(sent) == {"alice", "bob", "carol"}
    assert lines(meeting, "carol") == ["Hello"]


def test_a_whisper_is_for_two(meeting: Meeting) -> None:
    (sent,) = meeting.does("bob", h.SendChat(text="psst", to="carol"))
    assert isinstance(sent, h.ChatWhispered)
    assert meeting.hearers_of(sent) == {"bob", "carol"}
    assert (lines(meeting, "alice"), lines(meeting, "carol"), lines(meeting, "bob")) == (
        [],
        ["psst"],
        ["psst"],
    )


def test_nobody_whispers_to_oneself(meeting: Meeting) -> None:
    meeting.refuses("bob", h.SendChat(text="psst", to="bob"), Reason.NOT_ALLOWED)


def test_nobody_whispers_to_who_is_absent_or_waits(lobby: Meeting) -> None:
    lobby.refuses("alice", h.SendChat(text="psst", to="nobody"), Reason.NOT_HERE)
    lobby.refuses("alice", h.SendChat(text="psst", to="bob"), Reason.IS_WAITING)


def test_a_line_says_something(meeting: Meeting) -> None:
    meeting.refuses("bob", h.SendChat(text=" \n\u200b "), Reason.TEXT_NEEDED)


def test_a_line_keeps_the_name_its_author_had(meeting: Meeting) -> None:
    meeting.does("bob", h.SendChat(text="Hello"))
    meeting.does("bob", c.RenameParticipant(name="Robert"))
    assert meeting.state.chat[0].name == "Bob"


def test_who_waits_reads_nothing(lobby: Meeting) -> None:
    (sent,) = lobby.does("alice", h.SendChat(text="Shall we let bob in?"))
    assert lobby.hearers_of(sent) == {"alice"}
    assert lines(lobby, "bob") == []


def test_latecomers_read_what_was_written_before(meeting: Meeting) -> None:
    meeting.does("bob", h.SendChat(text="Hello"))
    meeting.joins("mallory")
    assert lines(meeting, "mallory") == ["Hello"]


def test_latecomers_read_nothing_earlier_where_the_room_wants_it_so() -> None:
    meeting = Meeting(Policy(chat_kept=False))
    meeting.joins("alice")
    meeting.does("alice", h.SendChat(text="before"))
    meeting.wait(1)
    meeting.joins("bob")
    meeting.does("alice", h.SendChat(text="after"))
    assert lines(meeting, "bob") == ["after"]
    assert lines(meeting, "alice") == ["before", "after"]


def test_who_was_admitted_late_reads_nothing_written_while_they_waited() -> None:
    meeting = Meeting(Policy(chat_kept=False, lobby=True))
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.does("alice", h.SendChat(text="before"))
    meeting.wait(1)
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    assert lines(meeting, "bob") == []
