"""Every command: what may be asked, and who may ask it (`needs`). A command never names its sender."""

from enum import Enum
from typing import ClassVar

from msgspec import Struct

from conferences.core.words import (
    ChatText,
    DropReason,
    LegId,
    LegKind,
    Name,
    Oneself,
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


class JoinParticipant(Command, tag="participant.join"):
    """A seat's holder arrives, or comes back, by a new leg."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    participant: ParticipantId
    name: Name
    leg: LegId
    kind: LegKind = LegKind.WEB
    account: str = ""
    entitled: bool = False


class DropLeg(Command, tag="leg.drop"):
    """A leg's connection is gone."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    leg: LegId
    reason: DropReason


class Tick(Command, tag="clock.tick"):
    """It is now: do what is due."""

    needs: ClassVar[Role | Need] = Need.SYSTEM


class LeaveConference(Command, tag="participant.leave"):
    needs: ClassVar[Role | Need] = Role.WAITING


class RenameParticipant(Command, tag="participant.rename"):
    """Oneself by default; a host may rename others."""

    needs: ClassVar[Role | Need] = Role.WAITING
    name: Name
    participant: ParticipantId | Oneself = ""


class RemoveParticipant(Command, tag="participant.remove"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class AdmitParticipant(Command, tag="lobby.admit"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class AdmitAll(Command, tag="lobby.admit_all"):
    needs: ClassVar[Role | Need] = Role.HOST


class DenyParticipant(Command, tag="lobby.deny"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class SetRole(Command, tag="role.set"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId
    role: Role


class PassRole(Command, tag="role.pass"):
    """Make somebody host and step down oneself."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class MuteMicrophone(Command, tag="microphone.mute"):
    """Oneself by default; a host may mute others."""

    participant: ParticipantId | Oneself = ""


class MuteAll(Command, tag="microphone.mute_all"):
    """Everyone but the hosts."""

    needs: ClassVar[Role | Need] = Role.HOST


class UnmuteMicrophone(Command, tag="microphone.unmute"):
    pass


class AskToUnmute(Command, tag="microphone.ask"):
    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class StartCamera(Command, tag="camera.start"):
    pass


class StopCamera(Command, tag="camera.stop"):
    """Oneself by default; a host may stop others."""

    participant: ParticipantId | Oneself = ""


class ShareScreen(Command, tag="screen.share"):
    sound: bool = False


class StopScreen(Command, tag="screen.stop"):
    """Oneself by default; a host may stop others."""

    participant: ParticipantId | Oneself = ""


class RaiseHand(Command, tag="hand.raise"):
    pass


class LowerHand(Command, tag="hand.lower"):
    """Oneself by default; a host may lower others'."""

    participant: ParticipantId | Oneself = ""


class LowerAllHands(Command, tag="hand.lower_all"):
    needs: ClassVar[Role | Need] = Role.HOST


class SendReaction(Command, tag="reaction.send"):
    reaction: Reaction


class SendChat(Command, tag="chat.send"):
    """To everyone in the room, or to one of them alone."""

    text: ChatText
    to: ParticipantId | Oneself = ""


class LockConference(Command, tag="conference.lock"):
    needs: ClassVar[Role | Need] = Role.HOST


class UnlockConference(Command, tag="conference.unlock"):
    needs: ClassVar[Role | Need] = Role.HOST


class StayInConference(Command, tag="conference.stay"):
    """The answer of a lone participant who was asked whether anybody is there."""


class EndConference(Command, tag="conference.end"):
    needs: ClassVar[Role | Need] = Role.HOST


class ChangePolicy(Command, tag="policy.change"):
    """What a host may change while the conference runs; unset means unchanged."""

    needs: ClassVar[Role | Need] = Role.HOST
    lobby: bool | None = None
    mute_on_entry: bool | None = None
    guests_share: bool | None = None


ClientCommand = (
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
    | SendChat
    | LockConference
    | UnlockConference
    | StayInConference
    | EndConference
    | ChangePolicy
)
"""What may come over a websocket."""

AnyCommand = ClientCommand | JoinParticipant | DropLeg | Tick
