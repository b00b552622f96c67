"""What is true after somebody wrote something down."""

from msgspec.structs import replace

from conferences.core import notes as n
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: n.NotesWritten, state: State) -> State:
    return replace(state, notes={**state.notes, event.participant: event.text})
