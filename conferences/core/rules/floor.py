"""Who is called on, who is shown large, and how long is left."""

from conferences.core import events as e
from conferences.core import floor as f
from conferences.core.rules.decision import Events, decides, oneself, somebody
from conferences.core.state import State
from conferences.core.words import Millis


@decides(f.CallNext)
def call_next(command: f.CallNext, state: State, by: str, now: Millis) -> Events:
    caller = oneself(state, by)
    raised = [p for p in state.participants.values() if p.hand]
    if not raised:
        return []
    speaker = min(raised, key=lambda p: p.hand)
    lowered: Events = [e.HandLowered(participant=speaker.id, by=by, at=now)]
    if speaker.microphone or speaker.id == by:
        return lowered
    return [*lowered, e.UnmuteAsked(participant=caller.id, to=speaker.id, at=now)]


@decides(f.MoveSpotlight)
def move_spotlight(command: f.MoveSpotlight, state: State, by: str, now: Millis) -> Events:
    to = somebody(state, command.participant).id if command.participant else ""
    return [] if to == state.spotlight else [f.SpotlightMoved(to=to, by=by, at=now)]


@decides(f.StartTimer)
def start_timer(command: f.StartTimer, state: State, by: str, now: Millis) -> Events:
    return [f.TimerStarted(ends_at=now + command.seconds * 1000, by=by, at=now)]


@decides(f.StopTimer)
def stop_timer(command: f.StopTimer, state: State, by: str, now: Millis) -> Events:
    return [f.TimerStopped(by=by, at=now)] if state.timer else []
