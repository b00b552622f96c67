"""Plots of polls and of questions. `histories.py` gathers them."""

from conferences.core import polls as p
from conferences.core import questions as q
from tests.conferences.histories import plot, three
from tests.conferences.meeting import Meeting


@plot("alice", three)
def polls_of_a_host(meeting: Meeting) -> None:
    """Polls are opened, answered, shown, hidden, stopped and discarded"""
    polled(meeting)


@plot("bob", three)
def polls_of_a_guest(meeting: Meeting) -> None:
    """Polls are opened, answered, shown, hidden, stopped and discarded"""
    polled(meeting)


def polled(meeting: Meeting) -> None:
    lunch = opens(meeting, p.OpenPoll(kind=p.PollKind.MULTIPLE, question="Lunch?", options=("Soup", "Pie")))
    meeting.does("bob", p.AnswerPoll(poll=lunch, choices=(1, 0)))
    meeting.does("carol", p.AnswerPoll(poll=lunch, choices=(1,)))
    meeting.does("alice", p.SharePoll(poll=lunch))
    meeting.does("alice", p.AnswerPoll(poll=lunch, choices=(0,)))
    meeting.does("alice", p.HidePoll(poll=lunch))
    sums = ("3", "4")
    quiz = p.OpenPoll(kind=p.PollKind.SINGLE, question="2 + 2", options=sums, right=(1,), anonymous=True)
    number = opens(meeting, quiz)
    meeting.does("bob", p.AnswerPoll(poll=number, choices=(0,)))
    meeting.does("carol", p.AnswerPoll(poll=number, choices=(1,)))
    meeting.does("alice", p.StopPoll(poll=number))
    wish = opens(meeting, p.OpenPoll(kind=p.PollKind.OPEN, question="Wishes?", anonymous=True, shared=True))
    meeting.does("carol", p.AnswerPoll(poll=wish, text="Tea\nشاي"))
    meeting.does("alice", p.DiscardPoll(poll=lunch))


def opens(meeting: Meeting, command: p.OpenPoll) -> int:
    meeting.does("alice", command)
    return meeting.state.polls[-1].id


@plot("bob", three)
def questions(meeting: Meeting) -> None:
    """Questions are asked, voted on, answered and dismissed"""
    asked = [q.AskQuestion(text=text) for text in ("Why?", "When?\nمتى؟", "Who?")]
    for question in asked:
        meeting.does("carol", question)
    why, when, who = (question.id for question in meeting.state.questions)
    for voter in ("bob", "alice", "carol"):
        meeting.does(voter, q.VoteQuestion(question=when))
    meeting.does("bob", q.VoteQuestion(question=when, up=False))
    meeting.does("alice", q.AnswerQuestion(question=when, reply="At noon"))
    meeting.does("alice", q.AnswerQuestion(question=why))
    meeting.does("carol", q.DismissQuestion(question=who))
