"""Questions to those who present, voted on by all, and answered aloud or in writing."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, Millis, Name, ParticipantId, Role, Seq

QUESTIONS_KEPT = 200

QuestionText = Annotated[str, Meta(min_length=1, max_length=500)]
Reply = Annotated[str, Meta(max_length=2000)]


class Question(Struct, frozen=True):
    id: Seq
    """The number of the event that brought it."""
    at: Millis
    participant: ParticipantId
    name: Name
    text: QuestionText
    votes: tuple[ParticipantId, ...] = ()
    answered: bool = False
    reply: str = ""
    """Empty, though answered: it was answered aloud."""


# Commands


class AskQuestion(Command, frozen=True, tag="question.ask"):
    text: QuestionText


class VoteQuestion(Command, frozen=True, tag="question.vote"):
    """Or take the vote back."""

    question: Seq
    up: bool = True


class AnswerQuestion(Command, frozen=True, tag="question.answer"):
    """In writing, or without a reply: it was answered aloud."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    question: Seq
    reply: Reply = ""


class DismissQuestion(Command, frozen=True, tag="question.dismiss"):
    """One's own; presenters and hosts, any."""

    question: Seq


QuestionCommand = AskQuestion | VoteQuestion | AnswerQuestion | DismissQuestion


# Events


class QuestionAsked(Event, frozen=True, kw_only=True, tag="question.asked"):
    participant: ParticipantId
    name: Name
    text: QuestionText


class QuestionVoted(Event, frozen=True, kw_only=True, tag="question.voted"):
    """Who is known, so that nobody votes twice; pages show but the number."""

    participant: ParticipantId
    question: Seq
    up: bool


class QuestionAnswered(Event, frozen=True, kw_only=True, tag="question.answered"):
    question: Seq
    reply: Reply
    by: IdOrEmpty


class QuestionDismissed(Event, frozen=True, kw_only=True, tag="question.dismissed"):
    question: Seq
    by: IdOrEmpty


QuestionEvent = QuestionAsked | QuestionVoted | QuestionAnswered | QuestionDismissed
