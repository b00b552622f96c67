"""What concerns the conference as a whole: lock, policy, end."""

from msgspec.structs import replace

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.lobby import admissions
from conferences.core.rules.recording import ending
from conferences.core.state import State
from conferences.core.words import SYSTEM, EndReason, Millis, Role


@decides(c.LockConference)
def lock(command: c.LockConference, state: State, by: str, now: Millis) -> Events:
    return [] if state.locked else [e.ConferenceLocked(by=by, at=now)]


@decides(c.UnlockConference)
def unlock(command: c.UnlockConference, state: State, by: str, now: Millis) -> Events:
    return [e.ConferenceUnlocked(by=by, at=now)] if state.locked else []


@decides(c.ChangePolicy)
def change_policy(command: c.ChangePolicy, state: State, by: str, now: Millis) -> Events:
    wishes = {field: getattr(command, field) for field in command.__struct_fields__}
    policy = replace(state.policy, **{field: wish for field, wish in wishes.items() if wish is not None})
    if policy == state.policy:
        return []
    events: Events = [e.PolicyChanged(policy=policy, by=by, at=now)]
    if state.policy.lobby and not policy.lobby:
        events += admissions(state, by, now)
    return events + _shares_stopped(state, policy.guests_share, by, now)


def _shares_stopped(state: State, guests_share: bool, by: str, now: Millis) -> Events:
    if guests_share:
        return []
    sharing = [p for p in state.participants.values() if p.screen and p.role is Role.GUEST]
    return [e.ScreenStopped(participant=p.id, by=by, at=now) for p in sharing]


@decides(c.StayInConference)
def stay(command: c.StayInConference, state: State, by: str, now: Millis) -> Events:
    return [e.PresenceConfirmed(by=oneself(state, by).id, at=now)] if state.answer_by else []


@decides(c.EndConference)
def end(command: c.EndConference, state: State, by: str, now: Millis) -> Events:
    reason = EndReason.ADMIN if by == SYSTEM else EndReason.HOST
    return ending(state, reason, by=by, now=now)
