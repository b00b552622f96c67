"""When a conference is recorded, and who may pause and stop that."""

from conferences.core import events as e
from conferences.core import recording as r
from conferences.core.rules.calls import hanging_up
from conferences.core.rules.decision import Events, decides
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import State
from conferences.core.words import SYSTEM, EndReason, Millis, RecordMode


def beginning(state: State, now: Millis) -> Events:
    """Where everything is recorded, it is from the moment when the conference opens."""
    if state.policy.recording is not RecordMode.ALWAYS:
        return []
    return [r.RecordingStarted(parts=state.policy.recorded, by=SYSTEM, at=now)]


def ending(state: State, reason: EndReason, *, by: str, now: Millis) -> Events:
    """The conference ends, and with it its recording and its calls."""
    stopped: Events = (
        [r.RecordingStopped(reason=r.StopReason.ENDED, by=SYSTEM, at=now)] if state.recording else []
    )
    return [*stopped, *hanging_up(state, now), e.ConferenceEnded(reason=reason, by=by, at=now)]


@decides(r.StartRecording)
def start(command: r.StartRecording, state: State, by: str, now: Millis) -> Events:
    if state.policy.recording is RecordMode.OFF:
        raise Refused(Reason.RECORDING_OFF)
    if state.recording:
        return []
    wished = state.policy.recorded if command.parts is None else command.parts
    parts = tuple(part for part in state.policy.recorded if part in wished)
    return [r.RecordingStarted(parts=parts, by=by, at=now)]


@decides(r.PauseRecording)
def pause(command: r.PauseRecording, state: State, by: str, now: Millis) -> Events:
    return [] if _running(state).paused_at else [r.RecordingPaused(by=by, at=now)]


@decides(r.ResumeRecording)
def resume(command: r.ResumeRecording, state: State, by: str, now: Millis) -> Events:
    return [r.RecordingResumed(by=by, at=now)] if _running(state).paused_at else []


@decides(r.StopRecording)
def stop(command: r.StopRecording, state: State, by: str, now: Millis) -> Events:
    """Where everything is recorded, it may be paused alone."""
    _running(state)
    if state.policy.recording is RecordMode.ALWAYS:
        raise Refused(Reason.RECORDED_ALWAYS)
    return [r.RecordingStopped(reason=r.StopReason.HOST, by=by, at=now)]


@decides(r.GoLive)
def go_live(command: r.GoLive, state: State, by: str, now: Millis) -> Events:
    return [] if _running(state).live else [r.LiveStarted(by=by, at=now)]


@decides(r.EndLive)
def end_live(command: r.EndLive, state: State, by: str, now: Millis) -> Events:
    return [r.LiveEnded(by=by, at=now)] if _running(state).live else []


@decides(r.ReduceRecording)
def reduce(command: r.ReduceRecording, state: State, by: str, now: Millis) -> Events:
    meant = state.recording and state.recording.id == command.recording and not state.recording.reduced
    return [r.RecordingReduced(at=now)] if meant else []


@decides(r.RunOverRecording)
def run_over(command: r.RunOverRecording, state: State, by: str, now: Millis) -> Events:
    meant = state.recording and state.recording.id == command.recording and not state.recording.ran_over
    return [r.RecordingRanOver(at=now)] if meant else []


@decides(r.FailRecording)
def fail(command: r.FailRecording, state: State, by: str, now: Millis) -> Events:
    if state.recording is None or state.recording.id != command.recording:
        return []
    return [r.RecordingStopped(reason=command.reason, by=SYSTEM, at=now)]


def _running(state: State) -> r.Recording:
    if state.recording is None:
        raise Refused(Reason.NOT_RECORDED)
    return state.recording
