"""The contract suite, over a real FreeSWITCH and telephones that speak SIP."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bridges.freeswitch.adapter import Adapter
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket, Timing
from bridges.freeswitch.link import ignored
from tests.bridges.contract import Contract
from tests.house import free_port
from tests.interop.freeswitch import RunningFreeSwitch
from tests.interop.sip_rig import SipRig

pytestmark = [pytest.mark.interop, pytest.mark.campaign]


class RealFreeSwitch(SipRig):
    """A `rig.Rig`."""

    secret = "change-me"
    has_menu = True

    def __init__(self, freeswitch: RunningFreeSwitch) -> None:
        super().__init__(control=freeswitch.socket, sip=freeswitch.sip, phones=freeswitch.phones)
        self._freeswitch = freeswitch
        self._sounds, self._port = free_port(), free_port()

    async def close(self) -> None:
        await super().close()
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
            sip_port=self._port,
        )
        return Adapter("fs", config)

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
