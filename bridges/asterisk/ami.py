"""Asterisk's manager interface: blocks of `Key: value` lines over TCP.

https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/
"""

import asyncio
import itertools
import logging
import ssl
from collections.abc import Awaitable, Callable
from typing import Self

from bridges.asterisk.values import Refused
from bridges.errors import (
    BridgeAuthFailed,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    InvalidValue,
    ProtocolError,
)

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
"""Of one block."""
PATIENCE_S = 10.0
PING_EVERY_S = 15.0


class Block:
    """One message. Keys may repeat, and are looked up without regard to case."""

    def __init__(self, lines: list[str]) -> None:
        self._fields: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            self._fields.setdefault(name.strip().lower(), []).append(value.strip())

    def __getitem__(self, name: str) -> str:
        """The first value; empty if there is none."""
        return self._fields.get(name.lower(), [""])[0]

    def all(self, name: str) -> list[str]:
        return self._fields.get(name.lower(), [])

    def as_dict(self) -> dict[str, str]:
        return {name: values[0] for name, values in self._fields.items()}


class AmiClient:
    """One connection. `on_event` is awaited for every event, so a slow one makes Asterisk wait; it must not
    ask anything here itself."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        on_event: Callable[[Block], Awaitable[None]],
        patience_s: float,
    ) -> None:
        self._reader, self._writer, self._on_event = reader, writer, on_event
        self._patience_s = patience_s
        self._numbers = itertools.count(1)
        self._answers: dict[str, asyncio.Future[Block]] = {}
        self._lists: dict[str, list[Block]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def connect(
        cls,
        host: str,
        port: int,
        *,
        tls: ssl.SSLContext | None,
        on_event: Callable[[Block], Awaitable[None]],
        patience_s: float = PATIENCE_S,
    ) -> Self:
        """Raises BridgeUnavailable, ProtocolError. `log_in` is the next thing to do."""
        writer = None
        try:
            async with asyncio.timeout(patience_s):
                reader, writer = await asyncio.open_connection(host, port, ssl=tls, limit=MOST_BYTES)
                greeting = await reader.readline()
        except (OSError, TimeoutError, ValueError) as error:
            if writer:
                writer.close()
            raise BridgeUnavailable(f"No connection to {host}:{port}: {error or 'no answer'}") from error
        if not greeting.startswith(b"Asterisk Call Manager/"):
            writer.close()
            raise ProtocolError(f"{host}:{port} is no manager interface")
        client = cls(reader, writer, on_event, patience_s)
        client._tasks.append(asyncio.create_task(client._read()))
        return client

    async def log_in(
        self, username: str, password: str, *, events: bool = True, ping_every_s: float = PING_EVERY_S
    ) -> None:
        """Raises BridgeAuthFailed."""
        try:
            await self.ask("Login", Username=username, Secret=password, Events="on" if events else "off")
        except Refused as error:
            raise BridgeAuthFailed("Asterisk refuses the manager user or its password") from error
        self._tasks.append(asyncio.create_task(self._ping(ping_every_s)))

    async def closed(self) -> None:
        """Returns when the connection is gone."""
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.close()
        self._fail_all()

    async def ask(self, action: str, *, action_id: str = "", **fields: str) -> Block:
        """Raises Refused, BridgeUnavailable, BridgeTimeout, InvalidValue."""
        action_id = action_id or f"meetingserver-{next(self._numbers)}"
        lines = {"Action": action, "ActionID": action_id, **fields}
        for value in lines.values():
            if any(ord(character) < 32 for character in value):
                raise InvalidValue("A line break cannot be part of a value")
        answer: asyncio.Future[Block] = asyncio.get_running_loop().create_future()
        self._answers[action_id] = answer
        if self._writer.is_closing():
            self._fail_all()
        else:
            self._writer.write(
                "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode() + b"\r\n"
            )
        try:
            async with asyncio.timeout(self._patience_s):
                block = await answer
        except TimeoutError:
            raise BridgeTimeout(f"Asterisk did not answer {action}") from None
        finally:
            self._answers.pop(action_id, None)
        if block["Response"] == "Error":
            log.debug("Asterisk refused %s: %s", action, block["Message"])
            raise Refused(block["Message"])
        return block

    async def ask_for_list(self, action: str, **fields: str) -> list[Block]:
        """The items of an answer that comes as a list of events. Raises as `ask`."""
        action_id = f"meetingserver-list-{next(self._numbers)}"
        items = self._lists[action_id] = []
        done = self._answers[f"{action_id}/complete"] = asyncio.get_running_loop().create_future()
        try:
            await self.ask(action, action_id=action_id, **fields)
            async with asyncio.timeout(self._patience_s):
                await done
        except TimeoutError:
            raise BridgeTimeout(f"Asterisk did not finish {action}") from None
        finally:
            del self._lists[action_id]
            self._answers.pop(f"{action_id}/complete", None)
        return items

    async def _read(self) -> None:
        try:
            while True:
                block = (await self._reader.readuntil(b"\r\n\r\n")).decode(errors="replace")
                await self._sort(Block(block.strip("\r\n").split("\r\n")))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            log.debug("The manager connection ended: %s", type(error).__name__)
        finally:
            self._writer.close()
            self._fail_all()

    async def _sort(self, block: Block) -> None:
        """Answers and lists to whoever asked; the rest is news."""
        action_id = block["ActionID"]
        if block["Response"] and not block["Event"]:
            _settle(self._answers.get(action_id), block)
        elif action_id in self._lists:
            if block["EventList"] == "Complete":
                _settle(self._answers.get(f"{action_id}/complete"), block)
            else:
                self._lists[action_id].append(block)
        else:
            await self._on_event(block)

    async def _ping(self, every_s: float) -> None:
        """Finds out that the other side is gone without a word."""
        try:
            while True:
                await asyncio.sleep(every_s)
                await self.ask("Ping")
        except BridgeError:
            self._writer.close()

    def _fail_all(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(BridgeUnavailable("The connection to Asterisk broke"))


def _settle(answer: asyncio.Future[Block] | None, block: Block) -> None:
    if answer and not answer.done():
        answer.set_result(block)
