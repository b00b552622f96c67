"""Where the server reaches the bridge's process: one connection that leads calls, the newest; others may
watch."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from bridges.errors import BridgeError, ProtocolError
from bridges.events import AnyBridgeEvent
from bridges.sip import protocol as p

logger = logging.getLogger(__name__)

PROOF_WITHIN_S = 5.0
MOST_BEHIND = 4_000_000
"""Bytes that wait for a server that does not read; then it is cut off, and gets a snapshot when it comes
again."""


class Leader:
    """A server that proved who it is."""

    def __init__(self, writer: asyncio.StreamWriter, *, watches: bool) -> None:
        self.writer = writer
        self.watches = watches

    @property
    def address(self) -> tuple[str, str]:
        """Of our end and theirs. Over a socket file both are this machine."""
        own, other = self.writer.get_extra_info("sockname"), self.writer.get_extra_info("peername")
        if isinstance(own, tuple) and isinstance(other, tuple):
            return own[0], other[0]
        return "127.0.0.1", "127.0.0.1"

    def send(self, message: p.ToServer) -> None:
        transport = self.writer.transport
        if transport.is_closing():
            return
        if transport.get_write_buffer_size() > MOST_BEHIND:
            logger.error("The server does not read what it is told; it is cut off.")
            transport.abort()
            return
        self.writer.write(p.encode(message))


class ControlServer:
    """`do(command, leader)` carries out, `led(leader)` says who leads now (None: nobody)."""

    def __init__(
        self,
        secret: str,
        do: Callable[[p.AnyCommand, Leader], Awaitable[str]],
        led: Callable[[Leader | None], None],
    ) -> None:
        self._secret = secret
        self._do = do
        self._led = led
        self._leader: Leader | None = None
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def start(self, address: str) -> None:
        """`unix:/path` or `tcp://host:port`. Raises OSError."""
        kind, _, place = address.partition(":")
        if kind == "unix":
            self._server = await asyncio.start_unix_server(self._met, place, limit=p.LONGEST_LINE)
            Path(place).chmod(0o600)  # noqa: ASYNC240 - once, at the start; the folder is ours alone
            return
        host, _, port = place.removeprefix("//").rpartition(":")
        self._server = await asyncio.start_server(self._met, host, int(port), limit=p.LONGEST_LINE)

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._open.values():
            writer.transport.abort()

    def tell(self, event: AnyBridgeEvent) -> None:
        if self._leader:
            self._leader.send(p.told(event))

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A task of our own: asyncio complains of those of its that are cancelled at the end."""
        task = asyncio.create_task(self._converse(reader, writer))
        self._open[task] = writer
        task.add_done_callback(self._open.pop)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            leader = await asyncio.wait_for(self._proven(reader, writer), PROOF_WITHIN_S)
            if leader:
                await self._serve(reader, leader)
        except (ProtocolError, TimeoutError, ValueError) as error:
            logger.warning("A connection to the bridge was refused: %s", error)
        except (OSError, asyncio.IncompleteReadError):
            logger.info("A connection to the bridge ended.")
        finally:
            writer.close()
            writer.transport.abort()

    async def _proven(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Leader | None:
        nonce = secrets.token_hex(16)
        writer.write(p.encode(p.Hello(version=p.VERSION, nonce=nonce)))
        said = p.decode_to_process(await _line(reader))
        if not isinstance(said, p.Proof) or not p.is_proof(said.proof, self._secret, nonce, "server"):
            writer.write(p.encode(p.Denied(reason="The secret is not the same.")))
            await _sent(writer)
            return None
        if said.version != p.VERSION:
            writer.write(p.encode(p.Denied(reason="The bridge's process is of another version.")))
            await _sent(writer)
            return None
        writer.write(p.encode(p.Accepted(proof=p.proof(self._secret, said.nonce, "process"))))
        return Leader(writer, watches=said.watches)

    async def _serve(self, reader: asyncio.StreamReader, leader: Leader) -> None:
        if not leader.watches:
            former, self._leader = self._leader, leader
            if former:
                former.writer.transport.abort()
            self._led(leader)
        try:
            while True:
                asked = p.decode_to_process(await _line(reader))
                if not isinstance(asked, p.Ask):
                    raise ProtocolError("Only commands are expected now.")
                leader.send(await self._answer(asked, leader))
        finally:
            if self._leader is leader:
                self._leader = None
                self._led(None)

    async def _answer(self, asked: p.Ask, leader: Leader) -> p.Done | p.Failed:
        if leader.watches and not isinstance(asked.command, p.AskStatus):
            return p.Failed(ref=asked.ref, error="NotSupported", message="watching")
        try:
            return p.Done(ref=asked.ref, result=await self._do(asked.command, leader))
        except BridgeError as error:
            return p.failed(asked.ref, error)
        except Exception:
            logger.exception("A command failed.")
            return p.Failed(ref=asked.ref, error="BridgeError", message="The bridge failed.")


async def _line(reader: asyncio.StreamReader) -> bytes:
    """Raises IncompleteReadError at the end, ProtocolError for a line that is too long."""
    try:
        return await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError:
        raise ProtocolError("A line is too long.") from None


async def _sent(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        await writer.drain()
        writer.close()
        await writer.wait_closed()
