"""Where every event comes in: one small function for each, registered by its namespace's module."""

from functools import singledispatch
from typing import Any, TypeVar

from msgspec.structs import replace

from conferences.core.events import Event
from conferences.core.state import State
from conferences.core.words import ParticipantId

T = TypeVar("T")


@singledispatch
def apply(event: Event, state: State) -> State:
    """What is true after `event`; `state.seq` is already its number."""
    raise TypeError(f"nothing follows from {type(event).__name__}")


applies = apply.register


def handled() -> set[type]:
    """The events from which something follows."""
    return set(apply.registry) - {object, Event}


def change(state: State, participant: ParticipantId, **changes: Any) -> State:
    """With these fields of a participant changed."""
    changed = replace(state.participants[participant], **changes)
    return replace(state, participants={**state.participants, participant: changed})


def without(mapping: dict[str, T], key: str) -> dict[str, T]:
    return {k: v for k, v in mapping.items() if k != key}
