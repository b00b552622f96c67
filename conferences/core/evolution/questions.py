"""What is true after the facts of questions."""

from typing import Any

from msgspec.structs import replace

from conferences.core import questions as q
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State
from conferences.core.words import Seq


@applies
def _(event: q.QuestionAsked, state: State) -> State:
    question = q.Question(
        id=state.seq, at=event.at, participant=event.participant, name=event.name, text=event.text
    )
    return replace(state, questions=(*state.questions, question))


@applies
def _(event: q.QuestionVoted, state: State) -> State:
    votes = next(question.votes for question in state.questions if question.id == event.question)
    others = tuple(voter for voter in votes if voter != event.participant)
    return _change(state, event.question, votes=(*others, event.participant) if event.up else others)


@applies
def _(event: q.QuestionAnswered, state: State) -> State:
    return _change(state, event.question, answered=True, reply=event.reply)


@applies
def _(event: q.QuestionDismissed, state: State) -> State:
    return replace(state, questions=tuple(known for known in state.questions if known.id != event.question))


def _change(state: State, id: Seq, **changes: Any) -> State:
    changed = (replace(known, **changes) if known.id == id else known for known in state.questions)
    return replace(state, questions=tuple(changed))
