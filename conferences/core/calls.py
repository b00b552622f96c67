"""Phone calls: who is on the phone, whom we call, and what is known of each call.

A caller is a participant like all others, with a leg of kind `phone`; their client is the server itself
(`bridges.caller`). Here stands what only calls have. Numbers are told nobody but the journal: `label` is what
people see (the name of the number's owner, or the number with its middle masked).
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, LegId, Line, Millis, Name, ParticipantId, Role

Number = Annotated[str, Meta(max_length=64)]
NameKey = Annotated[str, Meta(max_length=32, pattern="^[a-z0-9]*$")]
BridgeKey = Annotated[str, Meta(max_length=32, pattern="^[a-z0-9-]*$")]
Figure = Annotated[float, Meta(ge=0, le=100_000)]


class DialStatus(StrEnum):
    DIALING = "dialing"
    RINGING = "ringing"
    ANSWERED = "answered"
    """And not yet in the conference."""


class CallCause(StrEnum):
    """Why a call ended, or never came about. (`bridges.types.EndCause` has the same words.)"""

    NORMAL = "normal"
    KICKED = "kicked"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    INVALID_NUMBER = "invalid_number"
    FORBIDDEN = "forbidden"
    CONGESTION = "congestion"
    LOCKED = "locked"
    FULL = "full"
    BAD_PIN = "bad_pin"
    TIMEOUT = "timeout"
    MEDIA_LOST = "media_lost"
    BRIDGE_LOST = "bridge_lost"
    ERROR = "error"


class Dial(Struct, frozen=True):
    """A call we are placing. `to` is who asked to be called themselves; else empty."""

    call: LegId
    label: Name
    by: IdOrEmpty
    to: IdOrEmpty = ""
    status: DialStatus = DialStatus.DIALING


class Call(Struct, frozen=True):
    """A call that is in the conference; by it a server that took over finds its participant again.
    `origin` is who the caller came in as, before they were merged with somebody. Nobody's (`participant` is
    empty): it is being hung up."""

    participant: IdOrEmpty
    origin: ParticipantId
    bridge: BridgeKey
    name: Name
    held: bool = False
    quality: Line = "good"


# Commands


class DialOut(Command, frozen=True, tag="call.dial"):
    """`to_me`: the asker's own phone, that is from then on their sound; a guest may ask only that, if the
    policy lets them."""

    needs: ClassVar[Role | Need] = Role.GUEST
    number: Annotated[str, Meta(min_length=2, max_length=40)]
    name: Annotated[str, Meta(max_length=60)] = ""
    to_me: bool = False


class CancelDial(Command, frozen=True, tag="call.cancel"):
    """Hosts, and who asked for it."""

    call: LegId


class MergeCall(Command, frozen=True, tag="call.merge"):
    """The caller `participant` is the same person as `into`, who is here by web."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId
    into: ParticipantId


class SplitCall(Command, frozen=True, tag="call.split"):
    """They are two after all. Hosts, and oneself. `hang_up`: or rather one, who wants to be on the phone no
    longer; so it is, too, if the phone never was anybody else."""

    participant: IdOrEmpty = ""
    hang_up: bool = False


class HoldInLobby(Command, frozen=True, tag="lobby.hold"):
    """Back to those who wait; by web or by phone."""

    needs: ClassVar[Role | Need] = Role.HOST
    participant: ParticipantId


class PlaceCall(Command, frozen=True, tag="call.place"):
    """What becomes of `call.asked` once `bridges` has allowed the number, given it a `call` (a UUID in hex)
    and a masked `label`."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: LegId
    bridge: BridgeKey
    number: Number
    label: Name
    by: ParticipantId
    to: IdOrEmpty = ""


class ReportDial(Command, frozen=True, tag="call.progress"):
    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: LegId
    status: DialStatus


class FailDial(Command, frozen=True, tag="call.fail"):
    """`call` is empty if the number may not be called at all."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: Annotated[str, Meta(max_length=32)]
    cause: CallCause
    label: Annotated[str, Meta(max_length=60)] = ""
    by: IdOrEmpty = ""
    sip_code: Annotated[int, Meta(ge=0, le=999)] = 0


class BeginCall(Command, frozen=True, tag="call.begin"):
    """Right after `participant.join` of a phone leg. `leg` is that leg; `call` the bridge's (ours, a
    UUID). `spoken_name`: the key of the name that they said, if they did."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    participant: ParticipantId
    leg: LegId
    call: LegId
    bridge: BridgeKey
    direction: Literal["in", "out"]
    caller: Number = ""
    dialled: Number = ""
    started_at: Millis = 0
    answered_at: Millis = 0
    spoken_name: NameKey = ""


class ReportHold(Command, frozen=True, tag="call.hold"):
    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: LegId
    held: bool


class ReportQuality(Command, frozen=True, tag="call.measure"):
    """Told only when it changes."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: LegId
    quality: Line


class EndCall(Command, frozen=True, tag="call.end"):
    """The phone is gone, and its participant with it, unless they are here by web too."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    call: LegId
    cause: CallCause
    sip_code: Annotated[int, Meta(ge=0, le=999)] = 0
    q850: Annotated[int, Meta(ge=0, le=255)] = 0
    codec: Annotated[str, Meta(max_length=32)] = ""
    mos: Figure = 0.0
    loss_percent: Figure = 0.0
    jitter_ms: Figure = 0.0


CallCommand = DialOut | CancelDial | MergeCall | SplitCall | HoldInLobby
CallServerCommand = PlaceCall | ReportDial | FailDial | BeginCall | ReportHold | ReportQuality | EndCall


# Events


class CallAsked(Event, frozen=True, kw_only=True, tag="call.asked"):
    """Somebody wants a number called; bridges answer with `call.placed` or `call.failed`."""

    heard_by: ClassVar[Audience] = Audience.SERVER
    participant: ParticipantId
    number: Number
    name: Annotated[str, Meta(max_length=60)]
    to_me: bool


class CallPlaced(Event, frozen=True, kw_only=True, tag="call.placed"):
    heard_by: ClassVar[Audience] = Audience.SERVER
    call: LegId
    bridge: BridgeKey
    number: Number
    by: ParticipantId


class CallDialed(Event, frozen=True, kw_only=True, tag="call.dialed"):
    """The part of `call.placed` that people are told."""

    call: LegId
    label: Name
    by: IdOrEmpty
    to: IdOrEmpty


class CallProgressed(Event, frozen=True, kw_only=True, tag="call.progressed"):
    call: LegId
    status: DialStatus


class CallFailed(Event, frozen=True, kw_only=True, tag="call.failed"):
    """Also a number that may not be called (then `call` is empty), and one that was cancelled: then bridges
    hang up. `by` asked for it, and `to_me` says that it was their own phone."""

    call: Annotated[str, Meta(max_length=32)]
    label: Annotated[str, Meta(max_length=60)]
    cause: CallCause
    by: IdOrEmpty
    to_me: bool = False
    sip_code: int = 0


class CallConnected(Event, frozen=True, kw_only=True, tag="call.connected"):
    """Who was called is here."""

    call: LegId
    participant: ParticipantId


class CallBegan(Event, frozen=True, kw_only=True, tag="call.began"):
    heard_by: ClassVar[Audience] = Audience.SERVER
    participant: ParticipantId
    leg: LegId
    call: LegId
    bridge: BridgeKey
    direction: Literal["in", "out"]
    caller: Number
    dialled: Number
    started_at: Millis
    answered_at: Millis


class CallNamed(Event, frozen=True, kw_only=True, tag="call.named"):
    """A caller has said their name; by its `key` hosts hear it."""

    heard_by: ClassVar[Audience] = Audience.HOSTS
    participant: ParticipantId
    key: NameKey


class CallHeld(Event, frozen=True, kw_only=True, tag="call.held"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    call: LegId
    held: bool


class CallMeasured(Event, frozen=True, kw_only=True, tag="call.measured"):
    heard_by: ClassVar[Audience] = Audience.WITNESSES
    participant: ParticipantId
    call: LegId
    quality: Line


class CallMerged(Event, frozen=True, kw_only=True, tag="call.merged"):
    """`participant` is no longer in the roster; their client comes back as `into`, with another phone leg.
    Also they hear it."""

    participant: ParticipantId
    into: ParticipantId
    by: IdOrEmpty


class CallSplit(Event, frozen=True, kw_only=True, tag="call.split"):
    """`participant` is here by web alone; their phone's client comes back as `origin`, who is seated again
    by the events that follow. No `origin`: it hangs up."""

    participant: ParticipantId
    origin: IdOrEmpty
    by: IdOrEmpty


class ParticipantHeldBack(Event, frozen=True, kw_only=True, tag="lobby.held"):
    """Is out of everybody's sight; `participant.joined` follows at once, as of one who waits."""

    participant: ParticipantId
    by: IdOrEmpty


class CallEnded(Event, frozen=True, kw_only=True, tag="call.ended"):
    """The complete record of a call, with `call.began`."""

    heard_by: ClassVar[Audience] = Audience.SERVER
    participant: ParticipantId
    call: LegId
    cause: CallCause
    sip_code: int
    q850: int
    codec: str
    mos: float
    loss_percent: float
    jitter_ms: float


CallEvent = (
    CallAsked | CallPlaced | CallDialed | CallProgressed | CallFailed | CallConnected | CallBegan | CallNamed
    | CallHeld | CallMeasured | CallMerged | CallSplit | ParticipantHeldBack | CallEnded
)  # fmt: skip
