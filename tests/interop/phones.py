"""Phones for the embedded bridge: ours, by baresip-python, which say a tone and know what tones they hear;
Debian's baresip, another version of it in a process of its own; and sipp for exact scenarios."""

import asyncio
import contextlib
import json
import math
import socket
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

import baresip
import numpy as np
from baresip import Account, Call, CallState, Runtime, UserAgent

from tests.house import PATIENCE_S, free_port

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

    def __init__(self, call: Call, hz: float) -> None:
        self.call = call
        self.hz = hz
        self._heard: deque[bytes] = deque()
        self._second = b""
        self._at = 0
        self._rate = self._channels = 0

    @property
    def is_open(self) -> bool:
        return self.call.state is not CallState.CLOSED

    def tick(self) -> None:
        try:
            info = self.call.audio.info()
            if not (info.rx_ready and info.tx_ready):
                return
            if not self._second:
                self._rate, self._channels = info.rx_sample_rate, info.rx_channels
                self._second = self._tone(info.tx_sample_rate, info.tx_channels)
            self._heard.append(self.call.audio.read(64_000))
            size = len(self._second) // 50
            for _ in range(max(0, 3 - info.tx_buffered // size)):
                self.call.audio.write(self._second[self._at : self._at + size])
                self._at = (self._at + size) % len(self._second)
        except (baresip.AudioNotActive, baresip.AudioRestarted):
            return
        most = int(HEARD_S * self._rate * self._channels * 2)
        while sum(map(len, self._heard)) - len(self._heard[0]) > most:
            self._heard.popleft()

    def hears(self, hz: float) -> float:
        """How loud, in the last half second."""
        samples = np.frombuffer(b"".join(self._heard), np.int16)[:: self._channels or 1]
        return amplitude(samples, self._rate or 1, hz)

    def forget(self) -> None:
        self._heard.clear()

    async def until_hears(self, *loud: float, but_not: Sequence[float] = ()) -> None:
        """Half a second of exactly that."""
        async with _patience(
            f"hears {loud} but not {but_not}", lambda: {hz: self.hears(hz) for hz in (*loud, *but_not)}
        ):
            while not (
                sum(map(len, self._heard)) >= 0.9 * HEARD_S * self._rate * self._channels * 2 > 0
                and all(self.hears(hz) > AUDIBLE for hz in loud)
                and all(self.hears(hz) < INAUDIBLE for hz in but_not)
            ):
                await asyncio.sleep(FRAME_S)

    async def until_closed(self) -> None:
        async with _patience("the call is over"):
            while self.is_open:
                await asyncio.sleep(FRAME_S)

    def _tone(self, rate: int, channels: int) -> bytes:
        wave = 8000 * np.sin(2 * math.pi * self.hz * np.arange(rate) / rate)
        return wave.astype(np.int16).repeat(channels).tobytes()


class OurPhones:
    """All of this process: the stack is one per process."""

    def __init__(self, runtime: Runtime, port: int) -> None:
        self._runtime = runtime
        self.port = port
        self.phones: list[OurPhone] = []
        self.rings: asyncio.Queue[Call] = asyncio.Queue()
        """Calls that come to us."""
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
        phone = OurPhone(await agent.dial(uri), hz)
        self.phones.append(phone)
        return phone

    async def answered(self, uri: str, hz: float = 0.0, **more: str) -> OurPhone:
        phone = await self.call(uri, hz, **more)  # type: ignore[arg-type]
        await phone.call.wait_established(timeout=10)
        return phone

    def take(self, call: Call, hz: float = 0.0) -> OurPhone:
        phone = OurPhone(call, hz)
        self.phones.append(phone)
        return phone

    async def agent(self, user: str, *, codec: str = "pcma", more: Sequence[str] = ()) -> UserAgent:
        name = f"{user}/{codec}/{more}"
        if name not in self._agents:
            account = Account(
                user=user, domain=f"{LOCALHOST}:{self.port}", password="", reg_interval=0,
                audio_codecs=(codec,), extra_params=tuple(more),
            )  # fmt: skip
            self._agents[name] = agent = await UserAgent.create(self._runtime, account)
            agent.on_incoming(self.rings.put_nowait)
        return self._agents[name]

    async def _tick(self) -> None:
        while True:
            for phone in self.phones:
                if phone.is_open:
                    phone.tick()
            await asyncio.sleep(FRAME_S)


@asynccontextmanager
async def _patience(what: str, found: object = None) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE_S / 4):
            yield
    except TimeoutError:
        raise AssertionError(f"Waited in vain: {what}; {found() if callable(found) else ''}") from None
