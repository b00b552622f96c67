"""What somebody may see who is not there: a guest from the beginning, who is in no roster, wrote nothing
and was written nothing in private. Recordings are shown to spectators. Pure."""

from msgspec.structs import replace

from conferences.core.hearing import hearers
from conferences.core.messages import AnyEvent
from conferences.core.state import Participant, Picture, State
from conferences.core.words import Role

_GHOST = "-spectator-"
"""Nobody's id: those of participants are drawn at random."""


def picture(state: State) -> Picture:
    seen = _haunted(state).seen_by(_GHOST)
    return replace(seen, participants={id: p for id, p in seen.participants.items() if id != _GHOST})


def hears(event: AnyEvent, before: State, after: State) -> bool:
    told = hearers(event, _haunted(before), _haunted(after))
    return told is None or _GHOST in told


def _haunted(state: State) -> State:
    ghost = Participant(id=_GHOST, name=_GHOST, role=Role.GUEST, joined_at=0)
    return replace(state, participants={**state.participants, _GHOST: ghost})
