"""The port to SIP and RTP: what the bridge needs of a stack, and nothing of how it does it. No SIP is
parsed here.

Everything but the sound of a `Line` belongs to the event loop. `baresip_stack.py` is the stack for real,
`synthetic.py` one without phones.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from msgspec import Struct

from bridges.types import EndCause, Quality


class Sound(NamedTuple):
    """The form of a line's sound now; 16 bit, little endian, interleaved."""

    rate: int
    channels: int


class Line(Protocol):
    """A call. Methods that end it are harmless when it is gone."""

    @property
    def name(self) -> str:
        """The stack's own: the SIP Call-ID."""

    @property
    def codec(self) -> str:
        """Empty until sound flows."""

    async def answer(self) -> None: ...

    async def refuse(self) -> None:
        """Busy: what a caller is told whom we do not want."""

    async def hang_up(self) -> None: ...

    # By the mixer's thread: no method waits, or raises.

    def formats(self) -> tuple[Sound, Sound] | None:
        """From the phone, to the phone; None: there is no sound (any more, or yet)."""

    def read(self) -> bytes:
        """All that came since."""

    def write(self, pcm: bytes) -> None: ...


class Arrived(Struct, frozen=True):
    """Somebody calls: `answer` or `refuse`. Numbers as the network gave them."""

    line: Line
    caller: str
    caller_name: str
    dialled: str


class Ringing(Struct, frozen=True):
    line: Line


class Established(Struct, frozen=True):
    line: Line


class Pressed(Struct, frozen=True):
    """One of 0-9*#."""

    line: Line
    digit: str

    def __repr__(self) -> str:
        return "Pressed(…)"


class Held(Struct, frozen=True):
    line: Line
    held: bool


class Measured(Struct, frozen=True):
    line: Line
    quality: Quality


class Closed(Struct, frozen=True):
    """Over; `cause` is the network's or the peer's reason."""

    line: Line
    cause: EndCause
    sip_code: int = 0
    quality: Quality = Quality()


class Registered(Struct, frozen=True):
    """At the trunk, or no more; `reason` holds no secret."""

    works: bool
    reason: str = ""


class Died(Struct, frozen=True):
    """The stack is beyond repair: the process has to be started anew."""


StackEvent = Arrived | Ringing | Established | Pressed | Held | Measured | Closed | Registered | Died


class SipStack(Protocol):
    async def start(self, tell: Callable[[StackEvent], None]) -> None:
        """Raises StackFailed if it cannot be. A trunk that does not answer is tried again and again."""

    async def stop(self) -> None: ...

    async def dial(self, number: str, caller_id: str) -> Line:
        """Digits, maybe with a leading +. Raises StackFailed."""


class StackFailed(Exception):
    """For admins and logs, without secrets."""
