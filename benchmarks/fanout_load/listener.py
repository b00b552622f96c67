"""A websocket client that does nearly nothing, so that the server is measured and not the clients."""

import asyncio
import base64
import os
import struct
import time
from collections.abc import Callable

Heard = Callable[["Listener", bytes, float], None]


class Listener(asyncio.Protocol):
    """Calls `heard(listener, text, monotonic time)` for every text message; `opened` when it may speak."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._received = bytearray()
        self._upgraded = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.welcomed: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    @classmethod
    async def connect(cls, port: int, path: str, heard: Heard) -> "Listener":
        loop = asyncio.get_running_loop()
        _, listener = await loop.create_connection(lambda: cls(heard), "127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        listener.transport.write(
            f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await listener.opened
        return listener

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        for waiting in (self.opened, self.welcomed):
            if not waiting.done():
                waiting.set_exception(ConnectionError("the server closed the connection"))
                waiting.exception()

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._received += data
        if not self._upgraded:
            self._upgrade()
        while (message := self._next_message()) is not None:
            if not self.welcomed.done():
                self.welcomed.set_result(message)
            self._heard(self, message, now)

    def _upgrade(self) -> None:
        end = self._received.find(b"\r\n\r\n")
        if end >= 0:
            if b" 101 " not in self._received[:20]:
                raise ConnectionError(bytes(self._received[:end]).decode())
            del self._received[: end + 4]
            self._upgraded = True
            self.opened.set_result(None)

    def _next_message(self) -> bytes | None:
        """RFC 6455 5.2, of a server: unmasked, unfragmented. Anything but text is passed over."""
        while self._upgraded and len(self._received) >= 2:
            length, at = self._received[1] & 0x7F, 2
            if length == 126:
                length, at = int.from_bytes(self._received[2:4], "big"), 4
            elif length == 127:
                length, at = int.from_bytes(self._received[2:10], "big"), 10
            if len(self._received) < at + length:
                return None
            opcode, message = self._received[0] & 0x0F, bytes(self._received[at : at + length])
            del self._received[: at + length]
            if opcode == 1:
                return message
        return None

    def say(self, text: bytes) -> None:
        """Masked, as clients must; by zeros, which costs nothing."""
        length = len(text)
        header = (
            bytes((0x81, 0x80 | length)) if length < 126 else struct.pack("!BBH", 0x81, 0x80 | 126, length)
        )
        self.transport.write(header + bytes(4) + text)

    def leave(self) -> None:
        self.transport.abort()
