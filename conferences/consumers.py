"""The websocket of a participant: a plain ASGI application, the edge of the protocol (docs/protocol.md).

It checks what comes in and hands it to the conference's door. What goes out is written by the hub. It is no
`channels` consumer because those cross into a thread for every message (docs/decisions.md).
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from django.conf import settings

from auth_gateway.seats import SeatRefused, seat_read
from conferences.core.commands import JoinParticipant
from conferences.core.messages import ClientCommand
from conferences.core.rules import Reason, Refused
from conferences.core.signals import ClientSignal, Ping, Pong
from conferences.core.words import DropReason
from conferences.doors import Door, Doors
from conferences.entering import Entrance, entrance
from conferences.hub import Socket
from conferences.journal import crossing
from conferences.pace import Pace
from conferences.ports import port_give_back
from conferences.sockets import Writer, frame, writer_of

MESSAGE_BYTES = 200_000
"""An offer is the largest message."""
HELLO_S = 10.0
SILENCE_S = 20.0
"""A browser says something at least every five seconds."""

GONE = 1000
MALFORMED = 4400
SEAT_REFUSED = 4401
JOIN_REFUSED = 4403
SILENT = 4408
OVER = 4410
TOO_LARGE = 4413
TOO_FAST = 4429
SERVER_LEAVES = 4412

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
"""What a browser can count to."""


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A browser's first message: its seat, and what it last heard of which conference."""

    seat: Annotated[str, msgspec.Meta(max_length=4000)]
    conference: Annotated[str, msgspec.Meta(max_length=22)] | None = None
    seq: Count | None = None


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Any later message: a command with the asker's own number for it, or a signal."""

    ref: Count = 0
    command: ClientCommand | None = None
    signal: ClientSignal | None = None


_decode_hello = msgspec.json.Decoder(Hello).decode
_decode_asked = msgspec.json.Decoder(Asked).decode
_encode = msgspec.json.encode
_NO_MESSAGE = (msgspec.DecodeError, RecursionError)
"""What decoding raises: also for what is well-formed, but no message of ours, or nested without end."""


class Closed(Exception):
    """The connection is to end, with this close code, or has ended."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


Receive = Callable[[], Awaitable[dict[str, Any]]]


class ConferenceSocket:
    """`ConferenceSocket(doors, now)` is the ASGI application."""

    def __init__(self, doors: Doors, now: Callable[[], int]) -> None:
        self._doors = doors
        self._now = now

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Any) -> None:
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        await Conversation(self._doors, self._now, receive, writer_of(send)).hold()


class Conversation:
    """One websocket, from its first message to its end."""

    def __init__(self, doors: Doors, now: Callable[[], int], receive: Receive, writer: Writer) -> None:
        self._doors = doors
        self._now = now
        self._receive = receive
        self._writer = writer
        self._pace = Pace()

    async def hold(self) -> None:
        code = SERVER_LEAVES
        try:
            await self._talk()
        except Closed as closed:
            code = closed.code
        finally:
            self._writer.close(code)

    async def _talk(self) -> None:
        """Until it is over. Raises Closed."""
        door, socket = await self._enter()
        try:
            while True:
                await self._answer(await self._next(SILENCE_S), door, socket)
        finally:
            door.drop(socket.leg, DropReason.NETWORK)

    async def _enter(self) -> tuple[Door, Socket]:
        try:
            hello = _decode_hello(await self._next(HELLO_S))
            seat = seat_read(hello.seat, settings.SECRET_KEY.encode(), self._now())
        except _NO_MESSAGE:
            self._refuse(Reason.MALFORMED)
            raise Closed(MALFORMED) from None
        except SeatRefused:
            self._refuse(Reason.SEAT_INVALID)
            raise Closed(SEAT_REFUSED) from None
        socket = Socket(seat.participant, secrets.token_urlsafe(12), self._writer)
        join = JoinParticipant(
            participant=seat.participant,
            name=seat.name,
            leg=socket.leg,
            account=seat.account,
            entitled=seat.entitled,
            presenter=seat.presenter,
            tenant=seat.tenant,
            billing_code=seat.billing_code,
        )
        try:
            entered = await crossing(entrance)(seat, wanted=hello.conference, now=self._now())
            door = await self._come_in(entered, join, socket, hello)
        except Refused as refused:
            self._refuse(refused.reason)
            raise Closed(_CLOSE_CODES.get(refused.reason, JOIN_REFUSED)) from None
        return door, socket

    async def _come_in(self, entered: Entrance, join: JoinParticipant, socket: Socket, hello: Hello) -> Door:
        try:
            door = await self._doors.open(entered.conference)
            await self._take_seat(door, join, socket, hello)
        except Refused:
            if entered.took_port:
                await crossing(port_give_back)(conference=entered.conference, participant=join.participant)
            raise
        return door

    async def _take_seat(self, door: Door, join: JoinParticipant, socket: Socket, hello: Hello) -> None:
        try:
            await door.enter(join, socket, last_seq=hello.seq if hello.conference else None)
        except BaseException:  # cancelled, or not answered in time: the seat may yet be taken
            door.drop(socket.leg, DropReason.NETWORK)
            raise

    async def _next(self, patience_s: float) -> bytes:
        """The next message. Raises Closed."""
        try:
            async with asyncio.timeout(patience_s):
                message = await self._receive()
        except TimeoutError:
            raise Closed(SILENT) from None
        if message["type"] == "websocket.disconnect":
            raise Closed(GONE)
        content = message.get("text") or message.get("bytes") or ""
        encoded = content.encode() if isinstance(content, str) else content
        if len(encoded) > MESSAGE_BYTES:
            self._refuse(Reason.TOO_LARGE)
            raise Closed(TOO_LARGE)
        return encoded

    async def _answer(self, message: bytes, door: Door, socket: Socket) -> None:
        if not self._pace.allows(self._now()):
            if self._pace.is_hopeless:
                raise Closed(TOO_FAST)
            self._refuse(Reason.TOO_FAST)
            return
        try:
            asked = _decode_asked(message)
        except _NO_MESSAGE:
            self._refuse(Reason.MALFORMED)
            return
        try:
            if asked.command is not None:
                await door.submit(asked.command, by=socket.participant)
            elif isinstance(asked.signal, Ping):
                self._writer.write(_PONG)
            elif asked.signal is not None:
                await door.signal(asked.signal, by=socket.participant)
        except Refused as refused:
            self._refuse(refused.reason, asked.ref)

    def _refuse(self, reason: Reason, ref: int | None = None) -> None:
        about = {} if ref is None else {"ref": ref}
        self._writer.write(frame(_encode(about | {"refused": reason})))


_PONG = frame(_encode({"signal": Pong()}))

_CLOSE_CODES = {Reason.ENDED: OVER, Reason.BUSY: SERVER_LEAVES}
