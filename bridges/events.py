"""What a bridge tells. Adapters translate their vendor's words into these and no others; `truth.Truth` then
sees to it that each change is told once, whatever the vendor repeats, reorders or forgets."""

from msgspec import Struct

from bridges.types import EndCause, Leg, Quality, Room


class BridgeEvent(Struct, frozen=True, kw_only=True):
    pass


class BridgeUp(BridgeEvent, frozen=True, kw_only=True):
    """Connected, with all that is there now."""

    rooms: tuple[Room, ...] = ()
    waiting: tuple[Leg, ...] = ()
    """Legs in no room."""


class BridgeDown(BridgeEvent, frozen=True, kw_only=True):
    """The connection is gone; the adapter tries again by itself. Callers may still talk there."""

    reason: str


class RoomClosed(BridgeEvent, frozen=True, kw_only=True):
    room: str


class LegEvent(BridgeEvent, frozen=True, kw_only=True):
    leg: str


class LegArrived(LegEvent, frozen=True, kw_only=True):
    """A call that we are to lead."""

    info: Leg


class LegRinging(LegEvent, frozen=True, kw_only=True):
    pass


class LegAnswered(LegEvent, frozen=True, kw_only=True):
    """Of a call we placed."""

    codec: str = ""


class LegJoined(LegEvent, frozen=True, kw_only=True):
    """It is in a room, and heard there unless muted. Also of a call that we did not lead there."""

    info: Leg


class LegMuted(LegEvent, frozen=True, kw_only=True):
    """By whomever, also by the caller with the vendor's own menu."""

    muted: bool


class LegHeld(LegEvent, frozen=True, kw_only=True):
    """The phone put us on hold, or took us back."""

    held: bool


class LegTalking(LegEvent, frozen=True, kw_only=True):
    """`level` 0 to 9, 0: silent. Bridges that say only on and off give 5."""

    level: int


class LegDigit(LegEvent, frozen=True, kw_only=True):
    """One of 0-9*#."""

    digit: str


class LegPlayed(LegEvent, frozen=True, kw_only=True):
    """What `play` was asked for has ended (or was stopped); `play` is what it returned."""

    play: str


class LegRecorded(LegEvent, frozen=True, kw_only=True):
    """What `record` was asked for: signed 16 bit little endian, mono, 16 kHz; empty if nothing came."""

    sound: bytes


class LegLeft(LegEvent, frozen=True, kw_only=True):
    """It left its room, and the call goes on: we lead it again."""


class LegEnded(LegEvent, frozen=True, kw_only=True):
    """The call is over, or a placed call came to nothing."""

    cause: EndCause
    sip_code: int = 0
    q850: int = 0
    quality: Quality = Quality()


class LegMeasured(LegEvent, frozen=True, kw_only=True):
    quality: Quality


class CdrReady(LegEvent, frozen=True, kw_only=True):
    """The bridge's own record of a call (CEL, json_cdr, REST), to be compared with ours. Milliseconds since
    1970; 0: it did not happen. `raw` is kept for the admin, without secrets."""

    started_at: int
    answered_at: int
    ended_at: int
    cause: EndCause
    raw: dict[str, str]


class MediaLost(BridgeEvent, frozen=True, kw_only=True):
    """The bridge ended our media leg of `room`: it is to be attached again if the room still has callers."""

    room: str
    reason: str


AnyBridgeEvent = (
    BridgeUp | BridgeDown | RoomClosed | LegArrived | LegRinging | LegAnswered | LegJoined | LegMuted |
    LegHeld | LegTalking | LegDigit | LegPlayed | LegRecorded | LegLeft | LegEnded | LegMeasured | CdrReady |
    MediaLost
)  # fmt: skip
