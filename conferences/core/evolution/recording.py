"""What is true after the facts of recording."""

from typing import Any

from msgspec.structs import replace

from conferences.core import recording as r
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: r.RecordingStarted, state: State) -> State:
    return replace(state, recording=r.Recording(id=state.seq, parts=event.parts, started_at=event.at))


@applies
def _(event: r.RecordingPaused, state: State) -> State:
    return _change(state, status=r.RecordingStatus.PAUSED, paused_at=event.at)


@applies
def _(event: r.RecordingResumed, state: State) -> State:
    paused = state.recording
    paused_ms = paused.paused_ms + event.at - paused.paused_at if paused else 0
    return _change(state, status=r.RecordingStatus.RECORDING, paused_at=0, paused_ms=paused_ms)


@applies
def _(event: r.RecordingStopped, state: State) -> State:
    return replace(state, recording=None)


@applies
def _(event: r.RecordingReduced, state: State) -> State:
    return _change(state, reduced=True)


@applies
def _(event: r.RecordingRanOver, state: State) -> State:
    return _change(state, ran_over=True)


@applies
def _(event: r.LiveStarted, state: State) -> State:
    return _change(state, live=True)


@applies
def _(event: r.LiveEnded, state: State) -> State:
    return _change(state, live=False)


def _change(state: State, **changes: Any) -> State:
    return replace(state, recording=replace(state.recording, **changes)) if state.recording else state
