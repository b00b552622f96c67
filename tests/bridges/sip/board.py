"""A switchboard with callers in memory, whose time tests have in their hands: the mixer's thread does not
run."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np

from bridges.events import AnyBridgeEvent, LegArrived
from bridges.sip.stack import Sound, StackEvent
from bridges.sip.switchboard import Switchboard
from bridges.sip.synthetic import NARROW, SyntheticLine, SyntheticStack
from tests.sounds import peak_of

ROOM = "123456789"


class Board:
    def __init__(self, stack: SyntheticStack) -> None:
        self.told: list[AnyBridgeEvent] = []
        self.stack = stack
        self.switchboard = Switchboard(stack, self.told.append)
        self.switchboard.is_led = True

    @classmethod
    @asynccontextmanager
    async def open(cls, stack: SyntheticStack | None = None) -> AsyncIterator["Board"]:
        board = cls(stack or SyntheticStack())
        tell: Callable[[StackEvent], None] = board.switchboard.happened
        await board.stack.start(tell)
        yield board
        await board.switchboard.stop()

    async def caller(self, name: str, hz: float = 0.0, sound: Sound = NARROW) -> tuple[SyntheticLine, str]:
        line = self.stack.call(name, sound, hz=hz)
        await self.settled()
        arrived = [
            event for event in self.told if isinstance(event, LegArrived) and event.info.caller == name
        ]
        return line, arrived[-1].leg

    async def settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def mix(self, frames: int = 50) -> None:
        for _ in range(frames):
            self.switchboard.mixer.tick()
        await self.settled()

    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.told]


def heard_by(line: SyntheticLine, hz: float) -> float:
    """The amplitude of a tone in the last half second."""
    samples = np.frombuffer(b"".join(list(line.said)[-25:]), np.int16)[:: line.sound.channels]
    return peak_of(samples, hz, line.sound.rate)
