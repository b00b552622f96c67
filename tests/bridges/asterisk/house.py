"""The simulated Asterisk as a `rig.Rig`, and how an adapter is configured for it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bridges.asterisk.adapter import MODES
from bridges.asterisk.bridge import AsteriskBridge
from bridges.asterisk.config import Config, Mode
from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.simulators.asterisk_ami import AmiSimulator
from tests.bridges.simulators.asterisk_ari import AriSimulator
from tests.house import free_port

SECRET = "a-secret-of-tests"
NUMBERS = {
    Callee.ANSWERS: "+4930123111",
    Callee.BUSY: "+4930123222",
    Callee.SILENT: "+4930123333",
    Callee.REFUSES: "+4930123444",
}
CALLEES = {number: callee for callee, number in NUMBERS.items()}


class SimulatedAsterisk:
    numbers: Mapping[Callee, str] = NUMBERS
    secret = SECRET

    def __init__(self, pbx: AmiSimulator | AriSimulator, mode: Mode, agi_port: int = 0) -> None:
        self.pbx, self._mode, self._agi_port = pbx, mode, agi_port
        self.wire = Wire(pbx.port)
        self.has_menu = mode == Mode.AMI

    def bridge(self, *, secret: str = "") -> AsteriskBridge:
        return MODES[self._mode](
            "pbx",
            Config(
                host="127.0.0.1",
                username="meetingserver",
                password=secret or SECRET,
                mode=self._mode,
                port=self.wire.port,
                agi_port=self._agi_port,
                sounds_port=0,
            ),
        )

    async def call(self, *, caller: str, dialled: str) -> Phone:
        return await self.pbx.call(caller, dialled)

    async def call_by_menu(self, room: str) -> Phone:
        return await self.pbx.call("+4930777", self.pbx.menu)

    async def called(self, callee: Callee) -> Phone:
        return await self.pbx.called(callee)

    async def cut(self) -> None:
        await self.wire.cut()

    async def mend(self) -> None:
        await self.wire.mend()

    async def end_media(self, room: str) -> None:
        self.pbx.hang_up_media()


@asynccontextmanager
async def simulated_confbridge() -> AsyncIterator[SimulatedAsterisk]:
    agi_port = free_port()
    async with _opened(AmiSimulator(CALLEES, secret=SECRET, agi_port=agi_port), Mode.AMI, agi_port) as rig:
        yield rig


@asynccontextmanager
async def simulated_stasis() -> AsyncIterator[SimulatedAsterisk]:
    async with _opened(AriSimulator(CALLEES, secret=SECRET), Mode.ARI) as rig:
        yield rig


@asynccontextmanager
async def _opened(
    pbx: AmiSimulator | AriSimulator, mode: Mode, agi_port: int = 0
) -> AsyncIterator[SimulatedAsterisk]:
    await pbx.open()
    rig = SimulatedAsterisk(pbx, mode, agi_port)
    await rig.wire.mend()
    yield rig
    await rig.wire.cut()
    await pbx.close()
