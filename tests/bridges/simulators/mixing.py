"""What simulated switches have in common: channels that play sounds, telephones, rooms that mix. Time goes
five times as fast as outside, unless sound goes outside."""

import asyncio
import io
import itertools
import wave
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import aiohttp
import numpy as np

from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee
from tests.bridges.simulators.outside import FRAME, PACKED, RATE
from tests.bridges.tones import Ear, Samples, Voice

FRAME_S = 0.02
HURRY = 5
LOUD = 500
"""Peak from which on somebody talks."""
PAUSE = 12
"""Quiet frames after which nobody does."""
SILENCE = np.zeros(FRAME, np.int16)


class Far(Protocol):
    """Whoever is at the other end of a channel."""

    is_outside: bool
    """Its sound comes and goes by RTP."""

    def voice(self) -> Samples: ...

    def hear(self, samples: Samples) -> None: ...

    def end(self) -> None: ...


class Line(ABC):
    """The sound of a channel. `out`: of its room, or of an ear."""

    def __init__(self, far: Far) -> None:
        self.far = far
        self.room = ""
        self.muted = self.deaf = self.held = self.talking = False
        self.factor = 1.0
        """By which all that is heard is louder."""
        self.gone, self.out = asyncio.Event(), asyncio.Event()
        self.said = SILENCE
        self._sounds: deque[Samples] = deque()
        self._silent = asyncio.Event()
        self._quiet = PAUSE

    @property
    @abstractmethod
    def is_up(self) -> bool: ...

    @abstractmethod
    def besides(self) -> list[Samples]:
        """What is heard but for the room."""

    async def play(self, frames: deque[Samples]) -> None:
        """Returns when they have ended, or were stopped."""
        self._sounds = frames
        self._silent.clear()
        try:
            await self._silent.wait()
        finally:
            self.stop_sound()

    def stop_sound(self) -> None:
        self._sounds = deque()
        self._silent.set()

    def next_sound(self) -> Samples:
        if not self._sounds:
            self._silent.set()
            return SILENCE
        return self._sounds.popleft()

    def notice_talking(self) -> bool:
        """Whether that changed."""
        self._quiet = 0 if np.abs(self.said).max() > LOUD else self._quiet + 1
        talks = self._quiet < PAUSE if self.talking else self._quiet == 0
        self.talking, before = talks, self.talking
        return talks != before


async def fetched(addresses: Sequence[str]) -> deque[Samples]:
    """As the vendors do, one after the other. Raises ClientError, wave.Error."""
    frames: deque[Samples] = deque()
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        for address in addresses:
            async with session.get(address) as answer:
                data = await answer.read()
            with wave.open(io.BytesIO(data)) as file:
                step = file.getframerate() // RATE
                samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)[::step]
            whole = len(samples) // FRAME * FRAME
            frames += np.split(samples[:whole], whole // FRAME)
    return frames


class Handset:
    """A telephone: half a `rig.Phone`, and the far end of its channel."""

    is_outside = False

    def __init__(self) -> None:
        self.ear = Ear(RATE)
        self._voice = Voice(RATE)

    @property
    def line(self) -> Line:
        raise NotImplementedError

    def voice(self) -> Samples:
        return self._voice.frame(FRAME) if self._voice.hz else SILENCE

    def hear(self, samples: Samples) -> None:
        self.ear.hear(samples)

    def end(self) -> None:
        """`Line.gone` says it."""

    def talk(self, hz: float) -> None:
        self._voice.hz = hz

    async def over(self) -> None:
        async with within_patience("the bridge ends the call"):
            await self.line.gone.wait()


class Rtp(asyncio.DatagramProtocol):
    """The far end of a channel whose sound goes outside: to a given address, and from there."""

    is_outside = True

    def __init__(self, codec: str, to: tuple[str, int] | None = None) -> None:
        self.to = to
        self._packed = PACKED[codec]()
        self._heard: deque[Samples] = deque(maxlen=5)
        self._numbers = itertools.count()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, address: Any) -> None:
        if data[1] & 0x7F == self._packed.payload_type:
            self._heard.append(self._packed.decode(data[12:]))

    @property
    def payload_type(self) -> int:
        return self._packed.payload_type

    def voice(self) -> Samples:
        return self._heard.popleft() if self._heard else SILENCE

    def hear(self, samples: Samples) -> None:
        if self.to:
            number = next(self._numbers)
            at = (number & 0xFFFF).to_bytes(2) + (number * self._packed.step & 0xFFFFFFFF).to_bytes(4)
            header = bytes([0x80, self._packed.payload_type]) + at + bytes(4)
            self._transport.sendto(header + self._packed.encode(samples), self.to)

    def end(self) -> None:
        self._transport.close()


L = TypeVar("L", bound=Line)
P = TypeVar("P", bound=Handset)


class Mixer(ABC, Generic[L, P]):
    """A switch's channels by their names, its rooms, and the telephones that ring."""

    def __init__(self, callees: Mapping[str, Callee]) -> None:
        self.channels: dict[str, L] = {}
        self._callees = callees
        self._rung: dict[Callee, asyncio.Queue[P]] = {callee: asyncio.Queue() for callee in Callee}
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        self.spawn(self._mix_on())

    async def close(self) -> None:
        for channel in list(self.channels.values()):
            self.hang_up(channel)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @abstractmethod
    def hang_up(self, channel: L) -> None:
        """Harmless when it is gone."""

    @abstractmethod
    def tell_talking(self, channel: L) -> None:
        """Who is in a room began to talk, or ended."""

    async def called(self, callee: Callee) -> P:
        async with within_patience(f"the phone {callee} rings"):
            return await self._rung[callee].get()

    def inside(self, room: str) -> list[L]:
        return [channel for channel in self.channels.values() if channel.room == room]

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        """What went wrong in here is logged by the loop."""
        self._tasks.discard(task)
        if not task.cancelled():
            task.result()

    async def _mix_on(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._mix()
            is_outside = any(channel.far.is_outside for channel in self.channels.values())
            due = max(due + (FRAME_S if is_outside else FRAME_S / HURRY), loop.time() - FRAME_S)
            await asyncio.sleep(max(0.0, due - loop.time()))

    def _mix(self) -> None:
        up = [channel for channel in self.channels.values() if channel.is_up]
        for channel in up:
            said = channel.far.voice()
            channel.said = SILENCE if channel.muted or channel.held else said
            if channel.room and channel.notice_talking():
                self.tell_talking(channel)
        for channel in up:
            heard = _heard_by(channel, up)
            channel.far.hear(SILENCE if channel.deaf else heard)


def _heard_by(channel: Line, up: Sequence[Line]) -> Samples:
    others = [
        other.said for other in up if channel.room and other.room == channel.room and other is not channel
    ]
    heard = np.sum([*channel.besides(), *others], axis=0, dtype=np.int32)
    return np.asarray(np.clip(channel.factor * heard, -32768, 32767)).astype(np.int16)
