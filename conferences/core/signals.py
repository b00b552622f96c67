"""Every signal: passing things that are told but not kept."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from conferences.core.board import ShapeId
from conferences.core.figures import Colour, Width
from conferences.core.slides import DocumentId, PageNumber, Spot
from conferences.core.words import ParticipantId

Sdp = Annotated[str, Meta(min_length=1, max_length=190_000)]
Level = Annotated[int, Meta(ge=0, le=9)]


class Signal(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """A passing thing: told, not kept."""

    may_be_lost: ClassVar[bool] = False
    """A reader who is behind is spared it; the next one, or an event, makes up for it."""


class Ping(Signal, frozen=True, tag="ping"):
    """A browser's heartbeat."""


class MediaOffer(Signal, frozen=True, tag="media.offer"):
    """A browser's one offer for a new PeerConnection."""

    sdp: Sdp


class MediaView(Signal, frozen=True, tag="media.view"):
    """What a browser wants to see: how many videos at most, whose first, and how many of those are large.

    All others are small then; without a number all are of one size.
    """

    videos: Annotated[int, Meta(ge=0, le=25)]
    first: Annotated[list[ParticipantId], Meta(max_length=25)] = []
    large: Annotated[int, Meta(ge=0, le=25)] | None = None


class PenMoved(Signal, frozen=True, tag="pen.moved"):
    """A figure is being drawn: what it will be, and the points since the last such signal. Of kinds that have
    two ends, the first and the last point count."""

    document: DocumentId
    page: PageNumber
    shape: ShapeId
    kind: Literal["stroke", "highlight", "line", "arrow", "rectangle", "ellipse"]
    colour: Colour
    width: Width
    points: Annotated[tuple[Spot, ...], Meta(min_length=2, max_length=400)]


class PointerMoved(Signal, frozen=True, tag="pointer.moved"):
    """A laser pointer: seen for a moment."""

    document: DocumentId
    page: PageNumber
    x: Spot
    y: Spot


class Pong(Signal, frozen=True, tag="pong"):
    pass


class MediaAnswer(Signal, frozen=True, tag="media.answer"):
    sdp: str


class MediaRefused(Signal, frozen=True, tag="media.refused"):
    """The offer could not be used; `code` says why, for the log of a developer."""

    code: str


class MediaFailed(Signal, frozen=True, tag="media.failed"):
    """The server lost the browser's media: connect again."""


class Slot(Struct, frozen=True):
    """What arrives on one receiving line of a browser's PeerConnection; nobody: empty. All callers together
    are the participant `phone`."""

    mid: str
    participant: str
    source: Literal["microphone", "camera", "screen", "screen_audio", "phone"]


class MediaSlots(Signal, frozen=True, tag="media.slots"):
    slots: list[Slot]


class SpeakingLevels(Signal, frozen=True, tag="speaking.levels"):
    """Who speaks now, and how loud; who is not named is silent."""

    levels: dict[ParticipantId, Level]


class NetworkQuality(Signal, frozen=True, tag="network.quality"):
    participant: ParticipantId
    quality: Literal["good", "poor", "lost"]


class CallsOffered(Signal, frozen=True, tag="calls.offered"):
    """Whether phones can be called from here, from now on; who may do so, the policy says."""

    offered: bool


class ServerLeaving(Signal, frozen=True, tag="server.leaving"):
    """This server goes away: come back in a moment, with your seat."""


class Motion(Struct, frozen=True):
    """What a drawer's pen or pointer did."""

    participant: ParticipantId
    move: PenMoved | PointerMoved


class DrawingMotion(Signal, frozen=True, tag="drawing.motion"):
    """What pens and pointers did lately, everybody's in one."""

    may_be_lost: ClassVar[bool] = True
    motions: list[Motion]


ClientSignal = Ping | MediaOffer | MediaView | PenMoved | PointerMoved
ServerSignal = (
    Pong
    | MediaAnswer
    | MediaRefused
    | MediaFailed
    | MediaSlots
    | SpeakingLevels
    | NetworkQuality
    | CallsOffered
    | ServerLeaving
    | DrawingMotion
)
