"""What is true after the facts of polls."""

from typing import Any

from msgspec.structs import replace

from conferences.core import polls as p
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State
from conferences.core.words import Seq


@applies
def _(event: p.PollOpened, state: State) -> State:
    poll = p.Poll(
        id=state.seq,
        at=event.at,
        kind=event.kind,
        question=event.question,
        options=event.options,
        anonymous=event.anonymous,
        quiz=event.quiz,
    )
    return replace(state, polls=(*state.polls, poll))


@applies
def _(event: p.PollKeyed, state: State) -> State:
    return _change(state, event.poll, right=event.right)


@applies
def _(event: p.PollAnswered, state: State) -> State:
    given = {**state.ballots.get(event.participant, {}), event.poll: event.answer}
    return replace(state, ballots={**state.ballots, event.participant: given})


@applies
def _(event: p.PollCounted, state: State) -> State:
    counted = next(poll.answers for poll in state.polls if poll.id == event.poll)
    return _change(state, event.poll, answers=(*counted, *event.answers))


@applies
def _(event: p.PollStopped, state: State) -> State:
    return _change(state, event.poll, running=False)


@applies
def _(event: p.PollSolved, state: State) -> State:
    return _change(state, event.poll, right=event.right, solved=True)


@applies
def _(event: p.PollShared, state: State) -> State:
    return _change(state, event.poll, shared=True, answers=())


@applies
def _(event: p.PollHidden, state: State) -> State:
    return _change(state, event.poll, shared=False, answers=())


@applies
def _(event: p.PollDiscarded, state: State) -> State:
    return replace(state, polls=tuple(poll for poll in state.polls if poll.id != event.poll))


def _change(state: State, id: Seq, **changes: Any) -> State:
    changed = (replace(poll, **changes) if poll.id == id else poll for poll in state.polls)
    return replace(state, polls=tuple(changed))
