"""What is true after the facts of the chat. Facts about a line that is no longer at hand change nothing."""

from typing import Any

from msgspec.structs import replace

from conferences.core import chat as h
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State
from conferences.core.words import Seq


@applies
def _(event: h.ChatSent, state: State) -> State:
    return _with(state, event, to="")


@applies
def _(event: h.ChatWhispered, state: State) -> State:
    return _with(state, event, to=event.to)


def _with(state: State, event: h.ChatSent | h.ChatWhispered, to: str) -> State:
    line = h.ChatLine(
        id=state.seq,
        at=event.at,
        participant=event.participant,
        name=event.name,
        text=event.text,
        to=to,
        reply=event.reply,
        file=event.file,
    )
    return replace(state, chat=_kept((*state.chat, line)))


def _kept(lines: tuple[h.ChatLine, ...]) -> tuple[h.ChatLine, ...]:
    """Without the oldest of the conversation to which the last one belongs, if that has grown too long: so
    whatever others whisper, everybody keeps the same lines as their browser."""
    last = lines[-1]
    most = h.PRIVATE_LINES_KEPT if last.to else h.LINES_KEPT
    if len(lines) <= most:
        return lines
    together = [line.id for line in lines if line.between == last.between]
    oldest = together[0] if len(together) > most else None
    return tuple(line for line in lines if line.id != oldest)


@applies
def _(event: h.ChatEdited, state: State) -> State:
    return _change(state, event.line, text=event.text, edited=True)


@applies
def _(event: h.ChatDeleted, state: State) -> State:
    return _change(state, event.line, text="", file=None, reactions=(), reply=0, edited=False, deleted=True)


@applies
def _(event: h.ChatReacted, state: State) -> State:
    reactions = next((line.reactions for line in state.chat if line.id == event.line), ())
    others = tuple(
        given
        for given in reactions
        if (given.participant, given.reaction) != (event.participant, event.reaction)
    )
    given = h.LineReaction(reaction=event.reaction, participant=event.participant, name=event.name)
    return _change(state, event.line, reactions=(*others, given) if event.on else others)


def _change(state: State, id: Seq, **changes: Any) -> State:
    changed = (replace(line, **changes) if line.id == id else line for line in state.chat)
    return replace(state, chat=tuple(changed))
