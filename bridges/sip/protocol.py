"""The wire between the server and the bridge's process: JSON, one message a line, each of at most
`LONGEST_LINE` bytes.

    process: hello → server: proof → process: accepted, told BridgeUp, and from then on events;
    server: ask → process: done, or failed

Both prove that they know the secret, by HMAC-SHA256 over what the other made up. An undeclared field is an
error.
"""

import hashlib
import hmac
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct

from bridges import errors, events
from bridges.events import AnyBridgeEvent, BridgeEvent
from bridges.types import EndCause

VERSION = 3
LONGEST_LINE = 262_144
"""A snapshot of 250 calls fits, and so does a name that was recorded."""


class Message(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    pass


class Hello(Message, frozen=True, kw_only=True, tag="hello"):
    version: int
    nonce: str


class Proof(Message, frozen=True, kw_only=True, tag="proof"):
    version: int
    nonce: str
    proof: str
    watches: bool = False
    """Asks only how it is, and does not lead calls."""


class Accepted(Message, frozen=True, kw_only=True, tag="accepted"):
    proof: str


class Denied(Message, frozen=True, kw_only=True, tag="denied"):
    reason: str


# Commands: as the methods of `AudioBridge`


class Command(Message, frozen=True, kw_only=True):
    pass


class Dial(Command, frozen=True, kw_only=True, tag="dial"):
    leg: str
    number: str
    caller_id: str
    timeout_s: int


class HangUp(Command, frozen=True, kw_only=True, tag="hang_up"):
    leg: str
    cause: EndCause


class Play(Command, frozen=True, kw_only=True, tag="play"):
    """Done's `result` is the play's id."""

    leg: str
    sounds: tuple[str, ...]
    loop: bool


class StopPlaying(Command, frozen=True, kw_only=True, tag="stop_playing"):
    leg: str


class Record(Command, frozen=True, kw_only=True, tag="record"):
    leg: str


class StopRecording(Command, frozen=True, kw_only=True, tag="stop_recording"):
    leg: str


class Join(Command, frozen=True, kw_only=True, tag="join"):
    leg: str
    room: str
    muted: bool


class Leave(Command, frozen=True, kw_only=True, tag="leave"):
    leg: str


class SetMuted(Command, frozen=True, kw_only=True, tag="set_muted"):
    leg: str
    muted: bool


class SetDeaf(Command, frozen=True, kw_only=True, tag="set_deaf"):
    leg: str
    deaf: bool


class SetVolume(Command, frozen=True, kw_only=True, tag="set_volume"):
    leg: str
    db: Annotated[int, Meta(ge=-12, le=12)]


class Announce(Command, frozen=True, kw_only=True, tag="announce"):
    room: str
    sounds: tuple[str, ...]


class CloseRoom(Command, frozen=True, kw_only=True, tag="close_room"):
    room: str


class AttachMedia(Command, frozen=True, kw_only=True, tag="attach_media"):
    """RTP: L16, 16 kHz, payload type `PAYLOAD_TYPE`, from and to this port of the address the command comes
    from. Done's `result` is `address port` of the process's end."""

    room: str
    port: int


class DetachMedia(Command, frozen=True, kw_only=True, tag="detach_media"):
    room: str


class AskStatus(Command, frozen=True, kw_only=True, tag="status"):
    """Done's `result` is a `Status`, as JSON."""


class Status(Struct, frozen=True, kw_only=True):
    """How the process is. `busy`: the part of a core that mixing takes. `outdated`: there are other settings,
    which wait for the last call to end."""

    calls: int
    trunk_works: bool
    trunk_reason: str
    late_p99_ms: float
    busy: float
    outdated: bool = False


AnyCommand = (
    Dial | HangUp | Play | StopPlaying | Record | StopRecording | Join | Leave | SetMuted | SetDeaf |
    SetVolume | Announce | CloseRoom | AttachMedia | DetachMedia | AskStatus
)  # fmt: skip
PAYLOAD_TYPE = 96


class Ask(Message, frozen=True, kw_only=True, tag="ask"):
    ref: int
    command: AnyCommand


class Done(Message, frozen=True, kw_only=True, tag="done"):
    ref: int
    result: str = ""


class Failed(Message, frozen=True, kw_only=True, tag="failed"):
    """`error` is a class of `bridges.errors`."""

    ref: int
    error: str
    message: str = ""
    cause: EndCause = EndCause.ERROR


class Told(Message, frozen=True, kw_only=True, tag="told"):
    """An event of `bridges.events`, by the name of its class."""

    event: str
    body: Raw


ToServer = Hello | Accepted | Denied | Done | Failed | Told
ToProcess = Proof | Ask

EVENTS: dict[str, type[BridgeEvent]] = {
    event.__name__: event
    for event in vars(events).values()
    if isinstance(event, type) and issubclass(event, BridgeEvent)
}

_encoder = msgspec.json.Encoder()
_to_server = msgspec.json.Decoder(ToServer)
_to_process = msgspec.json.Decoder(ToProcess)


def encode(message: ToServer | ToProcess) -> bytes:
    return _encoder.encode(message) + b"\n"


def decode_to_server(line: bytes) -> ToServer:
    """Raises ProtocolError."""
    message: ToServer = _decoded(_to_server, line)
    return message


def decode_to_process(line: bytes) -> ToProcess:
    """Raises ProtocolError."""
    message: ToProcess = _decoded(_to_process, line)
    return message


def _decoded(decoder: "msgspec.json.Decoder[Any]", line: bytes) -> Any:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise errors.ProtocolError(str(error)) from None


def told(event: AnyBridgeEvent) -> Told:
    return Told(event=type(event).__name__, body=Raw(_encoder.encode(event)))


def event_of(message: Told) -> AnyBridgeEvent:
    """Raises ProtocolError."""
    kind = EVENTS.get(message.event)
    if kind is None:
        raise errors.ProtocolError(f"There is no event {message.event!r}.")
    event: AnyBridgeEvent = _decoded(msgspec.json.Decoder(kind), bytes(message.body))
    return event


def failed(ref: int, error: errors.BridgeError) -> Failed:
    cause = error.cause if isinstance(error, errors.DialFailed) else EndCause.ERROR
    return Failed(ref=ref, error=type(error).__name__, message=str(error), cause=cause)


def error_of(message: Failed) -> errors.BridgeError:
    """What the process raised; something it should not have raised is a ProtocolError."""
    if message.error == errors.DialFailed.__name__:
        return errors.DialFailed(message.cause, message.message)
    kind = getattr(errors, message.error, None)
    if not isinstance(kind, type) or not issubclass(kind, errors.BridgeError):
        return errors.ProtocolError(message.message)
    return kind(message.message)


def proof(secret: str, nonce: str, side: str) -> str:
    """`side` is who proves, so that nobody can send our own proof back."""
    return hmac.new(secret.encode(), f"{side}:{nonce}".encode(), hashlib.sha256).hexdigest()


def is_proof(given: str, secret: str, nonce: str, side: str) -> bool:
    return hmac.compare_digest(given.encode(), proof(secret, nonce, side).encode())
