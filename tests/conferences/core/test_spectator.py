"""Tests of conferences/core/spectator.py."""

from msgspec.structs import replace

from conferences.core import chat, notes, polls
from conferences.core.commands import AdmitParticipant
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.spectator import hears, picture
from conferences.core.state import State
from conferences.core.words import Policy
from tests.conferences.meeting import Meeting


def heard(meeting: Meeting) -> list[AnyEvent]:
    found, before = [], State()
    for event in meeting.events:
        after = evolve(before, event)
        if hears(event, before, after):
            found.append(event)
        before = after
    return found


def test_a_spectator_is_in_no_roster(meeting: Meeting) -> None:
    assert list(picture(meeting.state).participants) == ["alice", "bob", "carol"]
    assert picture(State()).participants == {}


def test_a_spectator_reads_what_was_written_to_everyone(meeting: Meeting) -> None:
    meeting.does("alice", chat.SendChat(text="for all"))
    meeting.does("alice", chat.SendChat(text="for bob", to="bob"))
    assert [line.text for line in picture(meeting.state).chat] == ["for all"]
    assert [e.text for e in heard(meeting) if isinstance(e, chat.ChatSent | chat.ChatWhispered)] == [
        "for all"
    ]


def test_a_spectator_was_there_from_the_beginning() -> None:
    meeting = Meeting(Policy(chat_kept=False))
    meeting.joins("alice")
    meeting.does("alice", chat.SendChat(text="early"))
    meeting.wait(60)
    assert [line.text for line in picture(meeting.state).chat] == ["early"]


def test_a_spectator_does_not_see_who_waits(lobby: Meeting) -> None:
    assert list(picture(lobby.state).participants) == ["alice"]
    assert not [e for e in heard(lobby) if getattr(e, "participant", "") == "bob"]
    (admitted,) = lobby.does("alice", AdmitParticipant(participant="bob"))
    assert list(picture(lobby.state).participants) == ["alice", "bob"]
    assert admitted in heard(lobby)


def test_notes_are_personal(meeting: Meeting) -> None:
    meeting.does("bob", notes.WriteNotes(text="mine"))
    assert picture(meeting.state).notes == {}
    assert not [event for event in heard(meeting) if isinstance(event, notes.NotesWritten)]


def test_results_are_seen_once_they_are_shared(meeting: Meeting) -> None:
    meeting.does("alice", polls.OpenPoll(kind=polls.PollKind.YES_NO))
    poll = meeting.state.polls[0].id
    meeting.does("bob", polls.AnswerPoll(poll=poll, choices=(0,)))
    assert picture(meeting.state).polls[0].answers == ()
    meeting.does("alice", polls.SharePoll(poll=poll))
    assert len(picture(meeting.state).polls[0].answers) == 1
    assert not [event for event in heard(meeting) if isinstance(event, polls.PollAnswered)]


def test_what_a_spectator_hears_makes_what_a_spectator_sees(meeting: Meeting) -> None:
    """As for everybody: events one after the other lead to the same picture."""
    meeting.brings("alice")
    meeting.does("bob", chat.SendChat(text="hello"))
    meeting.does("bob", chat.SendChat(text="psst", to="alice"))
    state, before = State(), State()
    for seq, event in enumerate(meeting.events, start=1):
        after = evolve(before, event)
        if hears(event, before, after):
            state = evolve(replace(state, seq=seq - 1), event)
        before = after
    assert picture(state).chat == picture(meeting.state).chat
    assert picture(state).documents == picture(meeting.state).documents
    assert picture(state).participants == picture(meeting.state).participants
