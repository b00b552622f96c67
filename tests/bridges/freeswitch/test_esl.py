"""The event socket, against servers that say what they like."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bridges.errors import (
    BridgeAuthFailed,
    BridgeError,
    BridgeTimeout,
    BridgeUnavailable,
    InvalidValue,
    ProtocolError,
)
from bridges.freeswitch.esl import EventSocket, Fields, Timing
from bridges.freeswitch.values import Refused
from tests.bridges.patience import within_patience

SECRET = "ClueCon-of-the-tests"
SHORT = Timing(answers_within=0.5, ping_every=60.0)
LONG = Timing(answers_within=5.0, ping_every=60.0)
HELLO = b"Content-Type: auth/request\n\n"
ACCEPTED = b"Content-Type: command/reply\nReply-Text: +OK accepted\n\n"

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(script: Script) -> AsyncIterator[int]:
    """A server that follows a script for each connection."""
    ended = asyncio.Event()

    async def follow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(reader, writer)
            await ended.wait()
        finally:
            writer.close()

    server = await asyncio.start_server(follow, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        ended.set()
        server.close()
        await server.wait_closed()


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HELLO)
    await reader.readuntil(b"\n\n")
    writer.write(ACCEPTED)


class Told(asyncio.Queue[Fields]):
    async def heed(self, fields: Fields) -> None:
        self.put_nowait(fields)


@asynccontextmanager
async def connected(script: Script, timing: Timing = LONG) -> AsyncIterator[tuple[EventSocket, Told]]:
    told = Told()
    async with serving(script) as port:
        socket = await EventSocket.connect("127.0.0.1", port, SECRET, told.heed, timing)
        try:
            yield socket, told
        finally:
            await socket.close()


def response(text: str) -> bytes:
    return f"Content-Type: api/response\nContent-Length: {len(text)}\n\n{text}".encode()


async def test_answers_come_in_the_order_of_questions_whatever_is_told_between() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        first = await reader.readuntil(b"\n\n")
        second = await reader.readuntil(b"\n\n")
        event = b'{"Event-Name":"DTMF","DTMF-Digit":"5"}'
        writer.write(response(first.decode().strip()))
        writer.write(b"Content-Length: %d\nContent-Type: text/event-json\n\n" % len(event) + event)
        writer.write(response(second.decode().strip()))

    async with connected(script) as (socket, told), within_patience("both are answered"):
        first, second = await asyncio.gather(socket.api("one"), socket.api("two"))
        assert (first, second) == ("api one", "api two")
        assert (await told.get())["DTMF-Digit"] == "5"


async def test_what_comes_in_pieces_is_put_together() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.readuntil(b"\n\n")
        for byte in response("+OK in pieces"):
            writer.write(bytes([byte]))
            await writer.drain()

    async with connected(script) as (socket, _):
        assert await socket.api("uptime") == "+OK in pieces"


async def test_a_no_is_told_in_its_own_words() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.readuntil(b"\n\n")
        writer.write(response("-ERR Non-Existant ID 9999\n"))

    async with connected(script) as (socket, _):
        with pytest.raises(Refused, match="Non-Existant ID 9999"):
            await socket.api("conference 123456789 mute 9999")


async def test_a_wrong_password_is_told_and_never_the_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HELLO)
        await reader.readuntil(b"\n\n")
        writer.write(b"Content-Type: command/reply\nReply-Text: -ERR invalid\n\n")
        writer.write(b"Content-Type: text/disconnect-notice\nContent-Length: 4\n\nBye\n")

    with pytest.raises(BridgeAuthFailed) as refused:
        async with connected(script):
            pass
    assert SECRET not in str(refused.value) + caplog.text


async def test_an_address_that_may_not_come_in_is_told() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n")

    with pytest.raises(BridgeAuthFailed, match="apply-inbound-acl"):
        async with connected(script):
            pass


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n\n\n", ProtocolError),
        (b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\n\n", ProtocolError),
        (b"Content-Type: text/html\n\n", ProtocolError),
        (b"Content-Type: auth/request\nContent-Length: many\n\n", ProtocolError),
        (b"Content-Type: auth/request\nContent-Length: 99999999999\n\n", ProtocolError),
        (b"half a li", BridgeTimeout),
        (b"", BridgeTimeout),
    ],
    ids=range(7),
)
async def test_what_is_no_event_socket_is_left(said: bytes, error: type[BridgeError]) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    with pytest.raises(error):
        async with connected(script, SHORT):
            pass


async def test_nobody_at_the_port_is_told() -> None:
    async with serving(accept) as port:
        pass
    with pytest.raises(BridgeUnavailable):
        await EventSocket.connect("127.0.0.1", port, SECRET, Told().heed, SHORT)


async def test_who_does_not_answer_is_not_waited_for_and_late_answers_go_to_nobody_else() -> None:
    go_on = asyncio.Event()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.readuntil(b"\n\n")
        await go_on.wait()
        writer.write(response("too late"))
        await reader.readuntil(b"\n\n")
        writer.write(response("in time"))

    async with connected(script, SHORT) as (socket, _):
        with pytest.raises(BridgeTimeout):
            await socket.api("conference 123456789 json_list")
        go_on.set()
        assert await socket.api("uptime") == "in time"


async def test_a_server_that_falls_silent_is_found_out() -> None:
    hasty = Timing(answers_within=0.05, ping_every=0.01)
    async with connected(accept, hasty) as (socket, _), within_patience("the connection is given up"):
        await socket.closed()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\xff\xfe no header\n\n",
        b"Content-Type: text/event-json\nContent-Length: -1\n\n",
        b"Content-Type: api/response\nContent-Length: 3\n\n+OK",
        b"Content-Type: text/disconnect-notice\nContent-Length: 4\n\nBye\n",
    ],
    ids=range(4),
)
async def test_garbage_ends_the_connection_and_whoever_waits_is_told(garbage: bytes) -> None:
    speak = asyncio.Event()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await speak.wait()
        writer.write(garbage)

    async with connected(script) as (socket, _), within_patience("it is over"):
        speak.set()
        await socket.closed()
        await socket.close()
        with pytest.raises(BridgeUnavailable):
            await socket.api("uptime")


async def test_what_is_no_event_is_passed_over() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.readuntil(b"\n\n")
        for body in (b"{not json", b"[1, 2]", b'{"Event-Name":"DTMF","odd":["a"],"number":3}'):
            writer.write(b"Content-Type: text/event-json\nContent-Length: %d\n\n" % len(body) + body)
        writer.write(b"Content-Type: log/data\nContent-Length: 3\n\nlog")
        writer.write(response("+OK"))

    async with connected(script) as (socket, told):
        await socket.api("uptime")
        assert (await told.get())["number"] == "3"
        assert told.empty()


async def test_a_job_is_answered_when_it_is_done() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        for result in ("+OK done", "-ERR USER_BUSY"):
            asked = (await reader.readuntil(b"\n\n")).decode()
            assert "Job-UUID: job" in asked
            writer.write(b"Content-Type: command/reply\nReply-Text: +OK Job-UUID: job\n\n")
            body = f'{{"Event-Name":"BACKGROUND_JOB","Job-UUID":"job","_body":"{result}\\n"}}'.encode()
            writer.write(b"Content-Type: text/event-json\nContent-Length: %d\n\n" % len(body) + body)

    async with connected(script) as (socket, _):
        assert await socket.finish("originate x &park()", "job", 5.0) == "+OK done"
        with pytest.raises(Refused, match="USER_BUSY"):
            await socket.finish("originate x &park()", "job", 5.0)


async def test_a_job_that_is_never_done_is_not_waited_for() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.readuntil(b"\n\n")
        writer.write(b"Content-Type: command/reply\nReply-Text: +OK Job-UUID: job\n\n")

    async with connected(script) as (socket, _):
        with pytest.raises(BridgeTimeout):
            await socket.finish("originate x &park()", "job", 0.05)


async def test_a_line_break_never_becomes_a_second_command() -> None:
    async with connected(accept) as (socket, _):
        with pytest.raises(InvalidValue):
            await socket.api("uptime\n\napi shutdown")
