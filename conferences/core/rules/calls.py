"""Phones: calling them, what becomes of their calls, and who is one person by phone and by web.

Whether a number may be called, `bridges` says (`call.place`, or `call.fail`): here is only who may ask.
"""

import re

from conferences.core import calls as k
from conferences.core import events as e
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
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_name
from conferences.core.state import Participant, State
from conferences.core.words import (
    SYSTEM,
    Dialers,
    DropReason,
    LeftReason,
    LegKind,
    Millis,
    ParticipantId,
    Role,
)

MOST_DIALS = 20
"""So many phones are called at once, and no more."""

_NUMBER = re.compile(r"[0-9A-Za-z+*#(.@:][0-9A-Za-z+*#()./@:_ -]*")
_LOST = (
    k.CallCause.CONGESTION,
    k.CallCause.TIMEOUT,
    k.CallCause.MEDIA_LOST,
    k.CallCause.BRIDGE_LOST,
    k.CallCause.ERROR,
)

# Calling


@decides(k.DialOut)
def dial_out(command: k.DialOut, state: State, by: str, now: Millis) -> Events:
    asker = oneself(state, by)
    _check_dialer(asker, state, to_me=command.to_me)
    if command.to_me and any(dial.to == by for dial in state.dials.values()):
        return []
    if len(state.dials) >= MOST_DIALS:
        raise Refused(Reason.TOO_MANY_CALLS)
    number = " ".join(command.number.split())
    if not _NUMBER.fullmatch(number):
        raise Refused(Reason.NUMBER_WRONG)
    name = clean_name(command.name) if command.name.strip() else ""
    return [k.CallAsked(participant=by, number=number, name=name, to_me=command.to_me, at=now)]


def _check_dialer(asker: Participant, state: State, *, to_me: bool) -> None:
    allowed = state.policy.dial_out
    if allowed is Dialers.NOBODY:
        raise Refused(Reason.CALLING_OFF)
    if asker.role is not Role.HOST and not (to_me and allowed is Dialers.EVERYONE):
        raise Refused(Reason.NOT_ALLOWED)
    if to_me and asker.phone:
        raise Refused(Reason.ON_THE_PHONE)


@decides(k.CancelDial)
def cancel_dial(command: k.CancelDial, state: State, by: str, now: Millis) -> Events:
    dial = state.dials.get(command.call)
    if dial is None:
        raise Refused(Reason.NO_CALL)
    if by not in (SYSTEM, dial.by, dial.to) and oneself(state, by).role is not Role.HOST:
        raise Refused(Reason.NOT_ALLOWED)
    return [_failed(dial, k.CallCause.CANCELLED, now)]


@decides(k.PlaceCall)
def place(command: k.PlaceCall, state: State, by: str, now: Millis) -> Events:
    if command.call in state.dials:
        return []
    if command.to and command.to not in state.participants:
        raise Refused(Reason.NOT_HERE)
    placed = k.CallPlaced(
        call=command.call, bridge=command.bridge, number=command.number, by=command.by, at=now
    )
    label = clean_name(command.label)
    return [placed, k.CallDialed(call=command.call, label=label, by=command.by, to=command.to, at=now)]


@decides(k.ReportDial)
def progress(command: k.ReportDial, state: State, by: str, now: Millis) -> Events:
    """Onwards only: what comes late says nothing."""
    dial = state.dials.get(command.call)
    steps = list(k.DialStatus)
    if dial is None or steps.index(command.status) <= steps.index(dial.status):
        return []
    return [k.CallProgressed(call=command.call, status=command.status, at=now)]


@decides(k.FailDial)
def fail(command: k.FailDial, state: State, by: str, now: Millis) -> Events:
    if dial := state.dials.get(command.call):
        return [_failed(dial, command.cause, now, sip_code=command.sip_code)]
    if command.call:
        return []
    return [k.CallFailed(call="", label=command.label, cause=command.cause, by=command.by, at=now)]


def _failed(dial: k.Dial, cause: k.CallCause, now: Millis, *, sip_code: int = 0) -> k.CallFailed:
    return k.CallFailed(
        call=dial.call,
        label=dial.label,
        cause=cause,
        by=dial.by,
        to_me=bool(dial.to),
        sip_code=sip_code,
        at=now,
    )


# Calls that are here


@decides(k.BeginCall)
def begin(command: k.BeginCall, state: State, by: str, now: Millis) -> Events:
    if command.participant not in state.participants:
        raise Refused(Reason.NOT_HERE)
    if command.call in state.calls:
        return []
    began = k.CallBegan(
        participant=command.participant,
        leg=command.leg,
        call=command.call,
        bridge=command.bridge,
        direction=command.direction,
        caller=command.caller,
        dialled=command.dialled,
        started_at=command.started_at,
        answered_at=command.answered_at,
        at=now,
    )
    events: Events = [began]
    if command.call in state.dials:
        events.append(k.CallConnected(call=command.call, participant=command.participant, at=now))
    if command.spoken_name:
        events.append(k.CallNamed(participant=command.participant, key=command.spoken_name, at=now))
    return events


@decides(k.ReportHold)
def hold(command: k.ReportHold, state: State, by: str, now: Millis) -> Events:
    call = state.calls.get(command.call)
    if call is None or call.held == command.held or call.participant not in state.participants:
        return []
    return [k.CallHeld(participant=call.participant, call=command.call, held=command.held, at=now)]


@decides(k.ReportQuality)
def measure(command: k.ReportQuality, state: State, by: str, now: Millis) -> Events:
    call = state.calls.get(command.call)
    if call is None or call.quality == command.quality or call.participant not in state.participants:
        return []
    return [k.CallMeasured(participant=call.participant, call=command.call, quality=command.quality, at=now)]


@decides(k.EndCall)
def end(command: k.EndCall, state: State, by: str, now: Millis) -> Events:
    call = state.calls.get(command.call)
    if call is None:
        return []
    ended = k.CallEnded(
        participant=call.participant or call.origin,
        call=command.call,
        cause=command.cause,
        sip_code=command.sip_code,
        q850=command.q850,
        codec=command.codec,
        mos=command.mos,
        loss_percent=command.loss_percent,
        jitter_ms=command.jitter_ms,
        at=now,
    )
    return [ended, *_without_phone(state, command, call.participant, now)]


def _without_phone(state: State, command: k.EndCall, participant: str, now: Millis) -> Events:
    person = state.participants.get(participant)
    if person is None or _has_another_call(state, participant, command.call):
        return []
    if not person.web:
        reason = LeftReason.LOST if command.cause in _LOST else LeftReason.LEFT
        return departure(state, participant, reason, by=SYSTEM, now=now)
    gone = legs_closed(state, participant, DropReason.LEFT, now, kind=LegKind.PHONE)
    dropped: Events = (
        [e.ParticipantDropped(participant=participant, at=now)]
        if person.connected and not state.has_leg(participant, LegKind.WEB)
        else []
    )
    return [*gone, e.ParticipantReached(participant=participant, web=True, phone=False, at=now), *dropped]


def _has_another_call(state: State, participant: ParticipantId, call: str) -> bool:
    return any(id != call and other.participant == participant for id, other in state.calls.items())


# Who is the same


@decides(k.MergeCall)
def merge(command: k.MergeCall, state: State, by: str, now: Millis) -> Events:
    caller, person = somebody(state, command.participant), somebody(state, command.into)
    check_not_owner(state, caller, by)
    if not caller.phone or caller.web or state.call_of(caller.id) is None:
        raise Refused(Reason.NOT_A_CALLER)
    if person.phone:
        raise Refused(Reason.ON_THE_PHONE)
    merged = k.CallMerged(participant=caller.id, into=person.id, by=by, at=now)
    risen: Events = (
        [e.RoleChanged(participant=person.id, role=caller.role, by=by, at=now)]
        if caller.role.rank > person.role.rank
        else []
    )
    return [merged, *risen, *legs_closed(state, caller.id, DropReason.REPLACED, now)]


@decides(k.SplitCall)
def split(command: k.SplitCall, state: State, by: str, now: Millis) -> Events:
    person = oneself_or_other(state, command.participant, by)
    call = state.call_of(person.id)
    if not person.web or not person.phone or call is None:
        raise Refused(Reason.NOT_ON_THE_PHONE)
    alone = command.hang_up or call.origin == person.id
    parted = k.CallSplit(participant=person.id, origin="" if alone else call.origin, by=by, at=now)
    closed = legs_closed(state, person.id, DropReason.REPLACED, now, kind=LegKind.PHONE)
    again = [] if alone else _seated_again(state, person, call, now)
    dropped: Events = (
        []
        if state.has_leg(person.id, LegKind.WEB) or not person.connected
        else [e.ParticipantDropped(participant=person.id, at=now)]
    )
    return [parted, *again, *closed, *dropped]


def _seated_again(state: State, person: Participant, call: k.Call, now: Millis) -> Events:
    """The caller, as they were; their client comes at once."""
    before = state.departed.get(call.origin)
    role = before.role if before else Role.GUEST
    caller, at = call.origin, now
    events: Events = [
        e.ParticipantJoined(participant=caller, name=call.name, role=role, phone=True, web=False, at=at)
    ]
    if person.microphone:
        events.append(e.MicrophoneUnmuted(participant=caller, at=at))
    return [*events, *_condition(caller, call, state, at), e.ParticipantDropped(participant=caller, at=at)]


# What other rules ask


def entering(state: State, participant: ParticipantId, now: Millis) -> Events:
    """A phone comes into the room: it is heard at once, unless somebody wants it otherwise."""
    events: Events = []
    seated = state.participants.get(participant)
    speaks = seated is not None and seated.microphone
    if not speaks and not state.policy.mute_on_entry and participant not in state.silenced:
        events.append(e.MicrophoneUnmuted(participant=participant, at=now))
    call = state.call_of(participant)
    return [*events, *(_condition(participant, call, state, now) if call else [])]


def _condition(participant: ParticipantId, call: k.Call, state: State, now: Millis) -> Events:
    """What those must be told of a phone who see it for the first time."""
    id = next(id for id, known in state.calls.items() if known is call)
    events: Events = []
    if call.held:
        events.append(k.CallHeld(participant=participant, call=id, held=True, at=now))
    if call.quality == "poor":
        events.append(k.CallMeasured(participant=participant, call=id, quality="poor", at=now))
    return events


def hanging_up(state: State, now: Millis) -> Events:
    """The conference ends: nobody is called any more, and every call has its end in the journal."""
    failed = [_failed(dial, k.CallCause.CANCELLED, now) for dial in state.dials.values()]
    ended = [
        k.CallEnded(
            participant=call.participant or call.origin,
            call=id,
            cause=k.CallCause.NORMAL,
            sip_code=0,
            q850=0,
            codec="",
            mos=0.0,
            loss_percent=0.0,
            jitter_ms=0.0,
            at=now,
        )
        for id, call in state.calls.items()
    ]
    return [*failed, *ended]
