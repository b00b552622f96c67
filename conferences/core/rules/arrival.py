"""Coming, coming back, dropping, leaving."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.billing import brought
from conferences.core.rules.calls import entering
from conferences.core.rules.decision import (
    Events,
    check_not_owner,
    decides,
    departure,
    legs_closed,
    oneself,
    oneself_or_other,
    somebody,
)
from conferences.core.rules.lobby import opening
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.roles import relief
from conferences.core.rules.wording import clean_name
from conferences.core.state import Leg, State
from conferences.core.words import (
    SYSTEM,
    DropReason,
    LeftReason,
    LegKind,
    Millis,
    ParticipantId,
    Role,
    Status,
)


@decides(c.JoinParticipant)
def join(command: c.JoinParticipant, state: State, by: str, now: Millis) -> Events:
    if command.participant in state.participants:
        return _come_back(command, state, now)
    _check_newcomer(command, state)
    return _arrive(command, state, now)


def _come_back(command: c.JoinParticipant, state: State, now: Millis) -> Events:
    replaced = legs_closed(state, command.participant, DropReason.REPLACED, now, kind=command.kind)
    events: Events = [*replaced, _leg_opened(command, now)]
    if not state.participants[command.participant].connected:
        events.append(e.ParticipantReturned(participant=command.participant, at=now))
    return [*events, *_reached_anew(command, state, now)]


def _reached_anew(command: c.JoinParticipant, state: State, now: Millis) -> Events:
    known = state.participants[command.participant]
    web = command.kind is LegKind.WEB or state.has_leg(known.id, LegKind.WEB)
    phone = command.kind is LegKind.PHONE or _is_on_phone(state, known.id)
    if (web, phone) == (known.web, known.phone):
        return []
    reached = e.ParticipantReached(participant=known.id, web=web, phone=phone, at=now)
    inside = phone and not known.phone and known.role is not Role.WAITING
    return [reached, *(entering(state, known.id, now) if inside else [])]


def _is_on_phone(state: State, participant: ParticipantId) -> bool:
    """Or their call is, and its client on the way."""
    return state.has_leg(participant, LegKind.PHONE) or state.call_of(participant) is not None


def _check_newcomer(command: c.JoinParticipant, state: State) -> None:
    called = command.call in state.dials
    if command.kind is LegKind.PHONE and not state.policy.callers_allowed and not called:
        raise Refused(Reason.CALLERS_OFF)
    if command.entitled:
        return
    before = state.departed.get(command.participant)
    if (before and before.removed) or _account_removed(state, command.account):
        raise Refused(Reason.REMOVED)
    was_in = before is not None and before.role is not Role.WAITING
    if state.locked and not was_in and not called:
        raise Refused(Reason.LOCKED)
    if len(state.participants) >= state.policy.seats:
        raise Refused(Reason.FULL)


def _account_removed(state: State, account: str) -> bool:
    return bool(account) and any(d.removed and d.account == account for d in state.departed.values())


def _arrive(command: c.JoinParticipant, state: State, now: Millis) -> Events:
    role = _role_of_newcomer(command, state)
    opens = state.status is Status.WAITING and role is not Role.WAITING
    joined = e.ParticipantJoined(
        participant=command.participant,
        name=clean_name(command.name),
        role=role,
        entitled=command.entitled,
        phone=command.kind is LegKind.PHONE,
        web=command.kind is LegKind.WEB,
        at=now,
    )
    events: Events = [joined, _leg_opened(command, now)]
    if joined.phone and role is not Role.WAITING:
        events += entering(state, command.participant, now)
    if opens:
        events += opening(state, now)
    if role is Role.HOST:
        events += relief(state, now)
        events += brought(command.billing_code, state, by=command.participant, now=now)
    if state.answer_by:
        events.append(e.PresenceConfirmed(by=command.participant, at=now))
    return events


def _role_of_newcomer(command: c.JoinParticipant, state: State) -> Role:
    if command.entitled:
        return Role.HOST
    before = state.departed.get(command.participant)
    if before and before.role is not Role.WAITING:
        return before.role
    if command.call in state.dials and state.status is Status.OPEN:
        return Role.GUEST
    if state.policy.lobby:
        return Role.WAITING
    if state.status is Status.OPEN or state.policy.start_without_host:
        return Role.PRESENTER if command.presenter else Role.GUEST
    return Role.WAITING


def _leg_opened(command: c.JoinParticipant, now: Millis) -> e.LegOpened:
    return e.LegOpened(
        participant=command.participant,
        leg=command.leg,
        kind=command.kind,
        account=command.account,
        presenter=command.presenter,
        tenant=command.tenant,
        billing_code=command.billing_code,
        at=now,
    )


@decides(c.DropLeg)
def drop_leg(command: c.DropLeg, state: State, by: str, now: Millis) -> Events:
    leg = state.legs.get(command.leg)
    if leg is None:
        return []
    events: Events = [
        e.LegClosed(
            participant=leg.participant,
            leg=command.leg,
            reason=command.reason,
            seen_at=command.seen_at,
            at=now,
        )
    ]
    others = [
        other.kind
        for id, other in state.legs.items()
        if id != command.leg and other.participant == leg.participant
    ]
    if not others:
        return [*events, e.ParticipantDropped(participant=leg.participant, at=now)]
    if leg.kind in others or command.reason is DropReason.SERVER:
        return events
    return [*events, *_reached_less(state, leg, now)]


def _reached_less(state: State, leg: Leg, now: Millis) -> Events:
    """The last leg of its kind is gone, one of the other kind is there."""
    if leg.kind is LegKind.PHONE and state.call_of(leg.participant):
        return []
    web = leg.kind is LegKind.PHONE
    return [e.ParticipantReached(participant=leg.participant, web=web, phone=not web, at=now)]


@decides(c.LeaveConference)
def leave(command: c.LeaveConference, state: State, by: str, now: Millis) -> Events:
    return departure(state, oneself(state, by).id, LeftReason.LEFT, by=by, now=now)


@decides(c.RemoveParticipant)
def remove(command: c.RemoveParticipant, state: State, by: str, now: Millis) -> Events:
    target = somebody(state, command.participant)
    check_not_owner(state, target, by)
    return departure(state, target.id, LeftReason.REMOVED, by=by, now=now)


@decides(c.RevokeAccount)
def revoke(command: c.RevokeAccount, state: State, by: str, now: Millis) -> Events:
    """With a new seat they may come back: whoever vouches for them decided, not a host."""
    return [
        event
        for participant, account in state.accounts.items()
        if account == command.account
        for event in departure(state, participant, LeftReason.REVOKED, by=SYSTEM, now=now)
    ]


@decides(c.RenameParticipant)
def rename(command: c.RenameParticipant, state: State, by: str, now: Millis) -> Events:
    target = oneself_or_other(state, command.participant, by)
    name = clean_name(command.name)
    if name == target.name:
        return []
    return [e.ParticipantRenamed(participant=target.id, name=name, by=by, at=now)]
