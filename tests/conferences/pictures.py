"""A browser on paper: the picture it has, kept by what it hears. `evolve` is its rule as well as ours, for
the part of the state that browsers keep."""

from msgspec.structs import asdict, replace

from conferences.core.events import AnyEvent
from conferences.core.evolve import evolve
from conferences.core.hearing import changed_sight, hearers
from conferences.core.state import Picture, State


def keep(
    picture: Picture | None, event: AnyEvent, viewer: str, before: State, after: State
) -> Picture | None:
    """The viewer's picture after an event: told anew to who arrives or sees more or less now, else kept."""
    if viewer not in after.participants:
        return None
    if viewer not in before.participants or changed_sight(event, before) == viewer:
        return after.seen_by(viewer)
    assert picture is not None
    return follow(picture, heard(event, viewer, before, after))


def heard(event: AnyEvent, viewer: str, before: State, after: State) -> AnyEvent | None:
    """The event as the viewer is told it: None if it is not for them."""
    told = hearers(event, before, after)
    return event if told is None or viewer in told else None


def follow(picture: Picture, event: AnyEvent | None) -> Picture:
    if event is None:
        return replace(picture, seq=picture.seq + 1)
    return as_picture(evolve(State(**asdict(picture)), event))


def as_picture(state: State) -> Picture:
    return Picture(**{field: getattr(state, field) for field in Picture.__struct_fields__})
