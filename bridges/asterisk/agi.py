"""FastAGI: Asterisk connects to us for each call that we are to lead, and does what we say.

https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Gateway-Interface-AGI/
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable

from bridges.errors import InvalidValue, LegGone, ProtocolError

log = logging.getLogger(__name__)

PATIENCE_S = 5.0
MOST_LINES = 100
RESULT = re.compile(r"200 result=(-?\d+)(?: \((.*)\))?")
UP = 6


class AgiCall:
    """One call in our hands. Commands are given one after the other; all raise LegGone when it has ended."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, about: dict[str, str]
    ) -> None:
        self.channel = about.get("agi_channel", "")
        self.unique_id = about.get("agi_uniqueid", "")
        self.about = about
        """What Asterisk says of the call: `agi_callerid`, `agi_dnid` and so on."""
        self.over = asyncio.Event()
        self._reader, self._writer = reader, writer
        self._answer: asyncio.Future[str] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._hung_up = False

    async def say(self, command: str, *arguments: str) -> tuple[int, str]:
        """The result and what stands in brackets behind it."""
        line = " ".join([command, *map(_quoted, arguments)])
        async with self._one_at_a_time:
            if self.over.is_set() or self._hung_up:
                raise LegGone("The call has ended")
            self._answer = asyncio.get_running_loop().create_future()
            self._writer.write(line.encode() + b"\n")
            answer = await self._answer
        if answer.startswith("511"):
            raise LegGone("The call has ended")
        if not (result := RESULT.match(answer)):
            raise ProtocolError(f"Asterisk answered {command} with {answer[:100]}")
        return int(result[1]), result[2] or ""

    async def is_up(self) -> bool:
        try:
            return (await self.say("CHANNEL STATUS"))[0] == UP
        except (LegGone, ProtocolError):
            return False

    async def set(self, variable: str, value: str) -> None:
        await self.say("SET VARIABLE", variable, value)

    async def hang_up(self) -> None:
        with contextlib.suppress(LegGone, ProtocolError):
            await self.say("HANGUP")
        self.close()

    def close(self) -> None:
        """Without a word: the dialplan goes on."""
        self._writer.close()
        self._end()

    async def follow(self) -> None:
        """Reads until the end; whoever accepted the call runs this."""
        try:
            while line := await self._reader.readline():
                self._hear(line.decode(errors="replace").strip())
                if self._hung_up and (self._answer is None or self._answer.done()):
                    break
        except (OSError, ValueError) as error:
            log.debug("A FastAGI connection broke: %s", type(error).__name__)
        finally:
            self.close()

    def _hear(self, text: str) -> None:
        """`HANGUP` comes on its own, before or after the answer to what is being done."""
        if text == "HANGUP":
            self._hung_up = True
        elif self._answer and not self._answer.done():
            self._answer.set_result(text)

    def _end(self) -> None:
        self.over.set()
        if self._answer and not self._answer.done():
            self._answer.set_exception(LegGone("The call has ended"))


def _quoted(argument: str) -> str:
    if any(ord(character) < 32 for character in argument):
        raise InvalidValue("A line break cannot be part of a value")
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class AgiServer:
    """Listens for calls; `on_call` is awaited for each, and the call lives on when it returns."""

    def __init__(
        self,
        address: str,
        port: int,
        on_call: Callable[[AgiCall], Awaitable[None]],
        *,
        accepts: Callable[[str], bool],
    ) -> None:
        self._address, self._port, self._on_call, self._accepts = address, port, on_call, accepts
        self._server: asyncio.Server | None = None
        self._calls: set[AgiCall] = set()

    async def open(self) -> None:
        """Raises OSError."""
        self._server = await asyncio.start_server(self._accept, self._address, self._port)

    async def close(self) -> None:
        """Calls go on in the dialplan, which finds the next process."""
        if self._server:
            self._server.close()
        for call in list(self._calls):
            call.close()
        if self._server:
            await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("peername")[0]
        if not self._accepts(host):
            log.warning("A FastAGI connection from %s was refused", host)
            writer.close()
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                about = await _read_about(reader)
        except (OSError, TimeoutError, ValueError):
            writer.close()
            return
        call = AgiCall(reader, writer, about)
        self._calls.add(call)
        following = asyncio.create_task(call.follow())
        try:
            await self._on_call(call)
            await following
        except LegGone:
            log.debug("A caller hung up at once")
        finally:
            following.cancel()
            self._calls.discard(call)


async def _read_about(reader: asyncio.StreamReader) -> dict[str, str]:
    about: dict[str, str] = {}
    for _ in range(MOST_LINES):
        line = (await reader.readline()).decode(errors="replace").strip()
        if not line:
            return about
        name, _, value = line.partition(":")
        about[name] = value.strip()
    raise ValueError("Too much is said of one call")
