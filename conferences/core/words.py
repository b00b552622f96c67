"""The vocabulary that messages and state share: bounded field types and small closed sets."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

ParticipantId = Annotated[str, Meta(min_length=1, max_length=32, pattern="^[A-Za-z0-9_-]+$")]
IdOrEmpty = Annotated[str, Meta(max_length=32, pattern="^[A-Za-z0-9_-]*$")]
"""A participant, or empty: the asker in a command, the server in `by`, everyone in a chat's `to`."""
BillingText = Annotated[str, Meta(max_length=64)]
"""A customer's or project's code, as the site's own books have it; empty: none."""
LegId = Annotated[str, Meta(min_length=1, max_length=32)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Millis = Annotated[int, Meta(ge=0)]
"""Milliseconds since the epoch."""
Seq = Annotated[int, Meta(ge=1)]
"""The number of an event, and so the id of what it brought."""
Seconds = Annotated[int, Meta(ge=0, le=7 * 86_400)]
Line = Literal["good", "poor"]
"""How well a phone is heard."""

SYSTEM = ""
"""Who asks when no participant does: the server itself, its clock, its admin."""


class Role(StrEnum):
    """What a participant may do; each role may do all that the ones before it may."""

    WAITING = "waiting"
    GUEST = "guest"
    PRESENTER = "presenter"
    HOST = "host"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {role: rank for rank, role in enumerate(Role)}


class Status(StrEnum):
    """Where a conference is: before its host came, running, over."""

    WAITING = "waiting"
    OPEN = "open"
    ENDED = "ended"


class LegKind(StrEnum):
    WEB = "web"
    PHONE = "phone"


class LeftReason(StrEnum):
    """Why a participant is no longer there."""

    LEFT = "left"
    LOST = "lost"
    REMOVED = "removed"
    DENIED = "denied"
    REVOKED = "revoked"
    """Whoever vouched for them does so no longer."""
    ENDED = "ended"


class DropReason(StrEnum):
    """Why a leg ended."""

    LEFT = "left"
    NETWORK = "network"
    REPLACED = "replaced"
    SERVER = "server"


class EndReason(StrEnum):
    """Why a conference ended."""

    HOST = "host"
    ADMIN = "admin"
    EMPTY = "empty"
    LONE = "lone"
    NO_HOST = "no_host"
    HOST_LEFT = "host_left"
    LENGTH = "length"


class HostLeaves(StrEnum):
    """What becomes of a conference whose last host left."""

    END = "end"
    END_LATER = "end_later"
    CARRY_ON = "carry_on"


class Reaction(StrEnum):
    THUMBS_UP = "thumbs_up"
    APPLAUSE = "applause"
    HEART = "heart"
    LAUGH = "laugh"
    SURPRISE = "surprise"
    CELEBRATE = "celebrate"
    THUMBS_DOWN = "thumbs_down"


class ChatFiles(StrEnum):
    """Who may send files in the chat."""

    EVERYONE = "everyone"
    PRESENTERS = "presenters"
    NOBODY = "nobody"


class RecordMode(StrEnum):
    """Whether conferences are recorded."""

    OFF = "off"
    ON_DEMAND = "on_demand"
    ALWAYS = "always"


class Part(StrEnum):
    """What of a conference may be recorded beside its sound."""

    CAMERAS = "cameras"
    SCREENS = "screens"
    SLIDES = "slides"
    """With what is drawn on them."""
    CHAT = "chat"
    POLLS = "polls"
    """And questions."""


class BillingAsked(StrEnum):
    """Whether a host is asked what the conference goes under in the books."""

    NO = "no"
    OPTIONAL = "optional"
    MANDATORY = "mandatory"


class Dialers(StrEnum):
    """Who may have phones called from a conference."""

    NOBODY = "nobody"
    HOSTS = "hosts"
    EVERYONE = "everyone"
    """Hosts whomever they like, all others themselves."""


class CallerEntry(StrEnum):
    """How it is heard that a caller comes in."""

    TONE = "tone"
    NAME = "name"
    NOTHING = "nothing"


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """How a room wants its conferences run; fixed when one begins, but for what a host may change."""

    lobby: bool = False
    start_without_host: bool = False
    mute_on_entry: bool = False
    guests_share: bool = True
    sharing: bool = True
    """Whether screens may be shared at all."""
    tones: bool = True
    """A soft tone tells who is inside that somebody came or went."""
    chat_kept: bool = True
    chat_files: ChatFiles = ChatFiles.EVERYONE
    callers_allowed: bool = True
    """People may come in by phone. Whom a host calls always may."""
    callers_unmute: bool = True
    """A caller whom somebody else muted may unmute themselves."""
    dial_out: Dialers = Dialers.HOSTS
    announce_callers: CallerEntry = CallerEntry.TONE
    recording: RecordMode = RecordMode.ON_DEMAND
    recorded: tuple[Part, ...] = tuple(Part)
    host_leaves: HostLeaves = HostLeaves.CARRY_ON
    host_leaves_after_s: Seconds = 600
    auto_lock_s: Seconds = 0
    seats: Annotated[int, Meta(ge=1, le=10_000)] = 100
    wait_for_host_s: Seconds = 15 * 60
    host_grace_s: Seconds = 60
    seat_s: Seconds = 60
    empty_s: Seconds = 60
    lone_s: Seconds = 10 * 60
    lone_answer_s: Seconds = 2 * 60
    length_s: Seconds = 24 * 3600
