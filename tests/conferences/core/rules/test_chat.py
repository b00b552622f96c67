"""What people write to each other."""

import pytest

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.words import ChatFiles, Policy, Reaction, Role
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


def said(meeting: Meeting, who: str, text: str = "Hello", *, to: str = "", reply: int = 0) -> int:
    meeting.does(who, h.SendChat(text=text, to=to, reply=reply))
    return meeting.state.chat[-1].id


def line(meeting: Meeting, id: int) -> h.ChatLine:
    return next(line for line in meeting.state.chat if line.id == id)


def test_a_line_answers_another_that_its_readers_know(meeting: Meeting) -> None:
    first, secret = said(meeting, "bob"), said(meeting, "bob", to="carol")
    assert line(meeting, said(meeting, "carol", reply=first)).reply == first
    said(meeting, "carol", to="bob", reply=secret)
    said(meeting, "carol", to="bob", reply=first)
    for who, to, reply in (("alice", "", secret), ("alice", "bob", secret), ("bob", "", 99)):
        meeting.refuses(who, h.SendChat(text="x", to=to, reply=reply), Reason.GONE)
    meeting.refuses("carol", h.SendChat(text="x", reply=secret), Reason.NOT_ALLOWED)
    meeting.refuses("carol", h.SendChat(text="x", to="alice", reply=secret), Reason.NOT_ALLOWED)


def test_one_edits_ones_own_lines(meeting: Meeting) -> None:
    id = said(meeting, "bob")
    (edited,) = meeting.does("bob", h.EditChat(line=id, text=" Bye "))
    assert meeting.hearers_of(edited) == {"alice", "bob", "carol"}
    assert (line(meeting, id).text, line(meeting, id).edited) == ("Bye", True)
    assert meeting.does("bob", h.EditChat(line=id, text="Bye")) == []
    meeting.refuses("alice", h.EditChat(line=id, text="hosts neither"), Reason.NOT_ALLOWED)
    meeting.refuses("bob", h.EditChat(line=id, text=" "), Reason.TEXT_NEEDED)


def test_one_deletes_ones_own_lines_and_a_host_any(meeting: Meeting) -> None:
    mine, other = said(meeting, "bob"), said(meeting, "carol")
    meeting.refuses("bob", h.DeleteChat(line=other), Reason.NOT_ALLOWED)
    meeting.does("bob", h.DeleteChat(line=mine))
    meeting.does("alice", h.DeleteChat(line=other))
    assert [(line.text, line.deleted) for line in meeting.state.seen_by("carol").chat] == [("", True)] * 2


def test_nothing_becomes_of_what_is_deleted(meeting: Meeting) -> None:
    id = said(meeting, "bob")
    meeting.does("bob", h.DeleteChat(line=id))
    for command in (
        h.DeleteChat(line=id),
        h.EditChat(line=id, text="x"),
        h.ReactToChat(line=id, reaction=Reaction.HEART),
        h.SendChat(text="x", reply=id),
    ):
        meeting.refuses("bob", command, Reason.GONE)


def test_reactions_are_given_once_and_taken_back(meeting: Meeting) -> None:
    id, heart = said(meeting, "bob"), Reaction.HEART
    for who in ("carol", "alice"):
        meeting.does(who, h.ReactToChat(line=id, reaction=heart))
    assert meeting.does("alice", h.ReactToChat(line=id, reaction=heart)) == []
    assert [given.name for given in line(meeting, id).reactions] == ["Carol", "Alice"]
    meeting.does("carol", h.ReactToChat(line=id, reaction=heart, on=False))
    assert [given.name for given in line(meeting, id).reactions] == ["Alice"]
    assert meeting.does("carol", h.ReactToChat(line=id, reaction=heart, on=False)) == []


def test_what_becomes_of_a_whisper_stays_between_the_two(meeting: Meeting) -> None:
    id = said(meeting, "bob", to="carol")
    for command in (
        h.EditChat(line=id, text="psst"),
        h.ReactToChat(line=id, reaction=Reaction.HEART),
        h.DeleteChat(line=id),
    ):
        meeting.refuses("alice", command, Reason.GONE)
        (happened,) = meeting.does("bob", command)
        assert meeting.hearers_of(happened) == {"bob", "carol"}


FILE = h.ChatFile(id="list", name="List.txt", url="/files/list/key/", size=9)


@pytest.mark.parametrize(
    ("policy", "may"),
    [
        (ChatFiles.EVERYONE, {"alice", "bob", "carol"}),
        (ChatFiles.PRESENTERS, {"alice", "bob"}),
        (ChatFiles.NOBODY, set()),
    ],
)
def test_the_room_says_who_sends_files(meeting: Meeting, policy: ChatFiles, may: set[str]) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("alice", c.ChangePolicy(chat_files=policy))
    for who in ("alice", "bob", "carol"):
        if who in may:
            assert meeting.does(who, h.AttachFile()) == []
            (sent,) = meeting.does(who, h.AttachFile(file=FILE))
            assert meeting.hearers_of(sent) == {"alice", "bob", "carol"}
        else:
            meeting.refuses(who, h.AttachFile(), Reason.FILES_OFF)


def test_a_private_file_is_told_to_two_and_is_not_edited(meeting: Meeting) -> None:
    (sent,) = meeting.does("bob", h.AttachFile(file=FILE, to="carol"))
    assert meeting.hearers_of(sent) == {"bob", "carol"}
    assert "/files/" not in str(meeting.state.seen_by("alice"))
    id = meeting.state.chat[-1].id
    meeting.refuses("bob", h.EditChat(line=id, text="x"), Reason.NOT_ALLOWED)
    (deleted,) = meeting.does("bob", h.DeleteChat(line=id))
    assert isinstance(deleted, h.ChatDeleted)
    assert deleted.file == "list"
    assert "/files/" not in str(meeting.state)


def test_no_file_goes_to_who_is_absent_or_waits(lobby: Meeting) -> None:
    lobby.refuses("alice", h.AttachFile(to="nobody"), Reason.NOT_HERE)
    lobby.refuses("alice", h.AttachFile(to="bob"), Reason.IS_WAITING)
    lobby.refuses("bob", h.AttachFile(), Reason.NOT_ALLOWED)
