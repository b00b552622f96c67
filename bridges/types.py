"""The vocabulary of phones: what every adapter and everything above them speak of."""

from enum import StrEnum

from msgspec import Struct


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class LegState(StrEnum):
    """Where a call is, as its bridge knows it."""

    DIALING = "dialing"
    RINGING = "ringing"
    ARRIVED = "arrived"
    """Answered, in no room yet: it hears prompts, or music."""
    JOINED = "joined"
    HELD = "held"


class EndCause(StrEnum):
    """Why a call ended, or never came about."""

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


class Capabilities(Struct, frozen=True):
    """What a bridge can. What it cannot, raises `NotSupported`, and the page does not offer."""

    answer: bool = True
    """Calls arrive without a room and are led by us: prompts, digits, then `join`. If not, callers come into
    rooms by the vendor's own menu."""
    dial_out: bool = True
    mute: bool = True
    deafen: bool = True
    hold: bool = True
    lock: bool = False
    """The bridge itself can lock a room. Ours is always kept at our own door."""
    transfer: bool = True
    talkers: bool = True
    dtmf: bool = True
    records: bool = False
    """It reports call records (`CdrReady`)."""
    quality: bool = False
    listens: bool = False
    """It gives us what a caller says before they are in a room (`record`)."""
    volume: bool = False
    """It can make everybody else louder and quieter for one call (`set_volume`)."""
    codecs: tuple[str, ...] = ("PCMU", "PCMA")
    max_legs: int | None = None


class Leg(Struct, frozen=True):
    """One phone call as a bridge knows it. `leg` is ours: a UUID for calls we placed, else made by the
    adapter when the call arrived, and told the bridge so that it survives our restart where the bridge can
    keep it. `vendor` is the bridge's own name of it (channel, member). Numbers are E.164 or what the network
    gave."""

    leg: str
    vendor: str
    state: LegState
    direction: Direction
    caller: str = ""
    caller_name: str = ""
    dialled: str = ""
    room: str = ""
    muted: bool = False
    held: bool = False
    talking: bool = False


class Room(Struct, frozen=True):
    """A room of a bridge: `room` is the access code of one of our rooms. Legs are phones only: our own media
    leg, announcers and recorders are left out by the adapter."""

    room: str
    locked: bool = False
    legs: tuple[Leg, ...] = ()


class Health(Struct, frozen=True):
    """`answer` is plain words for an admin (never a secret): what is wrong, or what was found."""

    works: bool
    answer: str
    latency_ms: float = 0.0


class Quality(Struct, frozen=True):
    """Of the sound from and to a phone. `mos` 1 to 4.5 (ITU-T G.107), 0: unknown."""

    mos: float = 0.0
    loss_percent: float = 0.0
    jitter_ms: float = 0.0
    codec: str = ""
