"""The contract suite, over a real Asterisk and telephones that speak SIP."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bridges.asterisk.adapter import Adapter
from bridges.asterisk.config import Config, Mode
from bridges.base import AudioBridge
from tests.bridges.contract import Contract
from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.sip_phones import Exchange
from tests.house import free_port
from tests.interop.asterisk import RunningAsterisk

pytestmark = [pytest.mark.interop, pytest.mark.campaign]

NUMBERS = {
    Callee.ANSWERS: "4930111",
    Callee.BUSY: "4930222",
    Callee.SILENT: "4930333",
    Callee.REFUSES: "4930444",
}
MENU = "7000"


class RealAsterisk:
    """A `rig.Rig`."""

    numbers = NUMBERS
    secret = "change-me"

    def __init__(self, asterisk: RunningAsterisk, mode: Mode) -> None:
        self._asterisk, self._mode = asterisk, mode
        self._wire = Wire(asterisk.manager if mode == Mode.AMI else asterisk.http)
        self.has_menu = mode == Mode.AMI
        self._sounds = free_port()

    async def open(self) -> None:
        await self._wire.mend()
        callees = {number: callee for callee, number in NUMBERS.items()}
        self._exchange = await Exchange.open(self._asterisk.phones, self._asterisk.sip, callees)

    async def close(self) -> None:
        await self._exchange.close()
        await self._wire.cut()
        self._asterisk.say("channel request hangup all")
        self._asterisk.wait_for_silence()

    def bridge(self, *, secret: str = "") -> AudioBridge:
        config = Config(
            host="127.0.0.1",
            username="meetingserver",
            password=secret or self.secret,
            mode=self._mode,
            port=self._wire.port,
            agi_port=self._asterisk.agi,
            sounds_port=self._sounds,
        )
        return Adapter("pbx", config)

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
        self._asterisk.hang_up_media()


@pytest.fixture(scope="module")
def asterisk_with_confbridge() -> Iterator[RunningAsterisk]:
    with RunningAsterisk("ami") as asterisk:
        yield asterisk


@pytest.fixture(scope="module")
def asterisk_with_stasis() -> Iterator[RunningAsterisk]:
    with RunningAsterisk("ari") as asterisk:
        yield asterisk


class TestConfBridge(Contract):
    @pytest.fixture
    async def rig(self, asterisk_with_confbridge: RunningAsterisk) -> AsyncIterator[RealAsterisk]:
        rig = RealAsterisk(asterisk_with_confbridge, Mode.AMI)
        await rig.open()
        yield rig
        await rig.close()


class TestStasis(Contract):
    @pytest.fixture
    async def rig(self, asterisk_with_stasis: RunningAsterisk) -> AsyncIterator[RealAsterisk]:
        rig = RealAsterisk(asterisk_with_stasis, Mode.ARI)
        await rig.open()
        yield rig
        await rig.close()
