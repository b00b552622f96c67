"""Polls: what is asked and told of them, and what is known. Nobody but the participant hears an answer with
its author's name when a poll is anonymous; results are for presenters and hosts until they are shared."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, Millis, ParticipantId, Role, Seq

POLLS_KEPT = 50
OPTIONS = 20

PollQuestion = Annotated[str, Meta(max_length=500)]
PollOption = Annotated[str, Meta(min_length=1, max_length=200)]
PollOptions = Annotated[tuple[PollOption, ...], Meta(max_length=OPTIONS)]
PollText = Annotated[str, Meta(max_length=500)]
Choice = Annotated[int, Meta(ge=0, le=OPTIONS - 1)]
"""The place of an option, from 0; of yes and no: 0 and 1."""
Choices = Annotated[tuple[Choice, ...], Meta(max_length=OPTIONS)]


class PollKind(StrEnum):
    """Yes and no are words of each page's language, so such a poll brings no options."""

    YES_NO = "yes_no"
    SINGLE = "single"
    MULTIPLE = "multiple"
    OPEN = "open"


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """`participant` and `name` are empty in an anonymous poll."""

    participant: IdOrEmpty
    name: str
    choices: Choices = ()
    text: PollText = ""


class Poll(Struct, frozen=True):
    id: Seq
    """The number of the event that opened it."""
    at: Millis
    kind: PollKind
    question: PollQuestion
    options: PollOptions
    anonymous: bool
    quiz: bool
    """There is a right answer."""
    running: bool = True
    shared: bool = False
    """Everybody sees the answers."""
    solved: bool = False
    """Everybody was told what is right."""
    right: Choices = ()
    answers: tuple[Answer, ...] = ()

    def seen_by(self, role: Role) -> "Poll":
        """Guests see answers that are shared, and what is right once it was told."""
        if role.rank >= Role.PRESENTER.rank:
            return self
        return replace(
            self,
            right=self.right if self.solved else (),
            answers=self.answers if self.shared else (),
        )


# Commands


class OpenPoll(Command, frozen=True, tag="poll.open"):
    """With `right` it is a quiz. Only a poll of yes and no may do without a question."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    kind: PollKind
    question: PollQuestion = ""
    options: PollOptions = ()
    right: Choices = ()
    anonymous: bool = False
    shared: bool = False


class AnswerPoll(Command, frozen=True, tag="poll.answer"):
    """Once, and for good: by choices, or by a text if the poll is open."""

    poll: Seq
    choices: Choices = ()
    text: PollText = ""


class StopPoll(Command, frozen=True, tag="poll.stop"):
    needs: ClassVar[Role | Need] = Role.PRESENTER
    poll: Seq


class SharePoll(Command, frozen=True, tag="poll.share"):
    """Show everybody the answers, those to come too; a quiz is thereby solved."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    poll: Seq


class HidePoll(Command, frozen=True, tag="poll.hide"):
    needs: ClassVar[Role | Need] = Role.PRESENTER
    poll: Seq


class DiscardPoll(Command, frozen=True, tag="poll.discard"):
    needs: ClassVar[Role | Need] = Role.PRESENTER
    poll: Seq


PollCommand = OpenPoll | AnswerPoll | StopPoll | SharePoll | HidePoll | DiscardPoll


# Events


class PollOpened(Event, frozen=True, kw_only=True, tag="poll.opened"):
    kind: PollKind
    question: PollQuestion
    options: PollOptions
    anonymous: bool
    quiz: bool
    by: IdOrEmpty


class PollKeyed(Event, frozen=True, kw_only=True, tag="poll.keyed"):
    """What is right, for those who ask."""

    heard_by: ClassVar[Audience] = Audience.PRESENTERS
    poll: Seq
    right: Choices


class PollAnswered(Event, frozen=True, kw_only=True, tag="poll.answered"):
    """Who answered what: for the journal and the participant alone. `PollCounted` tells the others."""

    heard_by: ClassVar[Audience] = Audience.ONESELF
    participant: ParticipantId
    poll: Seq
    answer: Answer


class PollCounted(Event, frozen=True, kw_only=True, tag="poll.counted"):
    """Answers that come to those known."""

    heard_by: ClassVar[Audience] = Audience.COUNTERS
    poll: Seq
    answers: tuple[Answer, ...]


class PollStopped(Event, frozen=True, kw_only=True, tag="poll.stopped"):
    poll: Seq
    by: IdOrEmpty


class PollSolved(Event, frozen=True, kw_only=True, tag="poll.solved"):
    """What is right, for everybody."""

    poll: Seq
    right: Choices


class PollShared(Event, frozen=True, kw_only=True, tag="poll.shared"):
    """Everybody may see the answers. They are counted anew after this: the next event holds them all."""

    poll: Seq
    by: IdOrEmpty


class PollHidden(Event, frozen=True, kw_only=True, tag="poll.hidden"):
    """Guests see no answers any more. They are counted anew after this, for those who still may."""

    poll: Seq
    by: IdOrEmpty


class PollDiscarded(Event, frozen=True, kw_only=True, tag="poll.discarded"):
    poll: Seq
    by: IdOrEmpty


PollEvent = (
    PollOpened
    | PollKeyed
    | PollAnswered
    | PollCounted
    | PollStopped
    | PollSolved
    | PollShared
    | PollHidden
    | PollDiscarded
)
