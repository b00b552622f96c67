"""Events on their way to their one reader, with pressure back on whoever makes them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable

from bridges.events import AnyBridgeEvent, LegTalking

FULL = 2000
BUSY = 500
"""From here on levels of talking are left out: the next will say it."""


class EventStream:
    def __init__(self) -> None:
        self._waiting: deque[AnyBridgeEvent] = deque()
        self._something = asyncio.Event()
        self._space = asyncio.Event()
        self._space.set()

    def tell(self, events: Iterable[AnyBridgeEvent]) -> None:
        for event in events:
            if isinstance(event, LegTalking) and event.level and len(self._waiting) > BUSY:
                continue
            self._waiting.append(event)
        if self._waiting:
            self._something.set()
        if len(self._waiting) >= FULL:
            self._space.clear()

    async def space(self) -> None:
        """Whoever reads a vendor's connection waits here, and so makes the vendor wait."""
        await self._space.wait()

    async def __aiter__(self) -> AsyncIterator[AnyBridgeEvent]:
        while True:
            await self._something.wait()
            event = self._waiting.popleft()
            if not self._waiting:
                self._something.clear()
            if len(self._waiting) < FULL // 2:
                self._space.set()
            yield event
