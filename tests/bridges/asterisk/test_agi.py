"""FastAGI: calls that Asterisk gives into our hands."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from bridges.asterisk.agi import MOST_LINES, AgiCall, AgiServer
from bridges.errors import InvalidValue, LegGone, ProtocolError
from tests.bridges.patience import within_patience
from tests.house import free_port


class Caller:
    """Asterisk's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\n" for line in lines).encode())

    async def asked(self) -> str:
        """Empty: it was closed."""
        async with within_patience("Asterisk is asked"):
            return (await self._reader.readline()).decode().rstrip("\n")

    def close(self) -> None:
        self._writer.close()


class House:
    """A server, and the calls that came to it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.calls: asyncio.Queue[AgiCall] = asyncio.Queue()
        self.server = AgiServer("127.0.0.1", self.port, self.calls.put, accepts=self._accepts)
        self.open_to = {"127.0.0.1"}
        self._callers: list[Caller] = []

    def _accepts(self, address: str) -> bool:
        return address in self.open_to

    async def connect(self) -> Caller:
        caller = Caller(*await asyncio.open_connection("127.0.0.1", self.port))
        self._callers.append(caller)
        return caller

    async def call(self) -> tuple[Caller, AgiCall]:
        caller = await self.connect()
        caller.say("agi_channel: PJSIP/trunk-1", "agi_uniqueid: 1.1", "agi_callerid: +4930", "")
        async with within_patience("the call comes"):
            return caller, await self.calls.get()

    async def close(self) -> None:
        for caller in self._callers:
            caller.close()
        await self.server.close()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    await house.server.open()
    yield house
    await house.close()


async def test_a_call_says_who_it_is_and_obeys(house: House) -> None:
    caller, call = await house.call()
    assert (call.channel, call.unique_id, call.about["agi_callerid"]) == ("PJSIP/trunk-1", "1.1", "+4930")
    saying = asyncio.create_task(call.say("GET VARIABLE", "UNICASTRTP_LOCAL_PORT"))
    assert await caller.asked() == 'GET VARIABLE "UNICASTRTP_LOCAL_PORT"'
    caller.say("200 result=1 (45144)")
    assert await saying == (1, "45144")


async def test_commands_wait_for_each_other(house: House) -> None:
    caller, call = await house.call()
    both = asyncio.gather(call.say("ANSWER"), call.set("A", "1"))
    assert await caller.asked() == "ANSWER"
    caller.say("200 result=0")
    assert await caller.asked() == 'SET VARIABLE "A" "1"'
    caller.say("200 result=1")
    await both


async def test_arguments_are_quoted_and_cannot_break_the_line(house: House) -> None:
    caller, call = await house.call()
    saying = asyncio.create_task(call.set("A", 'a "b" \\'))
    assert await caller.asked() == 'SET VARIABLE "A" "a \\"b\\" \\\\"'
    caller.say("200 result=1")
    await saying
    for value in ("1\nHANGUP", "\x00"):
        with pytest.raises(InvalidValue):
            await call.set("A", value)


async def test_who_hangs_up_ends_what_is_being_done(house: House) -> None:
    caller, call = await house.call()
    saying = asyncio.create_task(call.say("STREAM FILE", "http://music", ""))
    await caller.asked()
    caller.say("HANGUP")
    caller.say("200 result=-1")
    assert await saying == (-1, "")
    async with within_patience("the call is over"):
        await call.over.wait()
    with pytest.raises(LegGone):
        await call.say("ANSWER")
    assert not await call.is_up()


async def test_a_dead_channel_and_a_cut_wire_are_the_end_too(house: House) -> None:
    caller, call = await house.call()
    saying = asyncio.create_task(call.say("ANSWER"))
    await caller.asked()
    caller.say("511 Command Not Permitted on a dead channel")
    with pytest.raises(LegGone):
        await saying
    saying = asyncio.create_task(call.say("ANSWER"))
    await caller.asked()
    caller.close()
    with pytest.raises(LegGone):
        await saying


async def test_an_odd_answer_is_told(house: House) -> None:
    caller, call = await house.call()
    saying = asyncio.create_task(call.say("NONSENSE"))
    await caller.asked()
    caller.say("510 Invalid or unknown command")
    with pytest.raises(ProtocolError):
        await saying


async def test_whether_a_call_is_up_is_asked(house: House) -> None:
    caller, call = await house.call()
    for state, is_up in (("6", True), ("4", False)):
        asking = asyncio.create_task(call.is_up())
        assert await caller.asked() == "CHANNEL STATUS"
        caller.say(f"200 result={state}")
        assert await asking is is_up


async def test_we_hang_up(house: House) -> None:
    caller, call = await house.call()
    hanging_up = asyncio.create_task(call.hang_up())
    assert await caller.asked() == "HANGUP"
    caller.say("200 result=1")
    await hanging_up
    assert call.over.is_set()


async def test_strangers_and_babblers_get_nothing(house: House) -> None:
    babbler = await house.connect()
    with contextlib.suppress(OSError):
        babbler.say(*(f"agi_{number}: x" for number in range(MOST_LINES + 1)))
        assert await babbler.asked() == ""
    house.open_to.clear()
    stranger = await house.connect()
    assert await stranger.asked() == ""
    assert house.calls.empty()


async def test_when_we_go_calls_are_given_back(house: House) -> None:
    caller, _ = await house.call()
    await house.server.close()
    assert await caller.asked() == ""
