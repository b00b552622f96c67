"""Letting people in who wait."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, departure
from conferences.core.rules.recording import beginning
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import Participant, State
from conferences.core.words import SYSTEM, LeftReason, Millis, Role


@decides(c.AdmitParticipant)
def admit(command: c.AdmitParticipant, state: State, by: str, now: Millis) -> Events:
    return [_admission(state, _one_who_waits(state, command.participant), by, now)]


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
    return [_admission(state, p, by, now) for p in state.participants.values() if p.role is Role.WAITING]


def _one_who_waits(state: State, participant: str) -> Participant:
    found = state.participants.get(participant)
    if found is None:
        raise Refused(Reason.NOT_HERE)
    if found.role is not Role.WAITING:
        raise Refused(Reason.NOT_WAITING)
    return found


def _admission(state: State, waiting: Participant, by: str, now: Millis) -> e.ParticipantAdmitted:
    return e.ParticipantAdmitted(
        participant=waiting.id,
        name=waiting.name,
        role=state.role_of_admitted(waiting.id),
        entitled=waiting.entitled,
        phone=waiting.phone,
        connected=waiting.connected,
        by=by,
        at=now,
    )
