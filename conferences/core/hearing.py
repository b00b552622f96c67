"""Who hears an event, and whose sight an event changes. Pure."""

from operator import attrgetter

from conferences.core.calls import CallMerged, ParticipantHeldBack
from conferences.core.events import Audience, ParticipantAdmitted, ParticipantLeft, RoleChanged
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.core.words import ParticipantId, Role, Seq

Hearers = frozenset[ParticipantId] | None
"""None: everyone who has a seat."""

_pair = attrgetter("participant", "to")
_subject = attrgetter("participant")
_poll = attrgetter("poll")
_line = attrgetter("line")


def hearers(event: AnyEvent, before: State, after: State) -> Hearers:
    """Who is told of `event`."""
    match event.heard_by:
        case Audience.EVERYONE:
            return None
        case Audience.SERVER:
            return frozenset()
        case Audience.PAIR:
            return frozenset(_pair(event))
        case Audience.ONESELF:
            return frozenset((_subject(event),))
        case Audience.READERS:
            return _readers(after, _line(event))
        case Audience.PRESENTERS | Audience.HOSTS as few:
            return _at_least(Role.HOST if few is Audience.HOSTS else Role.PRESENTER, after)
        case Audience.COUNTERS:
            return room(after) if _is_shared(after, _poll(event)) else _at_least(Role.PRESENTER, after)
        case Audience.ROOM:
            return room(before if isinstance(event, CallMerged | ParticipantHeldBack) else after)
        case Audience.WITNESSES:
            return _witnesses(before if isinstance(event, ParticipantLeft) else after, _subject(event))


def room(state: State) -> Hearers:
    """All who were let in."""
    admitted = state.admitted()
    return None if len(admitted) == len(state.participants) else frozenset(p.id for p in admitted)


def _readers(state: State, id: Seq) -> Hearers:
    line = next((line for line in state.chat if line.id == id), None)
    if line is None:
        return frozenset()
    if not line.to and state.policy.chat_kept:
        return room(state)
    return frozenset(p.id for p in state.admitted() if state.reads(p.id, line))


def _at_least(role: Role, state: State) -> Hearers:
    return frozenset(p.id for p in state.admitted() if p.role.rank >= role.rank)


def _is_shared(state: State, poll: Seq) -> bool:
    return any(known.shared for known in state.polls if known.id == poll)


def _witnesses(state: State, participant: ParticipantId) -> Hearers:
    if state.participants[participant].role is Role.WAITING:
        return frozenset((participant, *(host.id for host in state.hosts())))
    return room(state)


def changed_sight(event: AnyEvent, before: State) -> ParticipantId | None:
    """The one who from now on may see more or less than before, and so needs a fresh picture."""
    match event:
        case ParticipantAdmitted():
            return event.participant
        case RoleChanged():
            return event.participant
        case ParticipantHeldBack():
            return event.participant
        case _:
            return None
