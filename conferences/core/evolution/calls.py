"""What is true after the facts of phone calls."""

from typing import Any

from msgspec.structs import replace

from conferences.core import calls as k
from conferences.core.evolution.dispatch import applies, change, without
from conferences.core.evolution.meeting import without_lead_of
from conferences.core.state import Departed, State
from conferences.core.words import LegId, ParticipantId

# Calling


@applies
def _(event: k.CallAsked, state: State) -> State:
    return state


@applies
def _(event: k.CallPlaced, state: State) -> State:
    return state


@applies
def _(event: k.CallDialed, state: State) -> State:
    dial = k.Dial(call=event.call, label=event.label, by=event.by, to=event.to)
    return replace(state, dials={**state.dials, event.call: dial})


@applies
def _(event: k.CallProgressed, state: State) -> State:
    dial = replace(state.dials[event.call], status=event.status)
    return replace(state, dials={**state.dials, event.call: dial})


@applies
def _(event: k.CallFailed, state: State) -> State:
    return replace(state, dials=without(state.dials, event.call))


@applies
def _(event: k.CallConnected, state: State) -> State:
    return replace(state, dials=without(state.dials, event.call))


# Calls that are here


@applies
def _(event: k.CallBegan, state: State) -> State:
    call = k.Call(
        participant=event.participant,
        origin=event.participant,
        bridge=event.bridge,
        name=state.participants[event.participant].name,
    )
    return replace(state, calls={**state.calls, event.call: call})


@applies
def _(event: k.CallNamed, state: State) -> State:
    return replace(state, spoken_names={**state.spoken_names, event.participant: event.key})


@applies
def _(event: k.CallHeld, state: State) -> State:
    then = change(state, event.participant, held=event.held)
    return _change_call(then, event.call, held=event.held)


@applies
def _(event: k.CallMeasured, state: State) -> State:
    then = change(state, event.participant, line=event.quality)
    return _change_call(then, event.call, quality=event.quality)


@applies
def _(event: k.CallEnded, state: State) -> State:
    return replace(state, calls=without(state.calls, event.call))


def _change_call(state: State, call: LegId, **changes: Any) -> State:
    known = state.calls.get(call)
    return replace(state, calls={**state.calls, call: replace(known, **changes)}) if known else state


# Who is the same


@applies
def _(event: k.CallMerged, state: State) -> State:
    """Of the caller stay the voice and the raised hand."""
    caller, person = state.participants[event.participant], state.participants[event.into]
    both = replace(
        person,
        phone=True,
        microphone=caller.microphone,
        hand=person.hand or caller.hand,
        held=caller.held,
        line=caller.line,
    )
    then = replace(
        state,
        lead=without_lead_of(state, caller.id),
        captions=state.captions.without(caller.id),
        spotlight=person.id if state.spotlight == caller.id else state.spotlight,
        departed={
            **state.departed,
            caller.id: Departed(role=caller.role, removed=False, account=state.accounts.get(caller.id, "")),
        },
        dropped_at=without(state.dropped_at, caller.id),
        accounts=without(state.accounts, caller.id),
        silenced=tuple(person.id if id == caller.id else id for id in state.silenced if id != person.id),
        calls=_with_calls_of(state, caller.id, person.id),
    )
    others = without(state.participants, caller.id)
    return replace(then, participants={**others, person.id: both})


@applies
def _(event: k.CallSplit, state: State) -> State:
    then = change(state, event.participant, phone=False, microphone=False, held=False, line="good")
    return replace(
        then,
        silenced=tuple(event.origin if id == event.participant else id for id in state.silenced),
        calls=_with_calls_of(state, event.participant, event.origin),
    )


def _with_calls_of(state: State, one: ParticipantId, other: ParticipantId | str) -> dict[LegId, k.Call]:
    """The calls of one are the other's now."""
    return {
        id: replace(call, participant=other) if call.participant == one else call
        for id, call in state.calls.items()
    }
