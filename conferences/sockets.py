"""How a prebuilt frame reaches a browser: one small adapter for every server that may carry us.

Nothing here waits for a reader. A socket whose reader falls more than BACKLOG_BYTES behind is cut off; its
browser comes back and resumes (docs/decisions.md has the figures).
"""

import asyncio
import contextlib
import functools
import socket
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Protocol

Send = Callable[[dict[str, Any]], Awaitable[None]]

BACKLOG_BYTES = 256 * 1024
"""Beside a message that is larger itself: nobody is cut off for a long welcome alone."""
SPARED_BYTES = 32 * 1024
"""A reader who is so far behind is spared what may be lost."""

SLOW_READER = 4429


class Frame(NamedTuple):
    """A text message, and the same as it goes over the wire (RFC 6455 5.2, one unmasked frame)."""

    text: bytes
    wire: bytes


def frame(text: bytes) -> Frame:
    length = len(text)
    if length < 126:
        header = bytes((0x81, length))
    elif length < 1 << 16:
        header = bytes((0x81, 126)) + length.to_bytes(2, "big")
    else:
        header = bytes((0x81, 127)) + length.to_bytes(8, "big")
    return Frame(text, header + text)


class Writer(Protocol):
    """What is left of a websocket when one only writes to it. No method waits; all are harmless after the
    end."""

    def write(self, frame: Frame) -> None: ...

    def offer(self, frame: Frame) -> bool:
        """Write it unless the reader is behind already; whether it was written."""

    def close(self, code: int) -> None: ...


def _patience_for(frame: Frame) -> int:
    return BACKLOG_BYTES + (len(frame.wire) if len(frame.wire) > BACKLOG_BYTES else 0)


def writer_of(send: Send) -> Writer:
    """The fastest writer for the server that handed us `send`."""
    if isinstance(send, functools.partial) and send.args and hasattr(send.args[0], "transport"):
        return DaphneWriter(send.args[0])
    return QueueWriter(send)


class DaphneWriter:
    """Writes to the connection below Daphne's protocol: an eighth of the cost of awaiting its `send`.

    While Twisted has nothing buffered, straight to the operating system's socket.
    """

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        self._socket = _plain_socket(self._transport)
        self._patience = BACKLOG_BYTES

    def offer(self, frame: Frame) -> bool:
        if self._waiting() > SPARED_BYTES:
            return False
        self.write(frame)
        return True

    def write(self, frame: Frame) -> None:
        if self._protocol.state != self._protocol.STATE_OPEN:
            return
        waiting = self._waiting()
        if waiting > self._patience:
            self._protocol.transport.abortConnection()
            return
        self._patience = max(self._patience, _patience_for(frame))
        if waiting or self._socket is None:
            self._transport.write(frame.wire)
        else:
            self._write_through(self._socket, frame.wire)

    def _write_through(self, connection: socket.socket, wire: bytes) -> None:
        try:
            sent = connection.send(wire)
        except BlockingIOError:
            sent = 0
        except OSError:  # gone; the server will notice and tell
            return
        if sent < len(wire):
            self._transport.write(wire[sent:])

    def _waiting(self) -> int:
        transport = self._transport
        if self._socket is None:  # TLS keeps its buffer one layer below
            transport = getattr(transport, "transport", transport)
        buffered = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
        return int(buffered + getattr(transport, "_tempDataLen", 0))

    def close(self, code: int) -> None:
        if self._protocol.state == self._protocol.STATE_OPEN:
            self._protocol.sendClose(code=code)


def _plain_socket(transport: Any) -> socket.socket | None:
    """The socket of a connection that nothing encrypts. (Twisted's TLS layer has the attributes of what lies
    below it, so its class is asked.)"""
    if not hasattr(type(transport), "dataBuffer") or getattr(transport, "TLS", False):
        return None
    found: socket.socket | None = getattr(transport, "socket", None)
    return found


class QueueWriter:
    """For any other ASGI server: a bounded queue, and a task that awaits `send`."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: asyncio.Queue[Frame | int] = asyncio.Queue()
        self._waiting = 0
        self._patience = BACKLOG_BYTES
        self._closed = False
        self._task = asyncio.get_running_loop().create_task(self._run())

    def write(self, frame: Frame) -> None:
        if self._closed:
            return
        self._patience = max(self._patience, _patience_for(frame))
        self._waiting += len(frame.text)
        if self._waiting > self._patience:
            self.close(SLOW_READER)
        else:
            self._queue.put_nowait(frame)

    def offer(self, frame: Frame) -> bool:
        if self._waiting > SPARED_BYTES:
            return False
        self.write(frame)
        return True

    def close(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            self._queue.put_nowait(code)

    async def _run(self) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # the connection is gone; `receive` tells of it
            while isinstance(item := await self._queue.get(), Frame):
                self._waiting -= len(item.text)
                await self._send({"type": "websocket.send", "text": item.text.decode()})
            await self._send({"type": "websocket.close", "code": item})
