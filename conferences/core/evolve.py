"""`evolve(state, event) -> state`: what is true after a fact. The browser's twin is `core/state.js`."""

from msgspec.structs import replace

from conferences.core import calls as k
from conferences.core import events as e
from conferences.core.evolution import (
    agenda,
    billing,
    board,
    calls,
    captions,
    chat,
    floor,
    hall,
    meeting,
    notes,
    polls,
    questions,
    recording,
    shared_links,
    slides,
)
from conferences.core.evolution.dispatch import apply, handled
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.core.words import Millis, Status

__all__ = ["evolve", "handled"]

_NAMESPACES = (
    agenda,
    billing,
    board,
    calls,
    captions,
    chat,
    floor,
    hall,
    meeting,
    notes,
    polls,
    questions,
    recording,
    shared_links,
    slides,
)


def evolve(state: State, event: AnyEvent) -> State:
    """What is true after `event`. Total, and without opinion: whether it may happen was decided before."""
    then = apply(event, replace(state, seq=state.seq + 1))
    return _watch(then, event.at) if isinstance(event, _MOVES) else then


# What the clock watches

_MOVES = (
    e.ConferenceCreated,
    e.ConferenceOpened,
    e.ParticipantJoined,
    e.ParticipantAdmitted,
    e.ParticipantLeft,
    e.RoleChanged,
    k.CallMerged,
    k.ParticipantHeldBack,
)


def _watch(state: State, at: Millis) -> State:
    """Keep the moments since when something is so, from which the clock's rules count."""
    present = len(state.participants)
    hosts, admitted = len(state.hosts()), len(state.admitted())
    opened = state.status is Status.OPEN
    hosted = state.hosted or hosts > 0
    return replace(
        state,
        hosted=hosted,
        empty_since=_since(state.empty_since, present == 0, at),
        lone_since=_since(state.lone_since, opened and present == 1, at),
        hostless_since=_since(state.hostless_since, opened and hosted and hosts == 0, at),
        unattended_since=_since(state.unattended_since, present > 0 and admitted == 0, at),
    )


def _since(moment: Millis, is_so: bool, at: Millis) -> Millis:
    return (moment or at) if is_so else 0
