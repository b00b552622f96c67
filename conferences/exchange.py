"""Between the processes of a farm, over the channel layer: one channel for every process, which hears the
group of its own name and that of every conference of which it has sockets. A commit is one message, however
many hear it.
"""

import asyncio
import contextlib
import hashlib
import itertools
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec

from conferences.core.commands import JoinParticipant
from conferences.core.hearing import Hearers
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.signals import ClientSignal, Motion, PenMoved, PointerMoved, ServerSignal
from conferences.core.words import DropReason
from conferences.hub import Announcement, Hub, Socket
from conferences.motions import Motions

logger = logging.getLogger(__name__)

REPLY_S = 5.0
RETRY_S = 1.0
OUTBOX = 10_000


class Layer(Protocol):
    """What we use of a `channels` layer."""

    async def new_channel(self) -> str: ...

    async def send(self, channel: str, message: dict[str, Any]) -> None: ...

    async def receive(self, channel: str) -> dict[str, Any]: ...

    async def group_send(self, group: str, message: dict[str, Any]) -> None: ...

    async def group_add(self, group: str, channel: str) -> None: ...

    async def group_discard(self, group: str, channel: str) -> None: ...


# What processes say to each other


class Enter(msgspec.Struct, frozen=True, tag="enter"):
    join: JoinParticipant
    last_seq: int | None


class Submit(msgspec.Struct, frozen=True, tag="submit"):
    command: AnyCommand
    by: str


class Signalled(msgspec.Struct, frozen=True, tag="signal"):
    signal: ClientSignal
    by: str


class Moved(msgspec.Struct, frozen=True, tag="moved"):
    """Pens and pointers moved; there is no answer."""

    motions: list[Motion]


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    leg: str
    reason: DropReason


Request = Enter | Submit | Signalled | Moved | Drop


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """A request, and where its answer goes; nowhere: nobody waits for one."""

    conference: str
    request: Request
    reply_to: str
    ref: int


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    ref: int
    refused: Reason | None = None
    text: bytes = b""
    """For who entered: the first thing to be told, and the number it ends with."""
    seq: int = 0


class Announced(msgspec.Struct, frozen=True, tag="announced"):
    announcement: Announcement


class Told(msgspec.Struct, frozen=True, tag="told"):
    conference: str
    signal: ServerSignal
    to: Hearers


class Closed(msgspec.Struct, frozen=True, tag="closed"):
    conference: str
    code: int


Message = Asked | Answer | Announced | Told | Closed

_encode = msgspec.json.encode
_decode = msgspec.json.Decoder(Message).decode


def group_of_server(server: str) -> str:
    """A server's name may hold anything, a group's may not."""
    return f"conference-server.{hashlib.sha256(server.encode()).hexdigest()[:32]}"


def group_of(conference: str) -> str:
    return f"conference.{conference}"


class Exchange:
    """This process's place in the farm. `answer` serves what other processes ask of conferences here."""

    def __init__(self, server: str, layer: Layer, hub: Hub) -> None:
        self._server = server
        self._channel = ""
        self._layer = layer
        self._hub = hub
        self._refs = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._outbox: asyncio.Queue[tuple[str, Message]] = asyncio.Queue(OUTBOX)
        self._tasks: set[asyncio.Task[None]] = set()
        self.motions = Motions[tuple[str, str]](self._pass_on)
        """By server and conference."""
        self._subscribing = asyncio.Lock()
        """A subscription given up for the last socket must not overtake the one of the next."""

    async def start(self, answer: Callable[[str, Request], Awaitable[tuple[bytes, int]]]) -> None:
        self._answer = answer
        self._channel = await self._layer.new_channel()
        await self._layer.group_add(group_of_server(self._server), self._channel)
        for work in (self._read(), self._write()):
            self._spawn(work)

    async def stop(self) -> None:
        """Everything published before goes out first."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REPLY_S):
                await self._outbox.join()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ask(self, server: str, conference: str, request: Request) -> Answer:
        """Raises Refused; BUSY when the server does not answer."""
        ref = next(self._refs)
        self._waiting[ref] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(REPLY_S):
                await self._group_send(
                    group_of_server(server), Asked(conference, request, self._channel, ref)
                )
                answer = await self._waiting[ref]
        except Exception:
            logger.exception("Server %s could not be asked.", server)
            raise Refused(Reason.BUSY) from None
        finally:
            del self._waiting[ref]
        if answer.refused is not None:
            raise Refused(answer.refused)
        return answer

    def publish(self, message: Announced | Told | Closed, conference: str) -> None:
        """To all processes that have sockets of this conference. Does not wait. What does not fit is lost:
        they notice the gap, and their sockets resume."""
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait((group_of(conference), message))

    def _pass_on(self, place: tuple[str, str], motions: list[Motion]) -> None:
        server, conference = place
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait((group_of_server(server), Asked(conference, Moved(motions), "", 0)))

    def drop(self, server: str, conference: str, request: Drop) -> None:
        """A socket is gone: say so, and forget the conference with the last one."""
        self._spawn(self._drop(server, conference, request))

    async def _drop(self, server: str, conference: str, request: Drop) -> None:
        async with self._subscribing:
            if not self._hub.sockets(conference):
                await self._layer.group_discard(group_of(conference), self._channel)
        with contextlib.suppress(Refused):  # it ended, or its server is gone and with it the leg
            await self.ask(server, conference, request)

    async def subscribe(self, conference: str) -> None:
        """Hear the conference from now on; the socket that wants it is in the hub already."""
        async with self._subscribing:
            await self._layer.group_add(group_of(conference), self._channel)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            logger.error("The exchange between servers failed.", exc_info=fault)

    async def _group_send(self, group: str, message: Message) -> None:
        await self._layer.group_send(group, {"type": "conference", "message": _encode(message)})

    async def _write(self) -> None:
        while True:
            group, message = await self._outbox.get()
            try:
                await self._group_send(group, message)
            except Exception:
                logger.exception("Other servers could not be told.")
            finally:
                self._outbox.task_done()

    async def _read(self) -> None:
        while True:
            try:
                received = await self._layer.receive(self._channel)
            except Exception:
                logger.exception("Other servers cannot be heard.")
                await asyncio.sleep(RETRY_S)
                continue
            try:
                self._take(_decode(received["message"]))
            except Exception:  # of a server with other code, say: its askers are refused in time
                logger.exception("A message of another server was not understood.")

    def _take(self, message: Message) -> None:
        match message:
            case Asked():
                self._spawn(self._serve(message))
            case Answer():
                self._settle(message)
            case Announced():
                self._hub.deliver(message.announcement)
            case Told():
                self._hub.signal(message.conference, message.signal, to=message.to)
            case Closed():
                self._hub.close(message.conference, message.code)

    def _settle(self, answer: Answer) -> None:
        waiting = self._waiting.get(answer.ref)
        if waiting and not waiting.done():
            waiting.set_result(answer)

    async def _serve(self, asked: Asked) -> None:
        try:
            text, seq = await self._answer(asked.conference, asked.request)
            answer = Answer(asked.ref, text=text, seq=seq)
        except Refused as refused:
            answer = Answer(asked.ref, refused=refused.reason)
        if asked.reply_to:
            await self._layer.send(asked.reply_to, {"type": "conference", "message": _encode(answer)})


class Broadcast:
    """Tells the sockets of this process, and every other process that has sockets of the conference."""

    def __init__(self, hub: Hub, exchange: Exchange) -> None:
        self._hub = hub
        self._exchange = exchange

    def deliver(self, announcement: Announcement) -> None:
        self._hub.deliver(announcement)
        self._exchange.publish(Announced(announcement), announcement.conference)

    def signal(self, conference: str, signal: ServerSignal, *, to: Hearers) -> None:
        self._hub.signal(conference, signal, to=to)
        self._exchange.publish(Told(conference, signal, to), conference)

    def close(self, conference: str, code: int) -> None:
        self._hub.close(conference, code)
        self._exchange.publish(Closed(conference, code), conference)


class Elsewhere:
    """The door to a conference on another server."""

    def __init__(self, conference: str, server: str, exchange: Exchange, hub: Hub) -> None:
        self.server = server
        self._conference = conference
        self._exchange = exchange
        self._hub = hub

    async def enter(self, join: JoinParticipant, socket: Socket, *, last_seq: int | None) -> None:
        self._hub.add(self._conference, socket)
        await self._exchange.subscribe(self._conference)
        try:
            answer = await self._ask(Enter(join, last_seq))
        except BaseException:
            self._hub.remove(self._conference, socket.leg)
            raise
        self._hub.seat(socket, answer.text, answer.seq)

    async def submit(self, command: AnyCommand, *, by: str) -> None:
        await self._ask(Submit(command, by))

    async def signal(self, signal: ClientSignal, *, by: str) -> None:
        if isinstance(signal, PenMoved | PointerMoved):
            self._exchange.motions.take((self.server, self._conference), Motion(by, signal))
        else:
            await self._ask(Signalled(signal, by))

    def drop(self, leg: str, reason: DropReason) -> None:
        self._hub.remove(self._conference, leg)
        self._exchange.drop(self.server, self._conference, Drop(leg, reason))

    async def _ask(self, request: Request) -> Answer:
        return await self._exchange.ask(self.server, self._conference, request)
