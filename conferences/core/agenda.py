"""What is to be talked about, in which order and for how long; and what is talked about now."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, Millis, Role

ITEMS = 100

ItemId = Annotated[int, Meta(ge=1, le=1_000_000)]
"""Given by the page that wrote the item; unique in an agenda."""
ItemOrNone = Annotated[int, Meta(ge=0, le=1_000_000)]
"""An item, or 0: none."""
Minutes = Annotated[int, Meta(ge=0, le=24 * 60)]
"""0: as long as it takes."""


class AgendaItem(Struct, frozen=True, forbid_unknown_fields=True):
    id: ItemId
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    minutes: Minutes = 0
    done: bool = False


AgendaItems = Annotated[tuple[AgendaItem, ...], Meta(max_length=ITEMS)]


class Agenda(Struct, frozen=True):
    items: AgendaItems = ()
    current: ItemOrNone = 0
    since: Millis = 0
    """Since when the current item is."""


# Commands


class ChangeAgenda(Command, frozen=True, tag="agenda.change"):
    """The whole list, in its order, instead of the one before."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    items: AgendaItems


class GoToItem(Command, frozen=True, tag="agenda.go"):
    """Talk about this item now, or about none of them."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    item: ItemOrNone = 0


class TickItem(Command, frozen=True, tag="agenda.tick"):
    """It is done, or after all it is not."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    item: ItemId
    done: bool = True


AgendaCommand = ChangeAgenda | GoToItem | TickItem


# Events


class AgendaChanged(Event, frozen=True, kw_only=True, tag="agenda.changed"):
    items: AgendaItems
    by: IdOrEmpty


class ItemReached(Event, frozen=True, kw_only=True, tag="agenda.reached"):
    item: ItemOrNone
    by: IdOrEmpty


class ItemTicked(Event, frozen=True, kw_only=True, tag="agenda.ticked"):
    item: ItemId
    done: bool
    by: IdOrEmpty


AgendaEvent = AgendaChanged | ItemReached | ItemTicked
