"""A simulated FreeSWITCH behind a wire that can be cut, as a `Rig`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bridges.freeswitch.adapter import Adapter
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import Timing
from tests.bridges.proxy import Wire
from tests.bridges.rig import Callee, Phone
from tests.bridges.simulators.freeswitch import HANDED_OVER, FreeSwitch

SECRET = "ClueCon-of-the-tests"
CALLEES = {
    "4930111": Callee.ANSWERS,
    "4930222": Callee.BUSY,
    "4930333": Callee.SILENT,
    "4930444": Callee.REFUSES,
}
QUICK = Timing(answers_within=5.0, ping_every=60.0, first_pause=0.02, longest_pause=0.1)


class SimulatedFreeSwitch:
    secret = SECRET
    has_menu = True

    def __init__(self, switch: FreeSwitch) -> None:
        self.switch = switch
        self.wire = Wire(switch.port)
        self.numbers = {callee: number for number, callee in CALLEES.items()}

    def bridge(self, *, secret: str = "", timing: Timing = QUICK) -> Adapter:
        config = Config(
            host="127.0.0.1", password=secret or SECRET, port=self.wire.port, sip_port=0, sounds_port=0
        )
        return Adapter("fs", config, timing)

    async def call(self, *, caller: str, dialled: str) -> Phone:
        return self.switch.call(caller, dialled, HANDED_OVER)

    async def call_by_menu(self, room: str) -> Phone:
        return self.switch.call("+4930777", "3000", [("answer", ""), ("conference", f"{room}@default")])

    async def called(self, callee: Callee) -> Phone:
        return await self.switch.called(callee)

    async def cut(self) -> None:
        await self.wire.cut()

    async def mend(self) -> None:
        await self.wire.mend()

    async def end_media(self, room: str) -> None:
        self.switch.end_media()


@asynccontextmanager
async def simulated() -> AsyncIterator[SimulatedFreeSwitch]:
    switch = FreeSwitch(CALLEES, SECRET)
    await switch.open()
    rig = SimulatedFreeSwitch(switch)
    await rig.wire.mend()
    yield rig
    await rig.wire.cut()
    await switch.close()
