"""The embedded bridge keeps the contract of all bridges: its process with SIP and RTP for real, and phones
that were written without its stack."""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import pytest

from bridges.base import AudioBridge
from bridges.sip.adapter import Adapter
from bridges.sip.settings import Config, Settings
from tests.bridges.contract import Contract
from tests.bridges.rig import Callee, Phone
from tests.bridges.sip_phones import Exchange
from tests.house import ROOT, free_port, wait_until
from tests.interop.phones import LOCALHOST, accepts, sip_port

pytestmark = pytest.mark.interop

SECRET = "between-server-and-bridge"
NUMBERS = {
    Callee.ANSWERS: "49301000",
    Callee.BUSY: "49301001",
    Callee.SILENT: "49301002",
    Callee.REFUSES: "49301003",
}


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


class Cable:
    """Between the server and the bridge; can be cut."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self.port = free_port()

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._met, LOCALHOST, self.port)

    async def cut(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._open):
            writer.close()
            writer.transport.abort()
        await asyncio.gather(*self._passing)

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._carry(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(LOCALHOST, self._end)
        self._open |= {writer, far_writer}
        await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))
        self._open -= {writer, far_writer}


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
    writer.transport.abort()


class SipRig:
    numbers: Mapping[Callee, str] = NUMBERS
    secret = SECRET
    has_menu = False

    def __init__(self, exchange: Exchange, cable: Cable) -> None:
        self._exchange = exchange
        self._cable = cable

    def bridge(self, *, secret: str = "") -> AudioBridge:
        return Adapter(
            "sip",
            Config(
                process=f"tcp://{LOCALHOST}:{self._cable.port}",
                process_secret=secret or SECRET,
                trunk_domain=LOCALHOST,
                trunk_user="meeting",
            ),
        )

    async def call(self, *, caller: str, dialled: str) -> Phone:
        return await self._exchange.call(caller, dialled)

    async def call_by_menu(self, room: str) -> Phone:
        raise NotImplementedError

    async def called(self, callee: Callee) -> Phone:
        return await self._exchange.called(callee)

    async def cut(self) -> None:
        await self._cable.cut()

    async def mend(self) -> None:
        await self._cable.mend()

    async def end_media(self, room: str) -> None:
        """It ends with the connection."""
        await self._cable.cut()
        await self._cable.mend()


class TestEmbeddedBridge(Contract):
    @pytest.fixture
    async def rig(self, process: Process) -> AsyncIterator[Any]:
        callees = {number: callee for callee, number in NUMBERS.items()}
        exchange = await Exchange.open(process.phones, process.sip, callees)
        cable = Cable(process.control)
        await cable.mend()
        yield SipRig(exchange, cable)
        await cable.cut()
        await exchange.close()
