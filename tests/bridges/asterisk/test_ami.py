"""The manager interface's client, against a server that says what a test wants."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bridges.asterisk.ami import AmiClient, Block
from bridges.asterisk.values import Refused
from bridges.errors import (
    BridgeAuthFailed,
    BridgeTimeout,
    BridgeUnavailable,
    InvalidValue,
    ProtocolError,
)
from tests.bridges.patience import within_patience
from tests.house import free_port

GREETING = b"Asterisk Call Manager/5.0.4\r\n"
Script = Callable[["Server"], Awaitable[None]]


class Server:
    """What one connection hears and says."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def asked(self) -> Block:
        text = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        return Block(text.strip().split("\r\n"))

    async def say(self, *lines: str) -> None:
        """By halves."""
        data = ("\r\n".join(lines) + "\r\n\r\n").encode()
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            self._writer.write(part)
            await self._writer.drain()
            await asyncio.sleep(0)

    async def answer(self, *lines: str, response: str = "Success") -> Block:
        ask = await self.asked()
        await self.say(f"Response: {response}", f"ActionID: {ask['ActionID']}", *lines)
        return ask


@asynccontextmanager
async def connected(
    script: Script, *, greeting: bytes = GREETING, patience_s: float = 10
) -> AsyncIterator[tuple[AmiClient, list[Block]]]:
    """A client of a server with this script, and the events it hears."""
    events: list[Block] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(asyncio.IncompleteReadError):
            writer.write(greeting)
            await script(Server(reader, writer))

    async def heard(block: Block) -> None:
        events.append(block)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = await AmiClient.connect("127.0.0.1", port, tls=None, on_event=heard, patience_s=patience_s)
        try:
            yield client, events
        finally:
            await client.close()


async def until_closed(server: Server) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError):
        while True:
            await server.asked()


def test_keys_repeat_and_their_case_does_not_matter() -> None:
    block = Block(["Event: UserEvent", "Channel: one", "channel: two: three"])
    assert (block["CHANNEL"], block.all("Channel"), block["nothing"]) == ("one", ["one", "two: three"], "")
    assert block.as_dict() == {"event": "UserEvent", "channel": "one"}


async def test_answers_go_to_who_asked_and_the_rest_is_news() -> None:
    async def script(server: Server) -> None:
        first, second = await server.asked(), await server.asked()
        await server.say("Event: Newchannel", "Uniqueid: 1.1")
        await server.say("Response: Success", f"ActionID: {second['ActionID']}", "Message: second")
        await server.say("Response: Success", f"ActionID: {first['ActionID']}", "Message: first")
        await until_closed(server)

    async with connected(script) as (client, events):
        answers = await asyncio.gather(client.ask("Ping"), client.ask("Ping"))
        assert [answer["Message"] for answer in answers] == ["first", "second"]
        assert [event["Event"] for event in events] == ["Newchannel"]


async def test_a_list_is_gathered_between_other_events() -> None:
    async def script(server: Server) -> None:
        ask = await server.answer("EventList: start")
        for item in ("one", "two"):
            await server.say("Event: ConfbridgeList", f"ActionID: {ask['ActionID']}", f"Channel: {item}")
            await server.say("Event: Newstate", "Channel: other")
        await server.say(
            "Event: ConfbridgeListComplete", "EventList: Complete", f"ActionID: {ask['ActionID']}"
        )
        await until_closed(server)

    async with connected(script) as (client, events):
        items = await client.ask_for_list("ConfbridgeList", Conference="123456789")
        assert [item["Channel"] for item in items] == ["one", "two"]
        assert len(events) == 2


async def test_a_connection_that_breaks_within_a_list_is_told_to_who_waits() -> None:
    async def script(server: Server) -> None:
        ask = await server.answer("EventList: start")
        await server.say("Event: ConfbridgeList", f"ActionID: {ask['ActionID']}", "Channel: one")

    async with connected(script) as (client, _):
        with pytest.raises(BridgeUnavailable):
            await client.ask_for_list("ConfbridgeList")
        await client.closed()
        with pytest.raises(BridgeUnavailable):
            await client.ask("Ping")


async def test_an_error_is_refusal_in_asterisks_words() -> None:
    async def script(server: Server) -> None:
        await server.answer("Message: No such channel", response="Error")
        await until_closed(server)

    async with connected(script) as (client, _):
        with pytest.raises(Refused, match="No such channel"):
            await client.ask("Hangup", Channel="x")


async def test_a_wrong_password_is_told_plainly() -> None:
    async def script(server: Server) -> None:
        await server.answer("Message: Authentication failed", response="Error")

    async with connected(script) as (client, _):
        with pytest.raises(BridgeAuthFailed) as failed:
            await client.log_in("meetingserver", "not-the-secret")
        assert "not-the-secret" not in str(failed.value)


async def test_values_with_line_breaks_are_refused_unsent() -> None:
    async with connected(until_closed) as (client, _):
        for value in ("1\r\nAction: Logoff", "1\n", "\x00"):
            with pytest.raises(InvalidValue):
                await client.ask("Hangup", Channel=value)


async def test_who_does_not_answer_in_time_is_given_up() -> None:
    async with connected(until_closed, patience_s=0.2) as (client, _):
        with pytest.raises(BridgeTimeout):
            await client.ask("Ping")


async def test_a_list_that_does_not_end_in_time_is_given_up() -> None:
    async def script(server: Server) -> None:
        await server.answer("EventList: start")
        await until_closed(server)

    async with connected(script, patience_s=0.2) as (client, _):
        with pytest.raises(BridgeTimeout):
            await client.ask_for_list("ConfbridgeListRooms")


async def test_a_server_that_hangs_is_found_out() -> None:
    async def script(server: Server) -> None:
        await server.answer("Message: Authentication accepted")
        await until_closed(server)

    async with connected(script, patience_s=0.05) as (client, _):
        await client.log_in("meetingserver", "secret", ping_every_s=0)
        async with within_patience("the client gives up"):
            await client.closed()


async def test_other_servers_and_none_are_told_apart() -> None:
    with pytest.raises(ProtocolError):
        async with connected(until_closed, greeting=b"SSH-2.0-OpenSSH\r\n"):
            pass
    with pytest.raises(BridgeUnavailable):
        async with connected(until_closed, greeting=b"", patience_s=0.01):
            pass
    with pytest.raises(BridgeUnavailable):
        await AmiClient.connect("127.0.0.1", free_port(), tls=None, on_event=ignored)


async def ignored(_: Block) -> None:
    pass
