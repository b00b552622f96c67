"""What a call is doing: one thing at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bridges.asterisk.agi import AgiCall
from bridges.asterisk.line import Line
from bridges.errors import LegGone
from tests.bridges.patience import within_patience


class Asterisk:
    """The far end of one FastAGI connection. What lasts is ended by `stop`."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._more = asyncio.Condition()
        self.lasting: asyncio.Future[str] | None = None
        self.fails = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            command = line.decode().strip()
            writer.write(f"{await self._answer(command)}\n".encode())
        writer.close()

    async def _answer(self, command: str) -> str:
        lasts = command.startswith(("STREAM", "EXEC")) and not self.fails
        if lasts:
            self.lasting = asyncio.get_running_loop().create_future()
        async with self._more:
            self.said.append(command.replace('"', ""))
            self._more.notify_all()
        if self.lasting and lasts:
            return await self.lasting
        return "200 result=6" if command == "CHANNEL STATUS" else f"200 result={-1 if self.fails else 1}"

    async def hears(self, command: str) -> None:
        async with within_patience(f"{command} in {self.said}"), self._more:
            await self._more.wait_for(lambda: any(said.startswith(command) for said in self.said[-1:]))

    async def stop(self) -> None:
        if self.lasting and not self.lasting.done():
            self.lasting.set_result("200 result=0")


class Stage:
    def __init__(self, asterisk: Asterisk, call: AgiCall) -> None:
        self.asterisk, self.call = asterisk, call
        self.line = Line(call, stop_sound=asterisk.stop)
        self.told: asyncio.Queue[str] = asyncio.Queue()

    async def play(self, *sounds: str, loop: bool = False) -> None:
        await self.line.play(sounds, loop=loop, ended=lambda: self.told.put_nowait("ended"))

    async def enter(self, *, muted: bool = False) -> None:
        await self.line.enter(
            "123456789",
            muted=muted,
            leave_room=self.asterisk.stop,
            left=lambda: self.told.put_nowait("left"),
        )

    async def next(self) -> str:
        async with within_patience("something is told"):
            return await self.told.get()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    asterisk = Asterisk()
    ours: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()
    async with await asyncio.start_server(lambda r, w: ours.set_result((r, w)), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        serving = asyncio.create_task(asterisk.serve(*await asyncio.open_connection("127.0.0.1", port)))
        call = AgiCall(*await ours, {"agi_channel": "PJSIP/1", "agi_uniqueid": "1.1"})
        following = asyncio.create_task(call.follow())
        yield Stage(asterisk, call)
        call.close()
        await asterisk.stop()
        await asyncio.gather(following, serving, return_exceptions=True)


async def test_sounds_are_played_one_after_the_other(stage: Stage) -> None:
    await stage.play("one", "two")
    await stage.asterisk.hears("STREAM FILE one")
    await stage.asterisk.stop()
    await stage.asterisk.hears("STREAM FILE two")
    assert stage.told.empty()
    await stage.asterisk.stop()
    assert await stage.next() == "ended"


async def test_a_loop_goes_on_until_it_is_hushed(stage: Stage) -> None:
    await stage.play("music", loop=True)
    for _ in range(3):
        await stage.asterisk.hears("STREAM FILE music")
        stage.asterisk.said.clear()
        await stage.asterisk.stop()
    await stage.asterisk.hears("STREAM FILE music")
    await stage.line.hush()
    assert await stage.next() == "ended"
    await stage.line.hush()


async def test_what_cannot_be_played_ends_at_once(stage: Stage) -> None:
    stage.asterisk.fails = True
    await stage.play("missing", loop=True)
    assert await stage.next() == "ended"


async def test_the_next_ends_the_one_before(stage: Stage) -> None:
    await stage.play("music", loop=True)
    await stage.asterisk.hears("STREAM FILE music")
    await stage.enter(muted=True)
    assert await stage.next() == "ended"
    await stage.asterisk.hears("EXEC ConfBridge 123456789")
    assert "SET VARIABLE CONFBRIDGE(user,startmuted) yes" in stage.asterisk.said
    assert "SET VARIABLE CONFBRIDGE(user,quiet) yes" in stage.asterisk.said


async def test_hushing_does_not_end_a_stay_in_a_room_nor_leaving_a_sound(stage: Stage) -> None:
    await stage.enter()
    await stage.asterisk.hears("EXEC ConfBridge")
    await stage.line.hush()
    assert stage.told.empty()
    await stage.line.leave()
    assert await stage.next() == "left"
    await stage.play("music")
    await stage.asterisk.hears("STREAM FILE music")
    await stage.line.leave()
    assert stage.told.empty()


async def test_who_is_gone_can_be_told_nothing(stage: Stage) -> None:
    await stage.play("music")
    await stage.asterisk.hears("STREAM FILE music")
    stage.call.close()
    assert await stage.next() == "ended"
    with pytest.raises(LegGone):
        await stage.play("more")


async def test_one_may_wait_for_the_end(stage: Stage) -> None:
    await stage.line.finish()
    await stage.line.whisper("PJSIP/2")
    await stage.asterisk.hears("EXEC ChanSpy PJSIP/2,qwES")
    await stage.asterisk.stop()
    await stage.line.finish()
