"""What is true after the facts of the agenda."""

from msgspec.structs import replace

from conferences.core import agenda as a
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: a.AgendaChanged, state: State) -> State:
    before = state.agenda
    kept = any(item.id == before.current for item in event.items)
    current, since = (before.current, before.since) if kept else (0, 0)
    return replace(state, agenda=a.Agenda(items=event.items, current=current, since=since))


@applies
def _(event: a.ItemReached, state: State) -> State:
    return replace(
        state, agenda=replace(state.agenda, current=event.item, since=event.at if event.item else 0)
    )


@applies
def _(event: a.ItemTicked, state: State) -> State:
    items = tuple(
        replace(item, done=event.done) if item.id == event.item else item for item in state.agenda.items
    )
    return replace(state, agenda=replace(state.agenda, items=items))
