"""Who writes what down for themselves."""

from conferences.core import notes as n
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.state import State
from conferences.core.words import Millis


@decides(n.WriteNotes)
def write(command: n.WriteNotes, state: State, by: str, now: Millis) -> Events:
    """As it was typed: it is shown to nobody else."""
    writer = oneself(state, by)
    if command.text == state.notes.get(writer.id, ""):
        return []
    return [n.NotesWritten(participant=writer.id, text=command.text, at=now)]
