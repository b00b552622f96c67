"""What is true after the facts of spotlight and timer."""

from msgspec.structs import replace

from conferences.core import floor as f
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: f.SpotlightMoved, state: State) -> State:
    lead = replace(state.lead, large="") if state.lead and event.to else state.lead
    return replace(state, spotlight=event.to, lead=lead)


@applies
def _(event: f.TimerStarted, state: State) -> State:
    return replace(state, timer=f.Timer(started_at=event.at, ends_at=event.ends_at))


@applies
def _(event: f.TimerStopped, state: State) -> State:
    return replace(state, timer=None)
