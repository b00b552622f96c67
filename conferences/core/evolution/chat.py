"""What is true after the facts of the chat."""

from msgspec.structs import replace

from conferences.core import chat as h
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: h.ChatSent, state: State) -> State:
    return _with(state, event, to="")


@applies
def _(event: h.ChatWhispered, state: State) -> State:
    return _with(state, event, to=event.to)


def _with(state: State, event: h.ChatSent | h.ChatWhispered, to: str) -> State:
    line = h.ChatLine(
        id=state.seq, at=event.at, participant=event.participant, name=event.name, text=event.text, to=to
    )
    return replace(state, chat=(*state.chat, line)[-h.CHAT_KEPT :])
