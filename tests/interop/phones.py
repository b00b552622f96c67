"""Phones for the embedded bridge: ours, by baresip-python, which say a tone and know what tones they hear;
Debian's baresip, another version of it in a process of its own; and sipp for exact scenarios."""

import asyncio
import contextlib
import json
import math
import socket
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

import baresip
import numpy as np
from baresip import Account, Call, CallState, Runtime, UserAgent

from tests.house import PATIENCE_S, free_port, wait_until

LOCALHOST = "127.0.0.1"
FRAME_S = 0.02
HEARD_S = 0.5
AUDIBLE, INAUDIBLE = 1000.0, 150.0
"""Amplitudes of a tone, of 32767."""


def sip_port() -> int:
    """Free, and the next too, where a stack listens for TLS."""
    while True:
        port = free_port()
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((LOCALHOST, port + 1))
            return port


def amplitude(samples: "np.typing.NDArray[np.int16]", rate: int, hz: float) -> float:
    """Of one tone in it (Goertzel)."""
    if len(samples) == 0:
        return 0.0
    turns = np.exp(-2j * math.pi * hz * np.arange(len(samples)) / rate)
    return float(2 * abs(np.dot(samples, turns)) / len(samples))


class OurPhone:
    """One call of ours. It says a tone of `hz` for as long as it is open (0: nothing)."""

    def __init__(self, call: Call, hz: float, known_again: Callable[[Call], Call]) -> None:
        self.call = call
        self.hz = hz
        self._known_again = known_again
        self._heard: deque[bytes] = deque()
        self._second = b""
        self._at = 0
        self._rate = self._channels = 0
        self._ticked = asyncio.Event()

    @property
    def is_open(self) -> bool:
        return self.call.state is not CallState.CLOSED

    def tick(self) -> None:
        """Called every 20 ms."""
        with contextlib.suppress(baresip.AudioNotActive, baresip.AudioRestarted):
            self._exchange()
        self._ticked.set()
        self._ticked.clear()

    def _exchange(self) -> None:
        info = self.call.audio.info()
        if not (info.rx_ready and info.tx_ready):
            return
        if not self._second:
            self._rate, self._channels = info.rx_sample_rate, info.rx_channels
            self._second = self._tone(info.tx_sample_rate, info.tx_channels)
        self._heard.append(self.call.audio.read(64_000))
        size = len(self._second) // 50
        for _ in range(max(0, 5 - info.tx_buffered // size)):
            self.call.audio.write(self._second[self._at : self._at + size])
            self._at = (self._at + size) % len(self._second)
        most = int(HEARD_S * self._rate * self._channels * 2)
        while sum(map(len, self._heard)) - len(self._heard[0]) > most:
            self._heard.popleft()

    def hears(self, hz: float) -> float:
        """How loud, in the last half second."""
        samples = np.frombuffer(b"".join(self._heard), np.int16)[:: self._channels or 1]
        return amplitude(samples, self._rate or 1, hz)

    async def until_hears(self, *loud: float, but_not: Sequence[float] = ()) -> None:
        """Half a second of exactly that."""
        async with patience(
            f"hears {loud} but not {but_not}", lambda: {hz: self.hears(hz) for hz in (*loud, *but_not)}
        ):
            while not self._hears_just(loud, but_not):
                await self._ticked.wait()

    def _hears_just(self, loud: Sequence[float], but_not: Sequence[float]) -> bool:
        enough = 0.9 * HEARD_S * self._rate * self._channels * 2
        return (
            sum(map(len, self._heard)) >= enough > 0
            and all(self.hears(hz) > AUDIBLE for hz in loud)
            and all(self.hears(hz) < INAUDIBLE for hz in but_not)
        )

    async def until_answered(self) -> None:
        """By its sound: the library forgets events that come before it knows the call."""
        async with patience("the call is answered"):
            while not self._rate:
                assert self.is_open, "the call was refused"
                await self._ticked.wait()
        if self.call.state is CallState.OUTGOING:
            self.call = self._known_again(self.call)

    async def until_closed(self) -> None:
        async with patience("the call is over"):
            while self.is_open:
                await self._ticked.wait()

    def _tone(self, rate: int, channels: int) -> bytes:
        wave = 8000 * np.sin(2 * math.pi * self.hz * np.arange(rate) / rate)
        return wave.astype(np.int16).repeat(channels).tobytes()


class OurPhones:
    """All of this process: the stack is one per process."""

    def __init__(self, runtime: Runtime, port: int) -> None:
        self._runtime = runtime
        self.port = port
        self.phones: list[OurPhone] = []
        self._agents: dict[str, UserAgent] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls, *, more: str = "") -> AsyncIterator[Self]:
        port = sip_port()
        runtime = Runtime()
        text = f"sip_listen {LOCALHOST}:{port}\ncall_hold_other_calls no\nsip_transports udp,tcp,tls\n{more}"
        await runtime.start(
            baresip.Config(net_interface=LOCALHOST, max_concurrent_calls=None, extra_config_text=text)
        )
        phones = cls(runtime, port)
        ticking = asyncio.get_running_loop().create_task(phones._tick())
        try:
            yield phones
        finally:
            ticking.cancel()
            await runtime.close()

    async def call(
        self, uri: str, hz: float = 0.0, *, user: str = "alice", codec: str = "pcma", more: Sequence[str] = ()
    ) -> OurPhone:
        agent = await self.agent(user, codec=codec, more=more)
        phone = OurPhone(await agent.dial(uri), hz, partial(self._established, agent))
        self.phones.append(phone)
        return phone

    async def answered(self, uri: str, hz: float = 0.0, **more: str) -> OurPhone:
        phone = await self.call(uri, hz, **more)
        await phone.until_answered()
        return phone

    async def agent(self, user: str, *, codec: str = "pcma", more: Sequence[str] = ()) -> UserAgent:
        name = f"{user}/{codec}/{more}"
        if name not in self._agents:
            account = Account(
                user=user, domain=f"{LOCALHOST}:{self.port}", password="", reg_interval=0,
                audio_codecs=(codec,), extra_params=tuple(more),
            )  # fmt: skip
            self._agents[name] = await UserAgent.create(self._runtime, account)
        return self._agents[name]

    def _established(self, agent: UserAgent, call: Call) -> Call:
        """The same call, known as what it has become."""
        return Call(
            self._runtime,
            handle=call.handle,
            ua_handle=agent.handle,
            state=CallState.ESTABLISHED,
            peer=call.peer,
            call_id=call.call_id,
        )

    async def _tick(self) -> None:
        while True:
            for phone in self.phones:
                phone.tick()
            await asyncio.sleep(FRAME_S)


@asynccontextmanager
async def patience(what: str, found: object = None) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE_S / 4):
            yield
    except TimeoutError:
        raise AssertionError(f"Waited in vain: {what}; {found() if callable(found) else ''}") from None


SCENARIOS = Path(__file__).parent / "sipp"


class Sipp:
    """A sipp that runs a scenario of `sipp/`: against `remote`, or waiting on `port` when there is none."""

    def __init__(
        self,
        scenario: str,
        folder: Path,
        *,
        remote: str = "",
        address: str = LOCALHOST,
        transport: str = "u1",
        calls: int = 1,
        more: Sequence[str] = (),
        **keys: str,
    ) -> None:
        self.port = free_port()
        command = ["sipp", *([remote] if remote else []), "-sf", str(SCENARIOS / f"{scenario}.xml")]
        command += ["-i", address, "-p", str(self.port), "-t", transport, "-m", str(calls), "-nostdin"]
        command += ["-mp", str(free_port()), "-timeout", "30", "-timeout_error", *more]
        for name, value in keys.items():
            command += ["-key", name, value]
        (folder / "sound.alaw").write_bytes(bytes([0xD5, 0xD5, 0xD5, 0xD5, 0x2A, 0x2A, 0x2A, 0x2A]) * 2000)
        self._log = folder / f"sipp-{scenario}-{self.port}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)

    async def ended(self) -> int:
        """0: all calls went as the scenario says."""
        return await asyncio.to_thread(self.process.wait, PATIENCE_S)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


@contextmanager
def sipp(scenario: str, folder: Path, **more: Any) -> Iterator[Sipp]:
    running = Sipp(scenario, folder, **more)
    try:
        yield running
    finally:
        running.end()


class DebianPhone:
    """Debian's baresip, with a tone of its own, told what to do over TCP."""

    MODULES = ("g711", "g722", "opus", "ausine", "aufile", "srtp", "account", "menu", "ctrl_tcp")

    def __init__(self, folder: Path, *, codec: str, hz: int, encryption: str = "") -> None:
        self.port, self._control = sip_port(), free_port()
        folder.mkdir()
        modules = "".join(f"module {name}.so\n" for name in self.MODULES[:6])
        modules += "".join(f"module_app {name}.so\n" for name in self.MODULES[6:])
        (folder / "config").write_text(
            f"sip_listen {LOCALHOST}:{self.port}\nnet_interface {LOCALHOST}\nsip_verify_server no\n"
            f"module_path /usr/lib/baresip/modules\n{modules}ctrl_tcp_listen {LOCALHOST}:{self._control}\n"
            f"audio_source ausine,{hz}\n"
        )
        more = f";mediaenc={encryption}" if encryption else ""
        (folder / "accounts").write_text(
            f"<sip:debian@{LOCALHOST}:{self.port}>;regint=0;audio_codecs={codec}{more}\n"
        )
        (folder / "contacts").write_text("")
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(["baresip", "-f", str(folder)], stdout=log, stderr=log)
        wait_until(lambda: accepts(self._control), "Debian's baresip runs")

    def do(self, command: str, parameters: str = "") -> None:
        message = json.dumps({"command": command, "params": parameters}).encode()
        with socket.create_connection((LOCALHOST, self._control), timeout=5) as connection:
            connection.sendall(b"%d:%s," % (len(message), message))
            connection.recv(4096)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOCALHOST, port), timeout=1):
        return True
    return False
