"""What is true after the facts of coming and going, roles, devices and hands."""

from msgspec.structs import replace

from conferences.core import events as e
from conferences.core.evolution.dispatch import applies, change, without
from conferences.core.hall import Lead
from conferences.core.state import Departed, EndWarning, Leg, Participant, State
from conferences.core.words import LeftReason, ParticipantId, Role, Status

# The conference


@applies
def _(event: e.ConferenceCreated, state: State) -> State:
    return replace(state, name=event.name, policy=event.policy, created_at=event.at)


@applies
def _(event: e.ConferenceOpened, state: State) -> State:
    return replace(state, status=Status.OPEN, opened_at=event.at)


@applies
def _(event: e.ConferenceLocked, state: State) -> State:
    return replace(state, locked=True)


@applies
def _(event: e.ConferenceUnlocked, state: State) -> State:
    return replace(state, locked=False, unlocked_at=event.at)


@applies
def _(event: e.PolicyChanged, state: State) -> State:
    return replace(state, policy=event.policy)


@applies
def _(event: e.ConferenceWarned, state: State) -> State:
    return replace(state, warning=EndWarning(reason=event.reason, ends_at=event.ends_at))


@applies
def _(event: e.WarningLifted, state: State) -> State:
    return replace(state, warning=None)


@applies
def _(event: e.PresenceAsked, state: State) -> State:
    return replace(state, answer_by=event.answer_by)


@applies
def _(event: e.PresenceConfirmed, state: State) -> State:
    return replace(state, answer_by=0, lone_since=event.at if state.lone_since else 0)


@applies
def _(event: e.ConferenceEnded, state: State) -> State:
    return replace(
        state,
        status=Status.ENDED,
        end_reason=event.reason,
        warning=None,
        answer_by=0,
        participants={},
        dials={},
        calls={},
        silenced=(),
        legs={},
        dropped_at={},
    )


# Coming and going


@applies
def _(event: e.ParticipantJoined, state: State) -> State:
    return _seat(state, event, connected=True)


@applies
def _(event: e.ParticipantAdmitted, state: State) -> State:
    return _seat(state, event, connected=event.connected)


def _seat(state: State, event: e.ParticipantJoined | e.ParticipantAdmitted, *, connected: bool) -> State:
    newcomer = Participant(
        id=event.participant,
        name=event.name,
        role=event.role,
        joined_at=event.at,
        entitled=event.entitled,
        web=event.web,
        phone=event.phone,
        connected=connected,
    )
    others = without(state.participants, event.participant)
    muted = event.phone and state.policy.mute_on_entry
    return replace(
        state,
        participants={**others, event.participant: newcomer},
        silenced=_silenced(state, event.participant) if muted else state.silenced,
        departed=without(state.departed, event.participant),
    )


@applies
def _(event: e.ParticipantReached, state: State) -> State:
    then = change(state, event.participant, web=event.web, phone=event.phone)
    if not event.web:
        then = change(then, event.participant, camera=False, screen=False, sound=False)
    if not event.phone:
        then = change(then, event.participant, microphone=False, held=False, line="good")
    return then


@applies
def _(event: e.ParticipantDropped, state: State) -> State:
    then = change(state, event.participant, connected=False)
    return replace(then, dropped_at={**state.dropped_at, event.participant: event.at})


@applies
def _(event: e.ParticipantReturned, state: State) -> State:
    then = change(state, event.participant, connected=True)
    return replace(then, dropped_at=without(state.dropped_at, event.participant))


@applies
def _(event: e.ParticipantRenamed, state: State) -> State:
    return change(state, event.participant, name=event.name)


@applies
def _(event: e.ParticipantLeft, state: State) -> State:
    gone = state.participants[event.participant]
    memory = Departed(
        role=gone.role,
        removed=event.reason in (LeftReason.REMOVED, LeftReason.DENIED),
        account=state.accounts.get(gone.id, ""),
    )
    return replace(
        state,
        participants=without(state.participants, gone.id),
        spotlight="" if state.spotlight == gone.id else state.spotlight,
        captions=state.captions.without(gone.id),
        lead=without_lead_of(state, gone.id),
        departed={**state.departed, gone.id: memory},
        dropped_at=without(state.dropped_at, gone.id),
        silenced=_heard(state, gone.id),
        accounts=without(state.accounts, gone.id),
        legs={id: leg for id, leg in state.legs.items() if leg.participant != gone.id},
    )


@applies
def _(event: e.LegOpened, state: State) -> State:
    leg = Leg(
        participant=event.participant, kind=event.kind, account=event.account, presenter=event.presenter
    )
    accounts = {**state.accounts, event.participant: event.account} if event.account else state.accounts
    return replace(state, legs={**state.legs, event.leg: leg}, accounts=accounts)


@applies
def _(event: e.LegClosed, state: State) -> State:
    return replace(state, legs=without(state.legs, event.leg))


@applies
def _(event: e.RoleChanged, state: State) -> State:
    lead = without_lead_of(state, event.participant) if event.role is Role.GUEST else state.lead
    return replace(change(state, event.participant, role=event.role), lead=lead)


def without_lead_of(state: State, participant: ParticipantId) -> Lead | None:
    """Who left, or presents no more, leads nobody."""
    return None if state.lead and state.lead.by == participant else state.lead


# Sound and pictures


@applies
def _(event: e.MicrophoneMuted, state: State) -> State:
    then = change(state, event.participant, microphone=False)
    return (
        then if event.by == event.participant else replace(then, silenced=_silenced(state, event.participant))
    )


@applies
def _(event: e.MicrophoneUnmuted, state: State) -> State:
    then = change(state, event.participant, microphone=True)
    return replace(then, silenced=_heard(state, event.participant))


@applies
def _(event: e.UnmuteAsked, state: State) -> State:
    return replace(state, silenced=_heard(state, event.to))


def _silenced(state: State, participant: ParticipantId) -> tuple[ParticipantId, ...]:
    return (*_heard(state, participant), participant)


def _heard(state: State, participant: ParticipantId) -> tuple[ParticipantId, ...]:
    return tuple(id for id in state.silenced if id != participant)


@applies
def _(event: e.CameraStarted, state: State) -> State:
    return change(state, event.participant, camera=True)


@applies
def _(event: e.CameraStopped, state: State) -> State:
    return change(state, event.participant, camera=False)


@applies
def _(event: e.ScreenShared, state: State) -> State:
    return change(state, event.participant, screen=True, sound=event.sound)


@applies
def _(event: e.ScreenStopped, state: State) -> State:
    return change(state, event.participant, screen=False, sound=False)


# Hands and reactions


@applies
def _(event: e.HandRaised, state: State) -> State:
    return change(state, event.participant, hand=state.seq)


@applies
def _(event: e.HandLowered, state: State) -> State:
    return change(state, event.participant, hand=0)


@applies
def _(event: e.ReactionSent, state: State) -> State:
    return state
