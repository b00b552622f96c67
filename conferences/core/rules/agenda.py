"""Who writes the agenda, and goes through it."""

from msgspec.structs import replace

from conferences.core import agenda as a
from conferences.core.rules.decision import Events, decides
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_line
from conferences.core.state import State
from conferences.core.words import Millis


@decides(a.ChangeAgenda)
def change(command: a.ChangeAgenda, state: State, by: str, now: Millis) -> Events:
    items = tuple(replace(item, title=clean_line(item.title)) for item in command.items)
    if len({item.id for item in items}) < len(items):
        raise Refused(Reason.MALFORMED)
    return [] if items == state.agenda.items else [a.AgendaChanged(items=items, by=by, at=now)]


@decides(a.GoToItem)
def go(command: a.GoToItem, state: State, by: str, now: Millis) -> Events:
    item = _item(state, command.item).id if command.item else 0
    return [] if item == state.agenda.current else [a.ItemReached(item=item, by=by, at=now)]


@decides(a.TickItem)
def tick(command: a.TickItem, state: State, by: str, now: Millis) -> Events:
    item = _item(state, command.item)
    if item.done == command.done:
        return []
    return [a.ItemTicked(item=item.id, done=command.done, by=by, at=now)]


def _item(state: State, id: a.ItemId) -> a.AgendaItem:
    for item in state.agenda.items:
        if item.id == id:
            return item
    raise Refused(Reason.GONE)
