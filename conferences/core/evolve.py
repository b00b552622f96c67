"""`evolve(state, event) -> state`: what is true after a fact. One small function for every event.

The browser's twin is `core/state.js`.
"""

from functools import singledispatch
from typing import Any, TypeVar

from msgspec.structs import replace

from conferences.core import events as e
from conferences.core.state import CHAT_KEPT, ChatLine, Departed, EndWarning, Leg, Participant, State
from conferences.core.words import LeftReason, Millis, ParticipantId, Status

T = TypeVar("T")


def evolve(state: State, event: e.AnyEvent) -> State:
    """What is true after `event`. Total, and without opinion: whether it may happen was decided before."""
    then = _apply(event, replace(state, seq=state.seq + 1))
    return _watch(then, event.at) if isinstance(event, _MOVES) else then


@singledispatch
def _apply(event: e.Event, state: State) -> State:
    raise TypeError(f"nothing follows from {type(event).__name__}")


def handled() -> set[type]:
    """The events from which something follows."""
    return set(_apply.registry) - {object, e.Event}


# The conference


@_apply.register
def _(event: e.ConferenceCreated, state: State) -> State:
    return replace(state, name=event.name, policy=event.policy, created_at=event.at)


@_apply.register
def _(event: e.ConferenceOpened, state: State) -> State:
    return replace(state, status=Status.OPEN, opened_at=event.at)


@_apply.register
def _(event: e.ConferenceLocked, state: State) -> State:
    return replace(state, locked=True)


@_apply.register
def _(event: e.ConferenceUnlocked, state: State) -> State:
    return replace(state, locked=False, unlocked_at=event.at)


@_apply.register
def _(event: e.PolicyChanged, state: State) -> State:
    return replace(state, policy=event.policy)


@_apply.register
def _(event: e.ConferenceWarned, state: State) -> State:
    return replace(state, warning=EndWarning(reason=event.reason, ends_at=event.ends_at))


@_apply.register
def _(event: e.WarningLifted, state: State) -> State:
    return replace(state, warning=None)


@_apply.register
def _(event: e.PresenceAsked, state: State) -> State:
    return replace(state, answer_by=event.answer_by)


@_apply.register
def _(event: e.PresenceConfirmed, state: State) -> State:
    return replace(state, answer_by=0, lone_since=event.at if state.lone_since else 0)


@_apply.register
def _(event: e.ConferenceEnded, state: State) -> State:
    return replace(
        state,
        status=Status.ENDED,
        end_reason=event.reason,
        warning=None,
        answer_by=0,
        participants={},
        legs={},
        dropped_at={},
    )


# Coming and going


@_apply.register
def _(event: e.ParticipantJoined, state: State) -> State:
    return _seat(state, event, connected=True)


@_apply.register
def _(event: e.ParticipantAdmitted, state: State) -> State:
    return _seat(state, event, connected=event.connected)


def _seat(state: State, event: e.ParticipantJoined | e.ParticipantAdmitted, *, connected: bool) -> State:
    newcomer = Participant(
        id=event.participant,
        name=event.name,
        role=event.role,
        joined_at=event.at,
        entitled=event.entitled,
        phone=event.phone,
        connected=connected,
    )
    others = _without(state.participants, event.participant)
    return replace(
        state,
        participants={**others, event.participant: newcomer},
        departed=_without(state.departed, event.participant),
    )


@_apply.register
def _(event: e.ParticipantDropped, state: State) -> State:
    then = _change(state, event.participant, connected=False)
    return replace(then, dropped_at={**state.dropped_at, event.participant: event.at})


@_apply.register
def _(event: e.ParticipantReturned, state: State) -> State:
    then = _change(state, event.participant, connected=True)
    return replace(then, dropped_at=_without(state.dropped_at, event.participant))


@_apply.register
def _(event: e.ParticipantRenamed, state: State) -> State:
    return _change(state, event.participant, name=event.name)


@_apply.register
def _(event: e.ParticipantLeft, state: State) -> State:
    gone = state.participants[event.participant]
    memory = Departed(
        role=gone.role,
        removed=event.reason in (LeftReason.REMOVED, LeftReason.DENIED),
        account=state.accounts.get(gone.id, ""),
    )
    return replace(
        state,
        participants=_without(state.participants, gone.id),
        departed={**state.departed, gone.id: memory},
        dropped_at=_without(state.dropped_at, gone.id),
        accounts=_without(state.accounts, gone.id),
        legs={id: leg for id, leg in state.legs.items() if leg.participant != gone.id},
    )


@_apply.register
def _(event: e.LegOpened, state: State) -> State:
    leg = Leg(participant=event.participant, kind=event.kind, account=event.account)
    accounts = {**state.accounts, event.participant: event.account} if event.account else state.accounts
    return replace(state, legs={**state.legs, event.leg: leg}, accounts=accounts)


@_apply.register
def _(event: e.LegClosed, state: State) -> State:
    return replace(state, legs=_without(state.legs, event.leg))


@_apply.register
def _(event: e.RoleChanged, state: State) -> State:
    return _change(state, event.participant, role=event.role)


# Sound and pictures


@_apply.register
def _(event: e.MicrophoneMuted, state: State) -> State:
    return _change(state, event.participant, microphone=False)


@_apply.register
def _(event: e.MicrophoneUnmuted, state: State) -> State:
    return _change(state, event.participant, microphone=True)


@_apply.register
def _(event: e.UnmuteAsked, state: State) -> State:
    return state


@_apply.register
def _(event: e.CameraStarted, state: State) -> State:
    return _change(state, event.participant, camera=True)


@_apply.register
def _(event: e.CameraStopped, state: State) -> State:
    return _change(state, event.participant, camera=False)


@_apply.register
def _(event: e.ScreenShared, state: State) -> State:
    return _change(state, event.participant, screen=True, sound=event.sound)


@_apply.register
def _(event: e.ScreenStopped, state: State) -> State:
    return _change(state, event.participant, screen=False, sound=False)


# Hands and words


@_apply.register
def _(event: e.HandRaised, state: State) -> State:
    return _change(state, event.participant, hand=state.seq)


@_apply.register
def _(event: e.HandLowered, state: State) -> State:
    return _change(state, event.participant, hand=0)


@_apply.register
def _(event: e.ReactionSent, state: State) -> State:
    return state


@_apply.register
def _(event: e.ChatSent, state: State) -> State:
    return _chat(state, event, to="")


@_apply.register
def _(event: e.ChatWhispered, state: State) -> State:
    return _chat(state, event, to=event.to)


def _chat(state: State, event: e.ChatSent | e.ChatWhispered, to: str) -> State:
    line = ChatLine(
        id=state.seq, at=event.at, participant=event.participant, name=event.name, text=event.text, to=to
    )
    return replace(state, chat=(*state.chat, line)[-CHAT_KEPT:])


# What the clock watches

_MOVES = (
    e.ConferenceCreated,
    e.ConferenceOpened,
    e.ParticipantJoined,
    e.ParticipantAdmitted,
    e.ParticipantLeft,
    e.RoleChanged,
)


def _watch(state: State, at: Millis) -> State:
    """Keep the moments since when something is so, from which the clock's rules count."""
    present = len(state.participants)
    hosts, admitted = len(state.hosts()), len(state.admitted())
    opened = state.status is Status.OPEN
    hosted = state.hosted or hosts > 0
    return replace(
        state,
        hosted=hosted,
        empty_since=_since(state.empty_since, present == 0, at),
        lone_since=_since(state.lone_since, opened and present == 1, at),
        hostless_since=_since(state.hostless_since, opened and hosted and hosts == 0, at),
        unattended_since=_since(state.unattended_since, present > 0 and admitted == 0, at),
    )


def _since(moment: Millis, is_so: bool, at: Millis) -> Millis:
    return (moment or at) if is_so else 0


def _change(state: State, participant: ParticipantId, **changes: Any) -> State:
    changed = replace(state.participants[participant], **changes)
    return replace(state, participants={**state.participants, participant: changed})


def _without(mapping: dict[str, T], key: str) -> dict[str, T]:
    return {k: v for k, v in mapping.items() if k != key}
