"""Letting people in who wait."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.calls import HoldInLobby, ParticipantHeldBack
from conferences.core.rules.calls import entering
from conferences.core.rules.decision import (
    Events,
    called_off,
    check_not_owner,
    decides,
    departure,
    somebody,
)
from conferences.core.rules.recording import beginning
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import Participant, State
from conferences.core.words import SYSTEM, LeftReason, Millis, Role


@decides(c.AdmitParticipant)
def admit(command: c.AdmitParticipant, state: State, by: str, now: Millis) -> Events:
    return _admission(state, _one_who_waits(state, command.participant), by, now)


@decides(c.AdmitAll)
def admit_all(command: c.AdmitAll, state: State, by: str, now: Millis) -> Events:
    return admissions(state, by, now)


@decides(c.DenyParticipant)
def deny(command: c.DenyParticipant, state: State, by: str, now: Millis) -> Events:
    target = _one_who_waits(state, command.participant)
    return departure(state, target.id, LeftReason.DENIED, by=by, now=now)


def opening(state: State, now: Millis) -> Events:
    """The conference opens; without a lobby, all who waited for it come in."""
    admitted = [] if state.policy.lobby else admissions(state, SYSTEM, now)
    return [e.ConferenceOpened(at=now), *beginning(state, now), *admitted]


def admissions(state: State, by: str, now: Millis) -> Events:
    """All who wait come in."""
    waiting = [p for p in state.participants.values() if p.role is Role.WAITING]
    return [event for participant in waiting for event in _admission(state, participant, by, now)]


def _one_who_waits(state: State, participant: str) -> Participant:
    found = state.participants.get(participant)
    if found is None:
        raise Refused(Reason.NOT_HERE)
    if found.role is not Role.WAITING:
        raise Refused(Reason.NOT_WAITING)
    return found


def _admission(state: State, waiting: Participant, by: str, now: Millis) -> Events:
    admitted = e.ParticipantAdmitted(
        participant=waiting.id,
        name=waiting.name,
        role=state.role_of_admitted(waiting.id),
        entitled=waiting.entitled,
        phone=waiting.phone,
        web=waiting.web,
        connected=waiting.connected,
        by=by,
        at=now,
    )
    return [admitted, *(entering(state, waiting.id, now) if waiting.phone else [])]


@decides(HoldInLobby)
def hold(command: HoldInLobby, state: State, by: str, now: Millis) -> Events:
    """Nobody can do so to themselves, as they could not come back."""
    target = somebody(state, command.participant)
    check_not_owner(state, target, by)
    if target.id == by:
        raise Refused(Reason.NOT_ALLOWED)
    waits = e.ParticipantJoined(
        participant=target.id,
        name=target.name,
        role=Role.WAITING,
        entitled=target.entitled,
        phone=target.phone,
        web=target.web,
        at=now,
    )
    gone: Events = [] if target.connected else [e.ParticipantDropped(participant=target.id, at=now)]
    called = called_off(state, target.id, now)
    return [*called, ParticipantHeldBack(participant=target.id, by=by, at=now), waits, *gone]
