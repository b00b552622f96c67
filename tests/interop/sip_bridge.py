"""The embedded bridge as tests lead it: its adapter, what it told, and words for what calls do."""

import asyncio
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self, TypeVar

import numpy as np

from bridges.base import SAMPLE_RATE
from bridges.events import AnyBridgeEvent, BridgeEvent, BridgeUp, LegArrived
from bridges.sip.adapter import Adapter
from bridges.sip.settings import Config
from tests.interop.phones import LOCALHOST, patience, sip_port

Told = TypeVar("Told", bound=BridgeEvent)


class LedBridge:
    """`told` are the events that nobody asked for yet."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter
        self.port = adapter.config.port
        self.told: list[AnyBridgeEvent] = []
        self._came = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def open(cls, **config: object) -> AsyncIterator[Self]:
        settings = Config(**{"listen_address": LOCALHOST, "port": sip_port()} | config)  # type: ignore[arg-type]
        led = cls(Adapter("sip", settings))
        await led.adapter.start()
        reading = asyncio.get_running_loop().create_task(led._read())
        try:
            await led.until(BridgeUp)
            yield led
        finally:
            reading.cancel()
            await led.adapter.stop()

    @property
    def uri(self) -> str:
        return f"sip:49301234567@{LOCALHOST}:{self.port}"

    async def until(self, kind: type[Told], where: Callable[[Told], bool] = lambda _event: True) -> Told:
        """The first event of this kind that was not asked for yet."""
        async with patience(f"{kind.__name__} is told", lambda: self.told):
            while True:
                for event in self.told:
                    if isinstance(event, kind) and where(event):
                        self.told = [other for other in self.told if other is not event]
                        return event
                await self._came.wait()

    async def arrived(self, caller: str) -> str:
        """The leg of who called."""
        return (await self.until(LegArrived, lambda event: event.info.caller == caller)).leg

    async def _read(self) -> None:
        async for event in self.adapter.events():
            self.told.append(event)
            self._came.set()
            self._came.clear()


def sound_file(folder: Path, hz: float, *, rate: int = SAMPLE_RATE, seconds: float = 1.5) -> Path:
    file = folder / f"{hz}.wav"
    samples = 8000 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.astype(np.int16).tobytes())
    return file
