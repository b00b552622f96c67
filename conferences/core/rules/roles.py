"""Who is host, presenter, guest."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, check_not_owner, decides, oneself, somebody
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import Participant, State
from conferences.core.words import SYSTEM, EndReason, Millis, Role


@decides(c.SetRole)
def set_role(command: c.SetRole, state: State, by: str, now: Millis) -> Events:
    target = somebody(state, command.participant)
    if command.role is Role.WAITING:
        raise Refused(Reason.NOT_ALLOWED)
    if command.role is target.role:
        return []
    if target.role is Role.HOST:
        check_not_owner(state, target, by)
        if len(state.hosts()) == 1:
            raise Refused(Reason.LAST_HOST)
    return _change(state, target, command.role, by, now)


@decides(c.PassRole)
def pass_role(command: c.PassRole, state: State, by: str, now: Millis) -> Events:
    heir = somebody(state, command.participant)
    if heir.id == by:
        return []
    stepping_down = _change(state, oneself(state, by), Role.GUEST, by, now)
    return _change(state, heir, Role.HOST, by, now) + stepping_down


def _change(state: State, target: Participant, role: Role, by: str, now: Millis) -> Events:
    if target.role is role:
        return []
    events: Events = [e.RoleChanged(participant=target.id, role=role, by=by, at=now)]
    if role is Role.GUEST and target.screen and not state.policy.guests_share:
        events.append(e.ScreenStopped(participant=target.id, by=SYSTEM, at=now))
    return events + (relief(state, now) if role is Role.HOST else [])


def relief(state: State, now: Millis) -> Events:
    """A host is there again: the conference need not end for want of one."""
    if state.warning and state.warning.reason is EndReason.HOST_LEFT:
        return [e.WarningLifted(at=now)]
    return []
