"""What is true after the facts of the led view and of the lobby."""

from msgspec.structs import replace

from conferences.core import hall as h
from conferences.core.calls import ParticipantHeldBack
from conferences.core.evolution.dispatch import applies, without
from conferences.core.evolution.meeting import without_lead_of
from conferences.core.state import State


@applies
def _(event: h.LayoutLed, state: State) -> State:
    return replace(state, lead=h.Lead(by=event.by, mode=event.mode, large=event.large))


@applies
def _(event: h.LayoutReleased, state: State) -> State:
    return replace(state, lead=None)


@applies
def _(event: h.LobbyTold, state: State) -> State:
    return replace(state, lobby_message=event.text)


@applies
def _(event: ParticipantHeldBack, state: State) -> State:
    """They wait with nothing in their hands; who had no connection is told so again."""
    return replace(
        state,
        participants=without(state.participants, event.participant),
        spotlight="" if state.spotlight == event.participant else state.spotlight,
        lead=without_lead_of(state, event.participant),
        captions=state.captions.without(event.participant),
        dropped_at=without(state.dropped_at, event.participant),
    )
