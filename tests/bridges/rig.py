"""What the contract suite (contract.py) needs of a bridge in a test's hand: a simulator, or a real one."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Protocol, TypeVar

import numpy as np

from bridges.base import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, AudioBridge, MediaLeg
from bridges.events import AnyBridgeEvent, BridgeEvent
from tests.bridges.patience import within_patience
from tests.bridges.tones import Ear, Voice

E = TypeVar("E", bound=BridgeEvent)


class Callee(StrEnum):
    """What happens at a number that we call."""

    ANSWERS = "answers"
    BUSY = "busy"
    SILENT = "silent"
    """Rings, and nobody is there."""
    REFUSES = "refuses"


class Phone(Protocol):
    """A telephone in somebody's hand."""

    ear: Ear

    async def press(self, keys: str) -> None: ...

    def talk(self, hz: float) -> None:
        """One tone, until told otherwise; 0: silence."""

    async def hold(self, *, held: bool) -> None:
        """As the key *hold* of a phone does. Only where `Capabilities.hold`."""

    async def hang_up(self) -> None: ...

    async def over(self) -> None:
        """Returns when the bridge has ended the call."""


class Rig(Protocol):
    """One bridge with its telephones. A new one for each test; what it made, it takes away."""

    numbers: Mapping[Callee, str]
    secret: str
    """Of its configuration: must be in no log and no answer."""
    has_menu: bool
    """Callers can come into a room by the vendor's own menu, and mute themselves there with `*6`."""

    def bridge(self, *, secret: str = "") -> AudioBridge:
        """An adapter that is configured for this bridge and not started."""

    async def call(self, *, caller: str, dialled: str) -> Phone:
        """Somebody calls our number. Where `Capabilities.answer` is not: `dialled` is the room."""

    async def call_by_menu(self, room: str) -> Phone:
        """Somebody comes into a room without us."""

    async def called(self, callee: Callee) -> Phone:
        """The phone that rings because we called its number."""

    async def cut(self) -> None:
        """Our connection to the bridge breaks, and none comes about. Calls go on."""

    async def mend(self) -> None:
        """Connections come about again."""

    async def end_media(self, room: str) -> None:
        """The bridge throws our media leg out."""


class Events:
    """Reads what an adapter tells, in its order."""

    def __init__(self, bridge: AudioBridge) -> None:
        self._stream = bridge.events()
        self.passed: list[AnyBridgeEvent] = []

    async def next(self, kind: type[E], **fields: object) -> E:
        """The next of this kind with these fields; others before it are passed over."""
        async with within_patience(f"{kind.__name__} {fields}; passed:", lambda: self.passed[-12:]):
            while True:
                event = await anext(self._stream)
                self.passed.append(event)
                if isinstance(event, kind) and all(getattr(event, k) == v for k, v in fields.items()):
                    return event


@asynccontextmanager
async def speaking(media: MediaLeg, hz: float) -> AsyncIterator[Ear]:
    """The mixer's part of a media leg: says one tone every 20 ms, and listens."""
    ear = Ear(SAMPLE_RATE)
    pump = asyncio.create_task(_pump(media, Voice(SAMPLE_RATE, hz), ear))
    try:
        yield ear
    finally:
        pump.cancel()


async def _pump(media: MediaLeg, voice: Voice, ear: Ear) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        media.push(voice.frame(FRAME_SAMPLES).tobytes())
        heard = media.pull()
        ear.hear(np.zeros(FRAME_SAMPLES, np.int16) if heard is None else np.frombuffer(heard, np.int16))
        due += FRAME_MS / 1000
        await asyncio.sleep(due - loop.time())
