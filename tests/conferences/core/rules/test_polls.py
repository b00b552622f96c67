"""Polls: who asks, who answers, and when everybody learns what."""

from typing import Any

import pytest

from conferences.core import commands as c
from conferences.core import polls as p
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.meeting import Meeting

LUNCH = p.OpenPoll(kind=p.PollKind.SINGLE, question="Lunch?", options=("Soup", "Pie"))
MENU = p.OpenPoll(kind=p.PollKind.MULTIPLE, question="Lunch?", options=("Soup", "Pie", "Tea"))
QUIZ = p.OpenPoll(kind=p.PollKind.SINGLE, question="2 + 2", options=("3", "4"), right=(1,))
WISH = p.OpenPoll(kind=p.PollKind.OPEN, question="Wishes?")
QUICK = p.OpenPoll(kind=p.PollKind.YES_NO)


def opened(meeting: Meeting, command: p.OpenPoll) -> int:
    meeting.does("alice", command)
    return meeting.state.polls[-1].id


def poll(meeting: Meeting, viewer: str) -> p.Poll:
    return meeting.state.seen_by(viewer).polls[-1]


def chosen(meeting: Meeting, viewer: str) -> list[tuple[int, ...]]:
    return [answer.choices for answer in poll(meeting, viewer).answers]


def told_of(meeting: Meeting, by: str, command: Any) -> dict[type, set[str]]:
    return {type(event): meeting.hearers_of(event) for event in meeting.does(by, command)}


def test_a_presenter_asks_the_room(meeting: Meeting) -> None:
    meeting.refuses("bob", LUNCH, Reason.NOT_ALLOWED)
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", LUNCH)
    assert poll(meeting, "carol").question == "Lunch?"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (p.OpenPoll(kind=p.PollKind.SINGLE, question="?", options=("one",)), Reason.OPTIONS_NEEDED),
        (p.OpenPoll(kind=p.PollKind.YES_NO, options=("Yes", "No")), Reason.OPTIONS_NEEDED),
        (p.OpenPoll(kind=p.PollKind.OPEN, question="?", options=("a", "b")), Reason.OPTIONS_NEEDED),
        (p.OpenPoll(kind=p.PollKind.SINGLE, options=("a", "b")), Reason.TEXT_NEEDED),
        (p.OpenPoll(kind=p.PollKind.SINGLE, question="?", options=("a", "\u200b")), Reason.NAME_NEEDED),
        (p.OpenPoll(kind=p.PollKind.OPEN, question="?", right=(0,)), Reason.CHOICE_NEEDED),
        (p.OpenPoll(kind=p.PollKind.YES_NO, right=(2,)), Reason.CHOICE_NEEDED),
        (
            p.OpenPoll(kind=p.PollKind.SINGLE, question="?", options=("a", "b"), right=(0, 1)),
            Reason.CHOICE_NEEDED,
        ),
    ],
)
def test_a_poll_must_make_sense(meeting: Meeting, wrong: p.OpenPoll, reason: Reason) -> None:
    meeting.refuses("alice", wrong, reason)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (LUNCH, {"choices": ()}),
        (LUNCH, {"choices": (0, 1)}),
        (LUNCH, {"choices": (2,)}),
        (QUICK, {"choices": (2,)}),
        (MENU, {"choices": ()}),
        (MENU, {"choices": (3,)}),
        (WISH, {"text": " "}),
    ],
)
def test_an_answer_must_fit_the_poll(meeting: Meeting, asked: p.OpenPoll, answer: dict[str, Any]) -> None:
    number = opened(meeting, asked)
    reason = meeting.refuses("bob", p.AnswerPoll(poll=number, **answer))
    assert reason in (Reason.CHOICE_NEEDED, Reason.TEXT_NEEDED)


def test_answers_are_for_presenters_until_they_are_shared(meeting: Meeting) -> None:
    number = opened(meeting, MENU)
    meeting.does("bob", p.AnswerPoll(poll=number, choices=(2, 0, 2)))
    assert chosen(meeting, "alice") == [(0, 2)]
    assert chosen(meeting, "bob") == chosen(meeting, "carol") == []
    meeting.does("alice", p.SharePoll(poll=number))
    assert chosen(meeting, "carol") == [(0, 2)]
    meeting.does("carol", p.AnswerPoll(poll=number, choices=(1,)))
    assert chosen(meeting, "bob") == [(0, 2), (1,)]
    meeting.does("alice", p.HidePoll(poll=number))
    assert chosen(meeting, "bob") == []
    assert chosen(meeting, "alice") == [(0, 2), (1,)]


def test_who_hears_of_an_answer(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    told = told_of(meeting, "bob", p.AnswerPoll(poll=number, choices=(0,)))
    assert told == {p.PollAnswered: {"bob"}, p.PollCounted: {"alice"}}
    meeting.does("alice", p.SharePoll(poll=number))
    told = told_of(meeting, "carol", p.AnswerPoll(poll=number, choices=(0,)))
    assert told == {p.PollAnswered: {"carol"}, p.PollCounted: {"alice", "bob", "carol"}}


def test_the_author_of_an_anonymous_answer_is_known_to_nobody_else(meeting: Meeting) -> None:
    wish = p.OpenPoll(kind=p.PollKind.OPEN, question="?", anonymous=True, shared=True)
    number = opened(meeting, wish)
    meeting.does("bob", p.AnswerPoll(poll=number, text="More tea"))
    for viewer in ("alice", "bob", "carol"):
        (answer,) = poll(meeting, viewer).answers
        assert (answer.participant, answer.name, answer.text) == ("", "", "More tea")
    assert set(meeting.state.seen_by("bob").ballots) == {"bob"}
    assert meeting.state.seen_by("alice").ballots == {}


def test_a_named_answer_says_who(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    meeting.does("bob", p.AnswerPoll(poll=number, choices=(1,)))
    assert poll(meeting, "alice").answers[0].name == "Bob"


def test_nobody_answers_twice_not_even_after_coming_back(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    meeting.does("bob", p.AnswerPoll(poll=number, choices=(1,)))
    meeting.does("bob", c.LeaveConference())
    meeting.joins("bob")
    meeting.refuses("bob", p.AnswerPoll(poll=number, choices=(0,)), Reason.ANSWERED)
    assert meeting.state.seen_by("bob").ballots["bob"][number].choices == (1,)


@pytest.mark.parametrize("told_by", [p.StopPoll, p.SharePoll])
def test_a_quiz_is_solved_when_it_stops_or_is_shared(
    meeting: Meeting, told_by: type[p.StopPoll | p.SharePoll]
) -> None:
    number = opened(meeting, QUIZ)
    assert (poll(meeting, "bob").right, poll(meeting, "alice").right) == ((), (1,))
    meeting.does("alice", told_by(poll=number))
    assert poll(meeting, "bob").right == (1,)
    meeting.refuses("bob", p.AnswerPoll(poll=number, choices=(1,)), Reason.POLL_STOPPED)


def test_the_key_of_a_quiz_is_for_presenters(meeting: Meeting) -> None:
    assert told_of(meeting, "alice", QUIZ) == {
        p.PollOpened: {"alice", "bob", "carol"},
        p.PollKeyed: {"alice"},
    }


def test_what_is_so_already_is_not_done_again(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    assert meeting.does("alice", p.HidePoll(poll=number)) == []
    meeting.does("alice", p.SharePoll(poll=number))
    assert meeting.does("alice", p.SharePoll(poll=number)) == []
    meeting.does("alice", p.StopPoll(poll=number))
    assert meeting.does("alice", p.StopPoll(poll=number)) == []


def test_a_discarded_poll_is_gone(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    meeting.does("alice", p.DiscardPoll(poll=number))
    assert meeting.state.polls == ()
    meeting.refuses("bob", p.AnswerPoll(poll=number, choices=(0,)), Reason.GONE)


def test_who_waits_is_shown_no_poll(lobby: Meeting) -> None:
    lobby.does("alice", LUNCH)
    assert lobby.state.seen_by("bob").polls == ()


def test_who_becomes_presenter_sees_the_answers_and_who_steps_down_does_not(meeting: Meeting) -> None:
    number = opened(meeting, LUNCH)
    meeting.does("carol", p.AnswerPoll(poll=number, choices=(1,)))
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    assert chosen(meeting, "bob") == [(1,)]
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert chosen(meeting, "bob") == []
