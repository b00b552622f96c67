"""Every event: the facts of a conference, and who is told them (`heard_by`)."""

from enum import Enum
from typing import ClassVar

from msgspec import Struct

from conferences.core.words import (
    BillingText,
    DropReason,
    EndReason,
    IdOrEmpty,
    LeftReason,
    LegId,
    LegKind,
    Millis,
    Name,
    ParticipantId,
    Policy,
    Reaction,
    Role,
)


class Audience(Enum):
    """Who hears an event."""

    EVERYONE = "everyone"  # also those who wait
    ROOM = "room"  # all who were let in
    WITNESSES = "witnesses"  # all who can see the event's participant
    PAIR = "pair"  # the event's participant and the one addressed
    READERS = "readers"  # all who can read the event's line of chat
    PRESENTERS = "presenters"  # and hosts
    HOSTS = "hosts"
    COUNTERS = "counters"  # presenters and hosts; all who were let in once the poll's answers are shared
    ONESELF = "oneself"  # the event's participant alone
    SERVER = "server"  # nobody outside: the journal and the followers


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """A fact. `at` is when it became one."""

    heard_by: ClassVar[Audience] = Audience.ROOM
    at: Millis


class ConferenceCreated(Event, frozen=True, kw_only=True, tag="conference.created"):
    """Always the first event of a journal."""

    heard_by: ClassVar[Audience] = Audience.EVERYONE
    name: str
    policy: Policy


class ConferenceOpened(Event, frozen=True, kw_only=True, tag="conference.opened"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE


class ConferenceLocked(Event, frozen=True, kw_only=True, tag="conference.locked"):
    by: IdOrEmpty


class ConferenceUnlocked(Event, frozen=True, kw_only=True, tag="conference.unlocked"):
    by: IdOrEmpty


class PolicyChanged(Event, frozen=True, kw_only=True, tag="policy.changed"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    policy: Policy
    by: IdOrEmpty


class ConferenceWarned(Event, frozen=True, kw_only=True, tag="conference.warned"):
    """It will end, unless what is the reason goes away."""

    reason: EndReason
    ends_at: Millis


class WarningLifted(Event, frozen=True, kw_only=True, tag="conference.warning_lifted"):
    pass


class PresenceAsked(Event, frozen=True, kw_only=True, tag="conference.presence_asked"):
    """A lone participant is asked whether anybody is there."""

    answer_by: Millis


class PresenceConfirmed(Event, frozen=True, kw_only=True, tag="conference.presence_confirmed"):
    by: ParticipantId


class ConferenceEnded(Event, frozen=True, kw_only=True, tag="conference.ended"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    reason: EndReason
    by: IdOrEmpty = ""


class ParticipantJoined(Event, frozen=True, kw_only=True, tag="participant.joined"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    name: Name
    role: Role
    entitled: bool = False
    """May be host of this room by right."""
    phone: bool = False
    web: bool = True


class ParticipantAdmitted(Event, frozen=True, kw_only=True, tag="participant.admitted"):
    """Somebody who waited was let in; says all that others must know of a newcomer."""

    participant: ParticipantId
    name: Name
    role: Role
    entitled: bool
    phone: bool
    web: bool = True
    connected: bool = True
    by: IdOrEmpty


class ParticipantReached(Event, frozen=True, kw_only=True, tag="participant.reached"):
    """By what somebody is here from now on. Whose phone is gone is muted; whose page is gone shows
    nothing."""

    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    web: bool
    phone: bool


class ParticipantDropped(Event, frozen=True, kw_only=True, tag="participant.dropped"):
    """The last leg is gone; the seat is kept for a while."""

    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId


class ParticipantReturned(Event, frozen=True, kw_only=True, tag="participant.returned"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId


class ParticipantRenamed(Event, frozen=True, kw_only=True, tag="participant.renamed"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    name: Name
    by: IdOrEmpty


class ParticipantLeft(Event, frozen=True, kw_only=True, tag="participant.left"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    reason: LeftReason
    by: IdOrEmpty = ""


class LegOpened(Event, frozen=True, kw_only=True, tag="leg.opened"):
    heard_by: ClassVar[Audience] = Audience.SERVER
    participant: ParticipantId
    leg: LegId
    kind: LegKind
    account: str
    presenter: bool = False
    tenant: BillingText = ""
    """On whose account they are here."""
    billing_code: BillingText = ""


class LegClosed(Event, frozen=True, kw_only=True, tag="leg.closed"):
    heard_by: ClassVar[Audience] = Audience.SERVER
    participant: ParticipantId
    leg: LegId
    reason: DropReason
    seen_at: Millis = 0
    """When it was last known to be there, if its server died since; else 0."""


class RoleChanged(Event, frozen=True, kw_only=True, tag="role.changed"):
    participant: ParticipantId
    role: Role
    by: IdOrEmpty


class MicrophoneMuted(Event, frozen=True, kw_only=True, tag="microphone.muted"):
    participant: ParticipantId
    by: IdOrEmpty


class MicrophoneUnmuted(Event, frozen=True, kw_only=True, tag="microphone.unmuted"):
    participant: ParticipantId


class UnmuteAsked(Event, frozen=True, kw_only=True, tag="microphone.asked"):
    heard_by: ClassVar[Audience] = Audience.PAIR
    participant: ParticipantId
    to: ParticipantId


class CameraStarted(Event, frozen=True, kw_only=True, tag="camera.started"):
    participant: ParticipantId


class CameraStopped(Event, frozen=True, kw_only=True, tag="camera.stopped"):
    participant: ParticipantId
    by: IdOrEmpty


class ScreenShared(Event, frozen=True, kw_only=True, tag="screen.shared"):
    participant: ParticipantId
    sound: bool


class ScreenStopped(Event, frozen=True, kw_only=True, tag="screen.stopped"):
    participant: ParticipantId
    by: IdOrEmpty


class HandRaised(Event, frozen=True, kw_only=True, tag="hand.raised"):
    participant: ParticipantId


class HandLowered(Event, frozen=True, kw_only=True, tag="hand.lowered"):
    participant: ParticipantId
    by: IdOrEmpty


class ReactionSent(Event, frozen=True, kw_only=True, tag="reaction.sent"):
    participant: ParticipantId
    reaction: Reaction


MeetingEvent = (
    ConferenceCreated
    | ConferenceOpened
    | ConferenceLocked
    | ConferenceUnlocked
    | PolicyChanged
    | ConferenceWarned
    | WarningLifted
    | PresenceAsked
    | PresenceConfirmed
    | ConferenceEnded
    | ParticipantJoined
    | ParticipantAdmitted
    | ParticipantReached
    | ParticipantDropped
    | ParticipantReturned
    | ParticipantRenamed
    | ParticipantLeft
    | LegOpened
    | LegClosed
    | RoleChanged
    | MicrophoneMuted
    | MicrophoneUnmuted
    | UnmuteAsked
    | CameraStarted
    | CameraStopped
    | ScreenShared
    | ScreenStopped
    | HandRaised
    | HandLowered
    | ReactionSent
)
"""What a journal holds."""
