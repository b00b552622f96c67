"""The embedded bridge keeps the contract of all bridges: its process with SIP and RTP for real, and phones
that were written without its stack."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import msgspec
import pytest

from bridges.base import AudioBridge
from bridges.sip.adapter import Adapter
from bridges.sip.settings import Config, Settings
from tests.bridges.contract import Contract
from tests.house import ROOT, free_port, wait_until
from tests.interop.phones import LOCALHOST, accepts, sip_port
from tests.interop.sip_rig import SipRig

pytestmark = pytest.mark.interop

SECRET = "between-server-and-bridge"


class Process(NamedTuple):
    """Of the bridge, alone. `phones`: the port of its trunk."""

    control: int
    sip: int
    phones: int


@pytest.fixture(scope="module")
def process() -> Iterator[Process]:
    ports = Process(free_port(), sip_port(), free_port())
    config = Config(
        listen_address=LOCALHOST,
        port=ports.sip,
        trunk_domain=f"{LOCALHOST}:{ports.phones}",
        trunk_user="meeting",
        trunk_registers=False,
    )
    settings = Settings(control=f"tcp://{LOCALHOST}:{ports.control}", secret=SECRET, config=config)
    command = [sys.executable, "-m", "bridges.sip.process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin
        running.stdin.write(msgspec.json.encode(settings))
        running.stdin.close()
        wait_until(lambda: accepts(ports.control), "the bridge runs")
        yield ports
        running.terminate()


class EmbeddedBridge(SipRig):
    """A `rig.Rig`."""

    secret = SECRET

    def bridge(self, *, secret: str = "") -> AudioBridge:
        return Adapter(
            "sip",
            Config(
                process=f"tcp://{LOCALHOST}:{self._wire.port}",
                process_secret=secret or SECRET,
                trunk_domain=LOCALHOST,
                trunk_user="meeting",
            ),
        )

    async def end_media(self, room: str) -> None:
        """It ends with the connection."""
        await self.cut()
        await self.mend()


class TestEmbeddedBridge(Contract):
    @pytest.fixture
    async def rig(self, process: Process) -> AsyncIterator[EmbeddedBridge]:
        rig = EmbeddedBridge(**process._asdict())
        await rig.open()
        yield rig
        await rig.close()
