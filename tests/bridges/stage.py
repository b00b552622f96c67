"""A bridge on a stage: who plays in the contract suite, and what they do there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self
from uuid import uuid4

import pytest

from bridges.base import AudioBridge, Call
from bridges.events import BridgeUp, LegArrived, LegJoined
from tests.bridges.rig import Callee, Events, Phone, Rig
from tests.bridges.tones import sound_file

ROOM = "123456789"
OTHER_ROOM = "987654321"
CALLER = "+493012345678"
OTHER_CALLER = "+33123456789"
DIALLED = "5550100"
WEB, ANNA, BERT = 440, 700, 1000
"""Who says which tone, in Hz."""
HELLO, CODE, MUSIC = 1300, 1600, 1900


def new_leg() -> str:
    """A name for a call that we place, as `bridges.follower` makes them."""
    return uuid4().hex


class Stage:
    """A started adapter, its events, and how callers come into its rooms."""

    def __init__(self, rig: Rig, bridge: AudioBridge, events: Events, sounds: Path) -> None:
        self.rig, self.bridge, self.events, self._sounds = rig, bridge, events, sounds

    @classmethod
    @asynccontextmanager
    async def started(cls, rig: Rig, bridge: AudioBridge, sounds: Path) -> AsyncIterator[Self]:
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeUp)
        stage = cls(rig, bridge, events, sounds)
        yield stage
        await stage.bridge.stop()

    async def arrive(self, caller: str = CALLER) -> tuple[Phone, str]:
        phone = await self.rig.call(caller=caller, dialled=DIALLED)
        arrived = await self.events.next(LegArrived)
        return phone, arrived.leg

    async def bring_in(self, room: str = ROOM, caller: str = CALLER) -> tuple[Phone, str]:
        if not self.bridge.capabilities.answer:
            phone = await self.rig.call(caller=caller, dialled=room)
            return phone, (await self.events.next(LegJoined)).leg
        phone, leg = await self.arrive(caller)
        await self.bridge.join(leg, room)
        await self.events.next(LegJoined, leg=leg)
        return phone, leg

    async def dial(self, callee: Callee, *, timeout_s: int = 20) -> str:
        leg = new_leg()
        await self.bridge.dial(
            Call(leg=leg, number=self.rig.numbers[callee], caller_id="5550100", timeout_s=timeout_s)
        )
        return leg

    def sound(self, hz: int, seconds: float = 0.4, rate: int = 16_000) -> Path:
        return sound_file(self._sounds / f"{hz}-{rate}-{seconds}.wav", hz, seconds, rate)

    def needs(self, capability: str) -> None:
        if not getattr(self.bridge.capabilities, capability):
            pytest.skip(f"This bridge cannot: {capability}")


class Staged:
    """Needs a fixture `rig`."""

    @pytest.fixture
    async def stage(self, rig: Rig, tmp_path: Path) -> AsyncIterator[Stage]:
        async with Stage.started(rig, rig.bridge(), tmp_path) as stage:
            yield stage
