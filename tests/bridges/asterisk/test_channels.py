"""Channels that we make beside the callers'."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bridges.asterisk.agi import AgiCall
from bridges.asterisk.ami import Block
from bridges.asterisk.channels import OwnChannels, kick, silencer
from bridges.asterisk.values import Refused, is_own_channel


class Asterisk:
    """Remembers what it was asked, or refuses it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.refuses = False
        self.more = asyncio.Event()
        self.own = OwnChannels("pbx", "meetingserver", self.ask)

    async def ask(self, action: str, *, action_id: str = "", **fields: str) -> Block:
        self.asked.append({"Action": action, **fields})
        self.more.set()
        if self.refuses:
            raise Refused("No such channel")
        return Block(["Response: Success"])


@pytest.fixture
def asterisk() -> Asterisk:
    return Asterisk()


@asynccontextmanager
async def call_of(unique_id: str) -> AsyncIterator[AgiCall]:
    ours: asyncio.Future[AgiCall] = asyncio.Future()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ours.set_result(AgiCall(reader, writer, {"agi_uniqueid": unique_id}))

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        call = await ours
        yield call
        call.close()
        writer.close()


async def test_a_channel_is_ours_by_its_name_and_waited_for_by_it(asterisk: Asterisk) -> None:
    name = asterisk.own.name("media")
    assert is_own_channel(name)
    assert asterisk.own.is_stale_media(name)
    assert not asterisk.own.is_stale_media("other_media_0")
    calling = asyncio.create_task(asterisk.own.call(name, "UnicastRTP/127.0.0.1:4000/c(ulaw)"))
    await asterisk.more.wait()
    assert asterisk.asked == [
        {
            "Action": "Originate",
            "Channel": "UnicastRTP/127.0.0.1:4000/c(ulaw)",
            "Context": "meetingserver",
            "Exten": "lead",
            "Priority": "1",
            "Async": "true",
            "ChannelId": name,
        }
    ]
    async with call_of(name) as call, call_of("stranger") as stranger:
        assert not asterisk.own.takes(stranger)
        assert asterisk.own.takes(call)
        assert not asterisk.own.takes(call)
        assert await calling is call
        assert not asterisk.own.takes(call)


async def test_that_it_is_there_is_told_to_who_waits(asterisk: Asterisk) -> None:
    async with asterisk.own.starting("pbx_hear_0") as started:
        asterisk.own.is_there("pbx_hear_1")
        assert not started.is_set()
        asterisk.own.is_there("pbx_hear_0")
        assert started.is_set()
    asterisk.own.is_there("pbx_hear_0")


async def test_what_is_refused_ends_and_is_written_down(
    asterisk: Asterisk, caplog: pytest.LogCaptureFixture
) -> None:
    asterisk.refuses = True
    ended: list[bool] = []
    with caplog.at_level(logging.WARNING):
        await asterisk.own.whisper("PJSIP/1", ["http://x"], loop=True, ended=lambda: ended.append(True))
        await asterisk.own.announce("123456789", ["http://x"])
    assert ended == [True]
    assert [record.getMessage() for record in caplog.records] == [
        "Asterisk would not speak to PJSIP/1: No such channel",
        "An announcement to room 123456789 failed: No such channel",
    ]


async def test_silencing_and_kicking_are_harmless(asterisk: Asterisk) -> None:
    asterisk.refuses = True
    await silencer(asterisk.ask, "PJSIP/1")()
    await kick(asterisk.ask, "123456789", "PJSIP/1")()
    assert [ask["Action"] for ask in asterisk.asked] == ["ControlPlayback", "ConfbridgeKick"]
