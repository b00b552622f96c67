"""FreeSWITCH's event socket: commands that are answered in their order, and events as JSON between.

https://developer.signalwire.com/freeswitch/FreeSWITCH-Explained/Modules/mod_event_socket_1048924/
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, Self
from urllib.parse import unquote

from msgspec import DecodeError, json

from bridges.errors import (
    BridgeAuthFailed,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    InvalidValue,
    ProtocolError,
)
from bridges.freeswitch.values import Refused

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 22
"""Of one frame: a list of all channels may be long."""
EVENTS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE "
    "CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE DTMF BACKGROUND_JOB CUSTOM conference::maintenance"
)
"""Everything after CUSTOM is a subclass."""

Fields = dict[str, str]
Heed = Callable[[Fields], Awaitable[None]]


class Timing(NamedTuple):
    """In seconds."""

    answers_within: float = 10.0
    ping_every: float = 15.0
    first_pause: float = 0.2
    longest_pause: float = 30.0


class Frame(NamedTuple):
    headers: Mapping[str, str]
    body: str


class EventSocket:
    """One connection. `heed` is awaited for every event, so a slow one makes FreeSWITCH wait; it must not ask
    anything here itself. All that asks raises BridgeUnavailable, BridgeTimeout, ProtocolError."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heed: Heed, timing: Timing
    ) -> None:
        self._reader, self._writer, self._heed, self._timing = reader, writer, heed, timing
        self._asked: deque[asyncio.Future[str]] = deque()
        self._jobs: dict[str, asyncio.Future[str]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def connect(cls, host: str, port: int, password: str, heed: Heed, timing: Timing) -> Self:
        """Raises also BridgeAuthFailed."""
        try:
            async with asyncio.timeout(timing.answers_within):
                reader, writer = await asyncio.open_connection(host, port, limit=MOST_BYTES)
        except (OSError, TimeoutError) as error:
            raise BridgeUnavailable(f"No connection to {host}:{port}: {error or 'no answer'}") from error
        socket = cls(reader, writer, heed, timing)
        try:
            await socket._log_in(password)
        except BaseException:
            await socket.close()
            raise
        return socket

    async def _log_in(self, password: str) -> None:
        try:
            async with asyncio.timeout(self._timing.answers_within):
                kind = (await self._read_frame()).headers.get("Content-Type", "")
        except TimeoutError:
            raise BridgeTimeout("The event socket says nothing") from None
        except (OSError, EOFError) as error:
            raise BridgeUnavailable("The event socket closed the connection") from error
        if kind == "text/rude-rejection":
            raise BridgeAuthFailed("FreeSWITCH lets nobody in from our address (apply-inbound-acl)")
        if kind != "auth/request":
            raise ProtocolError("This is no event socket")
        self._tasks.append(asyncio.create_task(self._read()))
        try:
            await self._command(f"auth {password}")
        except Refused:
            raise BridgeAuthFailed("FreeSWITCH refuses the password of the event socket") from None
        self._tasks.append(asyncio.create_task(self._ping()))

    async def subscribe(self) -> None:
        await self._command(f"event json {EVENTS}")

    async def api(self, command: str) -> str:
        """What it answers. Raises also Refused."""
        return await self._command(f"api {command}")

    async def begin(self, command: str, job: str) -> None:
        """Does something in the background; BACKGROUND_JOB with this `Job-UUID` follows."""
        await self._command(f"bgapi {command}", f"Job-UUID: {job}")

    async def finish(self, command: str, job: str, within: float) -> str:
        """As `begin`, and what came of it. Raises also Refused."""
        done = self._jobs[job] = asyncio.get_running_loop().create_future()
        try:
            await self.begin(command, job)
            async with asyncio.timeout(within):
                return _accepted(await done)
        except TimeoutError:
            raise BridgeTimeout(f"FreeSWITCH did not finish {_verb(command)}") from None
        finally:
            self._jobs.pop(job, None)

    async def execute(self, channel: str, application: str, argument: str, name: str) -> None:
        """An application on a channel. CHANNEL_EXECUTE_COMPLETE with this `Application-UUID` follows. Raises
        also Refused."""
        await self._command(
            f"sendmsg {channel}",
            "call-command: execute",
            f"execute-app-name: {application}",
            f"execute-app-arg: {argument}",
            f"event-uuid: {name}",
        )

    async def closed(self) -> None:
        """Returns when the connection is gone."""
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._ends()

    # The wire

    async def _command(self, *lines: str) -> str:
        if any(ord(character) < 32 for line in lines for character in line):
            raise InvalidValue("A line break cannot be part of a command")
        if self._writer.is_closing():
            raise BridgeUnavailable("The connection to FreeSWITCH broke")
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._asked.append(answer)
        self._writer.write("\n".join([*lines, "", ""]).encode())
        try:
            async with asyncio.timeout(self._timing.answers_within):
                return _accepted(await answer)
        except TimeoutError:
            raise BridgeTimeout(f"FreeSWITCH did not answer {_verb(lines[0])}") from None

    async def _read(self) -> None:
        try:
            while await self._sort(await self._read_frame()):
                pass
        except (OSError, EOFError, ProtocolError) as error:
            log.warning("The event socket broke: %s", error or type(error).__name__)
        finally:
            self._ends()

    async def _read_frame(self) -> Frame:
        """Raises OSError, EOFError, ProtocolError."""
        try:
            head = (await self._reader.readuntil(b"\n\n")).decode(errors="replace").strip("\r\n")
            headers = {}
            for line in head.split("\n"):
                name, colon, value = line.partition(":")
                if not colon:
                    raise ProtocolError("The event socket said what is no header")
                headers[name] = unquote(value.strip())
            size = headers.get("Content-Length", "0")
            if not size.isdecimal() or int(size) > MOST_BYTES:
                raise ProtocolError("The event socket said more than can be")
            body = await self._reader.readexactly(int(size))
        except asyncio.LimitOverrunError as error:
            raise ProtocolError("The event socket said more than can be") from error
        return Frame(headers, body.decode(errors="replace"))

    async def _sort(self, frame: Frame) -> bool:
        """Answers to whoever asked; the rest is news. Whether more will come."""
        match frame.headers.get("Content-Type"):
            case "command/reply":
                self._answered(frame.headers.get("Reply-Text", ""))
            case "api/response":
                self._answered(frame.body)
            case "text/event-json":
                await self._told(frame.body)
            case "text/disconnect-notice":
                return False
            case _:
                pass
        return True

    def _answered(self, text: str) -> None:
        """Who does not wait any more has their place in the queue until then."""
        if not self._asked:
            raise ProtocolError("The event socket answered what nobody asked")
        answer = self._asked.popleft()
        if not answer.done():
            answer.set_result(text)

    async def _told(self, body: str) -> None:
        try:
            event = json.decode(body, type=dict[str, object])
        except DecodeError:
            log.warning("FreeSWITCH told what is no event")
            return
        fields = {name: value if isinstance(value, str) else str(value) for name, value in event.items()}
        job = (
            self._jobs.get(fields.get("Job-UUID", ""))
            if fields.get("Event-Name") == "BACKGROUND_JOB"
            else None
        )
        if job and not job.done():
            job.set_result(fields.get("_body", ""))
        await self._heed(fields)

    async def _ping(self) -> None:
        """Finds out that the other side is gone without a word."""
        try:
            while True:
                await asyncio.sleep(self._timing.ping_every)
                await self.api("uptime")
        except BridgeError as error:
            log.warning("The event socket is left: %s", error)

    def _ends(self) -> None:
        self._writer.close()
        for answer in [*self._asked, *self._jobs.values()]:
            if not answer.done():
                answer.set_exception(BridgeUnavailable("The connection to FreeSWITCH broke"))
                answer.exception()
        self._asked.clear()


def _accepted(text: str) -> str:
    """Some answers come as several lines, the bad one not always first."""
    if text.startswith(("-ERR", "-USAGE")):
        raise Refused(text.strip())
    return text.strip()


def _verb(command: str) -> str:
    """Without secrets."""
    return " ".join(command.split()[:1])
