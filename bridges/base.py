"""One interface for all audio bridges. docs/phones.md says how the parts play together.

A bridge mixes its own callers: each hears all others and not himself. We are in each of its rooms with
exactly one media leg, which carries everybody else.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, Literal, Protocol

from msgspec import Struct

from bridges.errors import BridgeError, NotSupported
from bridges.events import AnyBridgeEvent
from bridges.types import Capabilities, EndCause, Health

SAMPLE_RATE = 16_000
FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS // 1000
FRAME_BYTES = 2 * FRAME_SAMPLES
LONGEST_RECORDED_S = 5
"""Sound between bridges and conferences: signed 16 bit little endian, mono, 16 kHz, 20 ms."""


class MediaLeg(ABC):
    """Our end of the sound of one room. Used by the mixer's thread: no method waits or raises."""

    @abstractmethod
    def push(self, frame: bytes) -> None:
        """FRAME_BYTES for the callers; called every 20 ms, also with silence."""

    @abstractmethod
    def pull(self) -> bytes | None:
        """The callers' next FRAME_BYTES; None: nothing came. Holds back at most 40 ms, and evens out the
        drift of clocks by itself."""

    @property
    @abstractmethod
    def stats(self) -> dict[str, int]:
        """`received, sent, lost, late, concealed, dropped` in frames."""

    @abstractmethod
    def close(self) -> None:
        """Ends the sound here; what it means to the bridge is `detach_media`."""


class Call(Struct, frozen=True):
    """A call to be placed. `leg` is ours (`uuid4().hex`); `number` as `numbers.dialable` gives it: digits,
    maybe with a leading +."""

    leg: str
    number: str
    caller_id: str = ""
    timeout_s: int = 45


async def health_of(look: Awaitable[str]) -> Health:
    """What a look around found, or why it found nothing."""
    began = monotonic()
    try:
        answer = await look
    except BridgeError as error:
        return Health(works=False, answer=str(error))
    return Health(works=True, answer=answer, latency_ms=(monotonic() - began) * 1000)


class AudioBridge(ABC):
    """An adapter. `type` is its folder's name; `key` names the configured bridge (at most 32 of [a-z0-9-]).

    Commands raise `errors.BridgeError`s. Values from outside are refused with InvalidValue unless the
    protocol carries them safely. `leg` and `room` are ours everywhere. What a command changes is told by
    events too: if the vendor tells nothing, the adapter does.
    """

    type: ClassVar[str]
    capabilities: Capabilities

    def __init__(self, key: str, config: Any) -> None:
        """`config` is the folder's `Config` struct, as an admin filled it in."""
        self.key = key
        self.config = config

    @abstractmethod
    async def start(self) -> None:
        """Connects in the background and goes on trying, with growing pauses. Does not raise because nobody
        is there."""

    @abstractmethod
    async def stop(self) -> None:
        """Leaves callers and rooms as they are where the bridge lives on without us."""

    @abstractmethod
    async def check(self) -> Health:
        """Once, by an own connection if need be: for *Test connection*."""

    @abstractmethod
    def events(self) -> AsyncIterator[AnyBridgeEvent]:
        """One ordered stream, for one reader. Begins with BridgeUp or BridgeDown."""

    # Calls

    @abstractmethod
    async def dial(self, call: Call) -> None:
        """Returns when queued; LegRinging, LegAnswered, LegEnded follow. Once answered it is led like a call
        that arrived."""

    @abstractmethod
    async def hang_up(self, leg: str, cause: EndCause = EndCause.NORMAL) -> None:
        """Also of a call that rings. Harmless when it is gone."""

    @abstractmethod
    async def play(self, leg: str, sounds: Sequence[Path], *, loop: bool = False) -> str:
        """Sound files (WAV, mono, 16 bit, 16 or 8 kHz) one after the other, instead of what was playing.
        Returns an id; LegPlayed follows. Digits come meanwhile and do not stop it."""

    @abstractmethod
    async def stop_playing(self, leg: str) -> None:
        """Silence."""

    async def record(self, leg: str) -> None:
        """What the caller says from now on, LONGEST_RECORDED_S at most; LegRecorded follows. Instead of what
        was being recorded, of which nothing follows. Not in a room. Raises NotSupported."""
        raise NotSupported("listens")

    async def stop_recording(self, leg: str) -> None:
        """It is enough: LegRecorded follows at once. Harmless if nothing is recorded."""
        raise NotSupported("listens")

    @abstractmethod
    async def join(self, leg: str, room: str, *, muted: bool = False) -> None:
        """Into a room, which is made if need be. LegJoined follows."""

    @abstractmethod
    async def leave(self, leg: str) -> None:
        """Out of its room: to wait, with whatever is played then. LegLeft follows."""

    @abstractmethod
    async def set_muted(self, leg: str, muted: bool) -> None: ...

    @abstractmethod
    async def set_deaf(self, leg: str, deaf: bool) -> None: ...

    async def set_volume(self, leg: str, db: int) -> None:
        """How loud this call hears everybody else, announcements and what is played to it in a room; outside
        of rooms too where the vendor can. `db` is one of `Loudness`: -6, 0 (as it was), 6 or 12 decibels; the
        nearest that the vendor has, 2 dB off at most, and what becomes too loud for 16 bit is clipped.

        In force at once, or from the next room on, and as long as the call lasts: through rooms, through our
        connection's breaks, and beyond this adapter where the bridge lives on, so that who leads a call that
        they found says what it is to be. The only change that is not told by an event: nobody else is
        concerned. Raises NotSupported, LegGone."""
        raise NotSupported("volume")

    # Rooms

    @abstractmethod
    async def announce(self, room: str, sounds: Sequence[Path]) -> None:
        """To all callers of a room."""

    @abstractmethod
    async def set_locked(self, room: str, locked: bool) -> None:
        """Raises NotSupported where only we can."""

    @abstractmethod
    async def close_room(self, room: str) -> None:
        """Whoever is in it is hung up on."""

    @abstractmethod
    async def attach_media(self, room: str) -> MediaLeg:
        """Ours in that room. Raises AlreadyAttached, MediaFailed."""

    @abstractmethod
    async def detach_media(self, room: str) -> None:
        """Harmless if it is not there."""


class InboundCall(Struct, frozen=True):
    """Who calls, as the network says. `dialled` chooses the number's language and brand."""

    bridge: str
    leg: str
    caller: str
    dialled: str


class Admit(Struct, frozen=True):
    """Into this room. `host`: the PIN was right. `name` is empty if the number's owner is not known;
    `language`, if it is not known which they speak; the rest is who pays, as seats have it."""

    room: int
    code: str
    host: bool = False
    presenter: bool = False
    name: str = ""
    language: str = ""
    account: str = ""
    tenant: str = ""
    billing_code: str = ""
    asks_billing_code: Literal["no", "optional", "mandatory"] = "no"
    asks_name: bool = False
    """They say who they are, where their bridge can listen."""


class Again(Struct, frozen=True):
    """Wrong, and another try is left."""


class Refuse(Struct, frozen=True):
    cause: EndCause


class InboundPolicy(Protocol):
    """Who may come in by phone; the same answer in the same time for every failure."""

    async def admit(self, call: InboundCall, *, code: str, pin: str = "") -> Admit | Again | Refuse:
        """`code` is what was pressed before `#`; `pin` is a host's."""
