"""Every command: what may be asked, and who may ask it (`needs`). A command never names its sender."""

from enum import Enum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.words import (
    BillingText,
    ChatFiles,
    Dialers,
    DropReason,
    IdOrEmpty,
    LegId,
    LegKind,
    Millis,
    Name,
    ParticipantId,
    Reaction,
    Role,
)


class Need(Enum):
    """Who may give a command that no participant may give."""

    SYSTEM = "system"


class Command(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Somebody asks; `rules.decide` answers with events or a refusal."""

    needs: ClassVar[Role | Need] = Role.GUEST


class JoinParticipant(Command, frozen=True, tag="participant.join"):
    """A seat's holder arrives, or comes back, by a new leg.

    `call`: one that we placed (`Dial.call`). Who was called need not knock, and comes in though it is locked
    or not open to callers.
    """

    needs: ClassVar[Role | Need] = Need.SYSTEM
    participant: ParticipantId
    name: Name
    leg: LegId
    kind: LegKind = LegKind.WEB
    account: str = ""
    entitled: bool = False
    presenter: bool = False
    """Is presenter, not guest, once let in."""
    tenant: BillingText = ""
    """On whose account they are here."""
    billing_code: BillingText = ""
    call: Annotated[str, Meta(max_length=32)] = ""


class RevokeAccount(Command, frozen=True, tag="account.revoke"):
    """Whoever is here by this account may no longer be."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    account: Annotated[str, Meta(min_length=1, max_length=150)]


class DropLeg(Command, frozen=True, tag="leg.drop"):
    """A leg's connection is gone. `seen_at`: since when, if its server has died."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    leg: LegId
    reason: DropReason
    seen_at: Millis = 0


class Tick(Command, frozen=True, tag="clock.tick"):
    """It is now: do what is due."""

    needs: ClassVar[Role | Need] = Need.SYSTEM


class LeaveConference(Command, frozen=True, tag="participant.leave"):
    needs: ClassVar[Role | Need] = Role.WAITING


class RenameParticipant(Command, frozen=True, tag="participant.rename"):
    """Oneself by default; a host may rename others."""

    needs: ClassVar[Role | Need] = Role.WAITING
    name: Name
    participant: IdOrEmpty = ""


class RemoveParticipant(Command, frozen=True, tag="participant.remove"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class AdmitParticipant(Command, frozen=True, tag="lobby.admit"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class AdmitAll(Command, frozen=True, tag="lobby.admit_all"):
    needs: ClassVar[Role | Need] = Role.HOST


class DenyParticipant(Command, frozen=True, tag="lobby.deny"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class SetRole(Command, frozen=True, tag="role.set"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId
    role: Role


class PassRole(Command, frozen=True, tag="role.pass"):
    """Make somebody host and step down oneself."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class MuteMicrophone(Command, frozen=True, tag="microphone.mute"):
    """Oneself by default; a host may mute others."""

    participant: IdOrEmpty = ""


class MuteAll(Command, frozen=True, tag="microphone.mute_all"):
    """Everyone but the hosts."""

    needs: ClassVar[Role | Need] = Role.HOST


class UnmuteMicrophone(Command, frozen=True, tag="microphone.unmute"):
    pass


class AskToUnmute(Command, frozen=True, tag="microphone.ask"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class StartCamera(Command, frozen=True, tag="camera.start"):
    pass


class StopCamera(Command, frozen=True, tag="camera.stop"):
    """Oneself by default; a host may stop others."""

    participant: IdOrEmpty = ""


class ShareScreen(Command, frozen=True, tag="screen.share"):
    sound: bool = False


class StopScreen(Command, frozen=True, tag="screen.stop"):
    """Oneself by default; a host may stop others."""

    participant: IdOrEmpty = ""


class RaiseHand(Command, frozen=True, tag="hand.raise"):
    pass


class LowerHand(Command, frozen=True, tag="hand.lower"):
    """Oneself by default; a host may lower others'."""

    participant: IdOrEmpty = ""


class LowerAllHands(Command, frozen=True, tag="hand.lower_all"):
    needs: ClassVar[Role | Need] = Role.HOST


class SendReaction(Command, frozen=True, tag="reaction.send"):
    reaction: Reaction


class LockConference(Command, frozen=True, tag="conference.lock"):
    needs: ClassVar[Role | Need] = Role.HOST


class UnlockConference(Command, frozen=True, tag="conference.unlock"):
    needs: ClassVar[Role | Need] = Role.HOST


class StayInConference(Command, frozen=True, tag="conference.stay"):
    """The answer of a lone participant who was asked whether anybody is there."""


class EndConference(Command, frozen=True, tag="conference.end"):
    needs: ClassVar[Role | Need] = Role.HOST


class ChangePolicy(Command, frozen=True, tag="policy.change"):
    """What a host may change while the conference runs; unset means unchanged."""

    needs: ClassVar[Role | Need] = Role.HOST
    lobby: bool | None = None
    mute_on_entry: bool | None = None
    guests_share: bool | None = None
    chat_files: ChatFiles | None = None
    tones: bool | None = None
    callers_allowed: bool | None = None
    callers_unmute: bool | None = None
    dial_out: Dialers | None = None


MeetingCommand = (
    LeaveConference
    | RenameParticipant
    | RemoveParticipant
    | AdmitParticipant
    | AdmitAll
    | DenyParticipant
    | SetRole
    | PassRole
    | MuteMicrophone
    | MuteAll
    | UnmuteMicrophone
    | AskToUnmute
    | StartCamera
    | StopCamera
    | ShareScreen
    | StopScreen
    | RaiseHand
    | LowerHand
    | LowerAllHands
    | SendReaction
    | LockConference
    | UnlockConference
    | StayInConference
    | EndConference
    | ChangePolicy
)
"""What may come over a websocket."""

SystemCommand = JoinParticipant | RevokeAccount | DropLeg | Tick
"""What only the server asks."""
