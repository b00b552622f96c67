"""The server's connection to the bridge's process."""

import asyncio
import itertools
import secrets
from collections.abc import Callable
from typing import Self

from bridges.errors import BridgeAuthFailed, BridgeTimeout, BridgeUnavailable, ProtocolError
from bridges.events import AnyBridgeEvent
from bridges.sip import protocol as p

CONNECTED_WITHIN_S = 5.0
ANSWERED_WITHIN_S = 10.0


class Link:
    """Made by `open`. `lost` is done when it has ended, with the reason."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reader = reader
        self._writer = writer
        self._refs = itertools.count(1)
        self._asked: dict[int, asyncio.Future[str]] = {}
        self._reading: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, address: str, secret: str, told: Callable[[AnyBridgeEvent], None], *, watches: bool = False
    ) -> Self:
        """`told` gets every event, BridgeUp first. Raises BridgeUnavailable, BridgeAuthFailed,
        ProtocolError."""
        try:
            async with asyncio.timeout(CONNECTED_WITHIN_S):
                link = cls(*await _connected(address))
                try:
                    await link._prove(secret, watches=watches)
                except BaseException:
                    link.close()
                    raise
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise BridgeUnavailable("The bridge's process does not answer.") from error
        link._reading = asyncio.get_running_loop().create_task(link._read(told))
        return link

    @property
    def host(self) -> str:
        """Our address as the process sees it."""
        own = self._writer.get_extra_info("sockname")
        return str(own[0]) if isinstance(own, tuple) else "127.0.0.1"

    async def ask(self, command: p.AnyCommand) -> str:
        """Raises what the process raised, or BridgeUnavailable, BridgeTimeout."""
        if self.lost.done():
            raise BridgeUnavailable(self.lost.result())
        ref = next(self._refs)
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._asked[ref] = answer
        self._writer.write(p.encode(p.Ask(ref=ref, command=command)))
        try:
            return await asyncio.wait_for(answer, ANSWERED_WITHIN_S)
        except TimeoutError:
            raise BridgeTimeout("The bridge's process did not answer in time.") from None
        finally:
            del self._asked[ref]

    def close(self, reason: str = "closed") -> None:
        if self._reading:
            self._reading.cancel()
        self._ended(reason)

    def _ended(self, reason: str) -> None:
        self._writer.close()
        self._writer.transport.abort()
        if not self.lost.done():
            self.lost.set_result(reason)
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(BridgeUnavailable(reason))

    async def _prove(self, secret: str, *, watches: bool) -> None:
        hello = await self._next()
        if not isinstance(hello, p.Hello):
            raise ProtocolError("That is no bridge of ours.")
        nonce = secrets.token_hex(16)
        proof = p.proof(secret, hello.nonce, "server")
        self._writer.write(p.encode(p.Proof(version=p.VERSION, nonce=nonce, proof=proof, watches=watches)))
        answer = await self._next()
        if isinstance(answer, p.Denied):
            raise BridgeAuthFailed(answer.reason)
        if not isinstance(answer, p.Accepted) or not p.is_proof(answer.proof, secret, nonce, "process"):
            raise BridgeAuthFailed("The process does not know the secret.")

    async def _read(self, told: Callable[[AnyBridgeEvent], None]) -> None:
        try:
            while True:
                self._heed(await self._next(), told)
        except (OSError, asyncio.IncompleteReadError):
            self._ended("The connection to the bridge's process was lost.")
        except ProtocolError as error:
            self._ended(f"The bridge's process said what it should not: {error}")

    def _heed(self, message: p.ToServer, told: Callable[[AnyBridgeEvent], None]) -> None:
        if isinstance(message, p.Told):
            told(p.event_of(message))
        elif isinstance(message, p.Done | p.Failed):
            answer = self._asked.get(message.ref)
            if answer is None or answer.done():
                return
            if isinstance(message, p.Done):
                answer.set_result(message.result)
            else:
                answer.set_exception(p.error_of(message))
        else:
            raise ProtocolError("a second greeting")

    async def _next(self) -> p.ToServer:
        try:
            return p.decode_to_server(await self._reader.readuntil(b"\n"))
        except asyncio.LimitOverrunError:
            raise ProtocolError("a line that is too long") from None


async def _connected(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    kind, _, place = address.partition(":")
    if kind == "unix":
        return await asyncio.open_unix_connection(place, limit=p.LONGEST_LINE)
    host, _, port = place.removeprefix("//").rpartition(":")
    return await asyncio.open_connection(host, int(port), limit=p.LONGEST_LINE)
