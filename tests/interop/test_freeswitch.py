"""The contract suite, over a real FreeSWITCH and telephones that speak SIP."""

from collections.abc import AsyncIterator, Iterator, Mapping

import pytest

from bridges.freeswitch.adapter import Adapter
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket, Timing
from bridges.freeswitch.link import ignored
from tests.bridges.contract import Contract
from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.sip_phones import Exchange
from tests.house import free_port
from tests.interop.freeswitch import RunningFreeSwitch

pytestmark = [pytest.mark.interop, pytest.mark.campaign]

NUMBERS = {
    Callee.ANSWERS: "4930111",
    Callee.BUSY: "4930222",
    Callee.SILENT: "4930333",
    Callee.REFUSES: "4930444",
}
MENU = "7000"


class RealFreeSwitch:
    """A `rig.Rig`."""

    numbers: Mapping[Callee, str] = NUMBERS
    secret = "change-me"
    has_menu = True

    def __init__(self, freeswitch: RunningFreeSwitch) -> None:
        self._freeswitch = freeswitch
        self._wire = Wire(freeswitch.socket)
        self._sounds, self._sip = free_port(), free_port()

    async def open(self) -> None:
        await self._wire.mend()
        callees = {number: callee for callee, number in NUMBERS.items()}
        self._exchange = await Exchange.open(self._freeswitch.phones, self._freeswitch.sip, callees)

    async def close(self) -> None:
        await self._exchange.close()
        await self._wire.cut()
        await self._say("hupall")

    async def _say(self, command: str) -> str:
        """At its event socket, past the wire."""
        port = self._freeswitch.socket
        socket = await EventSocket.connect("127.0.0.1", port, self.secret, ignored, Timing())
        try:
            return await socket.api(command)
        finally:
            await socket.close()

    def bridge(self, *, secret: str = "") -> Adapter:
        config = Config(
            host="127.0.0.1",
            password=secret or self.secret,
            port=self._wire.port,
            sounds_port=self._sounds,
            sip_port=self._sip,
        )
        return Adapter("fs", config)

    async def call(self, *, caller: str, dialled: str) -> Phone:
        return await self._exchange.call(caller, dialled)

    async def call_by_menu(self, room: str) -> Phone:
        return await self._exchange.call("+4930777", MENU)

    async def called(self, callee: Callee) -> Phone:
        return await self._exchange.called(callee)

    async def cut(self) -> None:
        await self._wire.cut()

    async def mend(self) -> None:
        await self._wire.mend()

    async def end_media(self, room: str) -> None:
        for line in (await self._say("show channels")).splitlines():
            if "_media_" in line:
                await self._say(f"uuid_kill {line.partition(',')[0]}")


@pytest.fixture(scope="module")
def freeswitch() -> Iterator[RunningFreeSwitch]:
    with RunningFreeSwitch() as freeswitch:
        yield freeswitch


class TestFreeSwitch(Contract):
    @pytest.fixture
    async def rig(self, freeswitch: RunningFreeSwitch) -> AsyncIterator[RealFreeSwitch]:
        rig = RealFreeSwitch(freeswitch)
        await rig.open()
        yield rig
        await rig.close()
