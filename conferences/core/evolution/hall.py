"""What is true after the facts of the led view and of the lobby."""

from msgspec.structs import replace

from conferences.core import hall as h
from conferences.core.evolution.dispatch import applies
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
