"""What is true after the facts of captions."""

from msgspec.structs import replace

from conferences.core import captions as k
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: k.CaptionsAssigned, state: State) -> State:
    writers = (*state.captions.writers, event.participant)
    return replace(state, captions=replace(state.captions, writers=writers))


@applies
def _(event: k.CaptionsUnassigned, state: State) -> State:
    return replace(state, captions=state.captions.without(event.participant))


@applies
def _(event: k.CaptionWritten, state: State) -> State:
    line = k.CaptionLine(
        id=state.seq, at=event.at, participant=event.participant, speaker=event.speaker, text=event.text
    )
    lines = (*state.captions.lines, line)[-k.LINES_KEPT :]
    return replace(state, captions=replace(state.captions, lines=lines))
