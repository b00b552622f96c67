"""Who asks, votes, answers and dismisses."""

import pytest

from conferences.core import commands as c
from conferences.core import questions as q
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting


@pytest.fixture
def why(meeting: Meeting) -> int:
    """Carol's question."""
    meeting.does("carol", q.AskQuestion(text=" Why?\u202e "))
    return meeting.state.questions[0].id


def test_everyone_asks_and_everyone_sees_it(meeting: Meeting, why: int) -> None:
    for viewer in ("alice", "bob", "carol"):
        (question,) = meeting.state.seen_by(viewer).questions
        assert (question.id, question.name, question.text) == (why, "Carol", "Why?")


def test_a_question_says_something(meeting: Meeting) -> None:
    meeting.refuses("bob", q.AskQuestion(text=" \u200b"), Reason.TEXT_NEEDED)


def test_there_are_only_so_many_questions(meeting: Meeting) -> None:
    for _ in range(q.QUESTIONS_KEPT):
        meeting.does("bob", q.AskQuestion(text="Why?"))
    meeting.refuses("bob", q.AskQuestion(text="Why?"), Reason.TOO_MANY)


def test_everyone_votes_once_and_may_take_it_back(meeting: Meeting, why: int) -> None:
    meeting.does("bob", q.VoteQuestion(question=why))
    assert meeting.does("bob", q.VoteQuestion(question=why)) == []
    meeting.does("alice", q.VoteQuestion(question=why))
    assert meeting.state.questions[0].votes == ("bob", "alice")
    meeting.does("bob", q.VoteQuestion(question=why, up=False))
    assert meeting.does("bob", q.VoteQuestion(question=why, up=False)) == []
    assert meeting.state.questions[0].votes == ("alice",)


def test_presenters_answer_aloud_or_in_writing(meeting: Meeting, why: int) -> None:
    meeting.refuses("bob", q.AnswerQuestion(question=why), Reason.NOT_ALLOWED)
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", q.AnswerQuestion(question=why))
    assert meeting.state.questions[0].answered
    assert meeting.does("bob", q.AnswerQuestion(question=why)) == []
    meeting.does("alice", q.AnswerQuestion(question=why, reply="Because"))
    assert meeting.state.questions[0].reply == "Because"
    meeting.refuses("alice", q.AnswerQuestion(question=why, reply=" "), Reason.TEXT_NEEDED)


def test_one_dismisses_ones_own_and_a_host_any(meeting: Meeting, why: int) -> None:
    meeting.refuses("bob", q.DismissQuestion(question=why), Reason.NOT_ALLOWED)
    meeting.does("carol", q.DismissQuestion(question=why))
    meeting.does("bob", q.AskQuestion(text="When?"))
    meeting.does("alice", q.DismissQuestion(question=meeting.state.questions[0].id))
    assert meeting.state.questions == ()


def test_what_is_dismissed_is_gone(meeting: Meeting, why: int) -> None:
    meeting.does("alice", q.DismissQuestion(question=why))
    for command in (q.VoteQuestion(question=why), q.DismissQuestion(question=why)):
        meeting.refuses("bob", command, Reason.GONE)


def test_who_waits_sees_no_question(lobby: Meeting) -> None:
    lobby.does("alice", q.AskQuestion(text="Why?"))
    assert lobby.state.seen_by("bob").questions == ()
