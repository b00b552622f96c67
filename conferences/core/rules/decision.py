"""Where every command comes in: who may ask is checked here, once; then the command's own rule decides."""

from collections.abc import Callable
from typing import Any, TypeVar

from conferences.core.calls import CallCause, CallFailed
from conferences.core.commands import Command, Need
from conferences.core.events import LegClosed, ParticipantLeft
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.state import Participant, State
from conferences.core.words import SYSTEM, DropReason, LeftReason, LegKind, Millis, Role, Status

C = TypeVar("C", bound=Command)
Events = list[AnyEvent]
Rule = Callable[[C, State, str, Millis], Events]

_rules: dict[type[Command], Rule[Any]] = {}


def decides(command: type[C]) -> Callable[[Rule[C]], Rule[C]]:
    """Register the rule of a command: `(command, state, by, now) -> events`, or `Refused`."""

    def register(rule: Rule[C]) -> Rule[C]:
        _rules[command] = rule
        return rule

    return register


def decided() -> set[type[Command]]:
    """The commands that have a rule."""
    return set(_rules)


def decide(state: State, command: AnyCommand, *, by: str, now: Millis) -> Events:
    """What happens if `by` (a participant, or SYSTEM) gives `command` at `now`; none: it is so already.

    Raises `Refused`.
    """
    if state.status is Status.ENDED:
        raise Refused(Reason.ENDED)
    if by != SYSTEM:
        _check_asker(state, command, by)
    return _rules[type(command)](command, state, by, now)


def _check_asker(state: State, command: AnyCommand, by: str) -> None:
    asker = state.participants.get(by)
    if asker is None:
        raise Refused(Reason.NOT_HERE)
    if isinstance(command.needs, Need) or asker.role.rank < command.needs.rank:
        raise Refused(Reason.NOT_ALLOWED)


def oneself(state: State, by: str) -> Participant:
    """The asker; refused if it is the server itself, which has no seat."""
    asker = state.participants.get(by)
    if asker is None:
        raise Refused(Reason.NOT_HERE)
    return asker


def somebody(state: State, participant: str) -> Participant:
    """The one meant; refused if not here, or still waiting."""
    found = state.participants.get(participant)
    if found is None:
        raise Refused(Reason.NOT_HERE)
    if found.role is Role.WAITING:
        raise Refused(Reason.IS_WAITING)
    return found


def oneself_or_other(state: State, participant: str, by: str) -> Participant:
    """The one meant, by default the asker; another only if the asker is a host."""
    if participant in ("", by):
        return oneself(state, by)
    if by != SYSTEM and oneself(state, by).role is not Role.HOST:
        raise Refused(Reason.NOT_ALLOWED)
    return somebody(state, participant)


def check_not_owner(state: State, target: Participant, by: str) -> None:
    """Nobody but themselves and their equals may demote or remove who is host by right."""
    asker = state.participants.get(by)
    if target.entitled and target.id != by and asker is not None and not asker.entitled:
        raise Refused(Reason.NOT_ALLOWED)


def legs_closed(
    state: State, participant: str, reason: DropReason, now: Millis, *, kind: LegKind | None = None
) -> Events:
    """Of one kind, or all."""
    return [
        LegClosed(participant=participant, leg=id, reason=reason, at=now)
        for id, leg in state.legs.items()
        if leg.participant == participant and kind in (None, leg.kind)
    ]


def called_off(state: State, participant: str, now: Millis) -> Events:
    """Nobody is called who is not here to pick up."""
    return [
        CallFailed(
            call=dial.call, label=dial.label, cause=CallCause.CANCELLED, by=dial.by, to_me=True, at=now
        )
        for dial in state.dials.values()
        if dial.to == participant
    ]


def departure(state: State, participant: str, reason: LeftReason, *, by: str, now: Millis) -> Events:
    """Everything that happens when a participant goes for good."""
    return [
        *legs_closed(state, participant, DropReason.LEFT, now),
        *called_off(state, participant, now),
        ParticipantLeft(participant=participant, reason=reason, by=by, at=now),
    ]
