"""Microphones, cameras, screens."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, oneself, oneself_or_other, somebody
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import Participant, State
from conferences.core.words import Millis, Role


@decides(c.MuteMicrophone)
def mute(command: c.MuteMicrophone, state: State, by: str, now: Millis) -> Events:
    target = oneself_or_other(state, command.participant, by)
    return [e.MicrophoneMuted(participant=target.id, by=by, at=now)] if target.microphone else []


@decides(c.MuteAll)
def mute_all(command: c.MuteAll, state: State, by: str, now: Millis) -> Events:
    return [
        e.MicrophoneMuted(participant=p.id, by=by, at=now)
        for p in state.participants.values()
        if p.microphone and p.role is not Role.HOST
    ]


@decides(c.UnmuteMicrophone)
def unmute(command: c.UnmuteMicrophone, state: State, by: str, now: Millis) -> Events:
    speaker = oneself(state, by)
    if speaker.microphone:
        return []
    if speaker.phone and by in state.silenced and not _may_unmute(speaker, state):
        raise Refused(Reason.UNMUTE_OFF)
    return [e.MicrophoneUnmuted(participant=by, at=now)]


def _may_unmute(caller: Participant, state: State) -> bool:
    """Whom somebody else muted, on the phone."""
    return state.policy.callers_unmute or caller.role is Role.HOST


@decides(c.AskToUnmute)
def ask_to_unmute(command: c.AskToUnmute, state: State, by: str, now: Millis) -> Events:
    asker, target = oneself(state, by), somebody(state, command.participant)
    return [] if target.microphone else [e.UnmuteAsked(participant=asker.id, to=target.id, at=now)]


@decides(c.StartCamera)
def start_camera(command: c.StartCamera, state: State, by: str, now: Millis) -> Events:
    return [] if oneself(state, by).camera else [e.CameraStarted(participant=by, at=now)]


@decides(c.StopCamera)
def stop_camera(command: c.StopCamera, state: State, by: str, now: Millis) -> Events:
    target = oneself_or_other(state, command.participant, by)
    return [e.CameraStopped(participant=target.id, by=by, at=now)] if target.camera else []


@decides(c.ShareScreen)
def share_screen(command: c.ShareScreen, state: State, by: str, now: Millis) -> Events:
    sharer = oneself(state, by)
    if not state.policy.sharing:
        raise Refused(Reason.NOT_INCLUDED)
    if sharer.role is Role.GUEST and not state.policy.guests_share:
        raise Refused(Reason.SHARING_OFF)
    if sharer.screen and sharer.sound == command.sound:
        return []
    return [e.ScreenShared(participant=by, sound=command.sound, at=now)]


@decides(c.StopScreen)
def stop_screen(command: c.StopScreen, state: State, by: str, now: Millis) -> Events:
    target = oneself_or_other(state, command.participant, by)
    return [e.ScreenStopped(participant=target.id, by=by, at=now)] if target.screen else []
