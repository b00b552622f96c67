"""How a frame reaches a browser: as RFC 6455 has it, and never waiting for a slow reader."""

import asyncio
import functools
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Opcode
from websockets.protocol import OPEN, Side
from websockets.uri import parse_uri

from conferences.sockets import (
    BACKLOG_BYTES,
    SLOW_READER,
    SPARED_BYTES,
    DaphneWriter,
    QueueWriter,
    frame,
    writer_of,
)
from tests.conferences.doubles import PATIENCE_S

SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]


def read_by_a_browser(wire: bytes) -> list[tuple[int, bytes]]:
    """What another implementation of RFC 6455 reads."""
    browser = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN, max_size=None)
    assert browser.side is Side.CLIENT
    browser.receive_data(wire)
    return [(read.opcode, bytes(read.data)) for read in browser.events_received()]  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
def test_a_frame_is_read_as_it_was_meant(size: int) -> None:
    text = b"x" * size
    assert read_by_a_browser(frame(text).wire) == [(Opcode.TEXT, text)]


@pytest.mark.parametrize(("size", "header"), [(125, 2), (126, 4), (65_535, 4), (65_536, 10)])
def test_a_header_is_as_short_as_may_be(size: int, header: int) -> None:
    assert len(frame(b"x" * size).wire) == header + size


# Any ASGI server


class Server:
    """The `send` of an ASGI server. Dial: `reading`."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.reading = asyncio.Event()
        self.reading.set()
        self.broken = False
        self.has_sent = asyncio.Event()
        self.has_closed = asyncio.Event()

    async def __call__(self, message: dict[str, Any]) -> None:
        await self.reading.wait()
        if self.broken:
            raise OSError
        self.sent.append(message)
        self.has_sent.set()
        if message["type"] == "websocket.close":
            self.has_closed.set()

    async def closed_with(self) -> int:
        async with asyncio.timeout(PATIENCE_S):
            await self.has_closed.wait()
        return int(self.sent[-1]["code"])


async def test_messages_go_out_in_order_and_then_the_end() -> None:
    server = Server()
    writer = writer_of(server)
    assert isinstance(writer, QueueWriter)
    for number in range(100):
        writer.write(frame(str(number).encode()))
    writer.close(4410)
    assert await server.closed_with() == 4410
    assert [message["text"] for message in server.sent[:-1]] == [str(n) for n in range(100)]


async def test_a_slow_reader_is_cut_off_and_costs_no_more() -> None:
    server = Server()
    server.reading.clear()
    writer = QueueWriter(server)
    piece = frame(b"x" * 1024)
    for _ in range(2 * BACKLOG_BYTES // 1024):
        writer.write(piece)
    server.reading.set()
    assert await server.closed_with() == SLOW_READER
    assert sum(len(message.get("text", "")) for message in server.sent) <= BACKLOG_BYTES


async def test_a_long_welcome_alone_cuts_nobody_off() -> None:
    server = Server()
    server.reading.clear()
    writer = QueueWriter(server)
    writer.write(frame(b"x" * 4 * BACKLOG_BYTES))
    writer.write(frame(b"an event"))
    writer.close(4410)
    server.reading.set()
    assert await server.closed_with() == 4410
    assert len(server.sent) == 3


async def test_who_is_behind_is_offered_nothing_more() -> None:
    server = Server()
    server.reading.clear()
    writer = QueueWriter(server)
    assert writer.offer(frame(b"x" * (SPARED_BYTES + 1)))
    assert not writer.offer(frame(b"a pen in motion"))
    writer.close(4410)
    server.reading.set()
    assert await server.closed_with() == 4410


async def test_a_reader_who_keeps_up_may_read_as_much_as_there_is() -> None:
    server = Server()
    writer = QueueWriter(server)
    for _ in range(8):
        writer.write(frame(b"x" * (BACKLOG_BYTES // 2)))
        await server.has_sent.wait()
        server.has_sent.clear()
    writer.close(4410)
    assert await server.closed_with() == 4410


async def test_after_the_end_nothing_is_said() -> None:
    server = Server()
    writer = QueueWriter(server)
    writer.close(4410)
    writer.write(frame(b"late"))
    writer.close(4412)
    await server.closed_with()
    assert [message["type"] for message in server.sent] == ["websocket.close"]


async def test_a_connection_that_is_gone_is_harmless() -> None:
    server = Server()
    server.broken = True
    writer = QueueWriter(server)
    writer.write(frame(b"late"))
    await asyncio.wait([writer._task])  # noqa: SLF001 - to see that it ended without a fault
    assert writer._task.exception() is None  # noqa: SLF001 - the same


# Below Daphne


class Transport:
    """What we use of Twisted's, over a real socket."""

    dataBuffer = b""  # noqa: N815 - Twisted's name

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.offset = 0
        self._tempDataBuffer: list[bytes] = []
        self._tempDataLen = 0
        self.aborted = False

    def write(self, data: bytes) -> None:
        self._tempDataBuffer.append(data)
        self._tempDataLen += len(data)

    def abortConnection(self) -> None:  # noqa: N802 - Twisted's name
        self.aborted = True

    def flush(self) -> bytes:
        """What Twisted would send when the socket takes it."""
        waiting = b"".join(self._tempDataBuffer)
        self._tempDataBuffer, self._tempDataLen = [], 0
        return waiting


class Protocol:
    """What we use of Daphne's."""

    STATE_OPEN = 3
    STATE_CLOSED = 0

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.state = self.STATE_OPEN
        self.closed_with: int | None = None

    def sendClose(self, code: int) -> None:  # noqa: N802 - autobahn's name
        self.closed_with = code
        self.state = self.STATE_CLOSED

    async def handle_reply(self, message: dict[str, Any]) -> None:
        """What Daphne binds to a connection and hands out as `send`."""


@pytest.fixture
def wire() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


Wire = tuple[socket.socket, socket.socket]


async def reply(protocol: Protocol, message: dict[str, Any]) -> None:
    await protocol.handle_reply(message)


def test_daphnes_connections_are_recognised(wire: Wire) -> None:
    send = functools.partial(reply, Protocol(Transport(wire[0])))
    assert isinstance(writer_of(send), DaphneWriter)


def test_a_frame_goes_straight_to_the_socket(wire: Wire) -> None:
    ours, theirs = wire
    transport = Transport(ours)
    DaphneWriter(Protocol(transport)).write(frame(b"Hello"))
    assert read_by_a_browser(theirs.recv(100)) == [(Opcode.TEXT, b"Hello")]
    assert transport.flush() == b""


def test_what_the_socket_does_not_take_goes_to_the_buffer_and_the_rest_after_it(wire: Wire) -> None:
    ours, theirs = wire
    transport = Transport(ours)
    writer = DaphneWriter(Protocol(transport))
    written: list[bytes] = []
    while transport._tempDataLen < 50_000:  # noqa: SLF001 - the double's
        written.append(str(len(written)).encode() * 1000)
        writer.write(frame(written[-1]))
    received = b""
    theirs.setblocking(False)
    while True:
        try:
            received += theirs.recv(1 << 20)
        except BlockingIOError:
            break
    received += transport.flush()
    assert [data for _, data in read_by_a_browser(received)] == written


def test_a_reader_who_stands_still_is_cut_off(wire: Wire) -> None:
    transport = Transport(wire[0])
    writer = DaphneWriter(Protocol(transport))
    for _ in range(100_000):
        if transport.aborted:
            break
        writer.write(frame(b"x" * 10_000))
    assert transport.aborted
    assert len(transport.flush()) <= BACKLOG_BYTES + 20_000


def test_what_is_closed_is_written_to_no_more(wire: Wire) -> None:
    ours, theirs = wire
    protocol = Protocol(Transport(ours))
    writer = DaphneWriter(protocol)
    writer.close(4410)
    writer.close(4412)
    writer.write(frame(b"late"))
    assert protocol.closed_with == 4410
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(10)


def test_a_connection_that_broke_is_harmless(wire: Wire) -> None:
    ours, theirs = wire
    theirs.close()
    writer = DaphneWriter(Protocol(Transport(ours)))
    writer.write(frame(b"one"))
    writer.write(frame(b"two"))


def test_a_connection_that_was_gone_before_we_looked_is_harmless(wire: Wire) -> None:
    transport = Transport(wire[0])
    del transport.socket
    DaphneWriter(Protocol(transport)).write(frame(b"late"))


class Encrypted:
    """TLS over a connection: it keeps its own buffer below, and answers for what it does not know itself."""

    def __init__(self, below: Transport) -> None:
        self.transport = below
        self.aborted = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)

    def write(self, data: bytes) -> None:
        self.transport.write(data)

    def abortConnection(self) -> None:  # noqa: N802 - Twisted's name
        self.aborted = True


def test_under_tls_nothing_goes_around_the_encryption(wire: Wire) -> None:
    ours, theirs = wire
    below = Transport(ours)
    DaphneWriter(Protocol(Encrypted(below))).write(frame(b"secret"))
    assert b"secret" in below.flush()
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(10)


def test_under_tls_a_long_welcome_cuts_nobody_off_and_nothing_is_offered_behind_it(wire: Wire) -> None:
    encrypted = Encrypted(Transport(wire[0]))
    writer = DaphneWriter(Protocol(encrypted))
    assert writer.offer(frame(b"x" * 4 * BACKLOG_BYTES))
    assert not writer.offer(frame(b"a pen in motion"))
    writer.write(frame(b"an event"))
    assert not encrypted.aborted


def test_a_slow_reader_under_tls_is_cut_off_too(wire: Wire) -> None:
    encrypted = Encrypted(Transport(wire[0]))
    writer = DaphneWriter(Protocol(encrypted))
    for _ in range(BACKLOG_BYTES // 10_000 + 2):
        writer.write(frame(b"x" * 10_000))
    assert encrypted.aborted
