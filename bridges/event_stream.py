"""Events of a bridge on their way to their one reader."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from bridges.events import AnyBridgeEvent, LegTalking


class EventStream:
    """With pressure back on whoever makes them."""

    FULL = 2000
    BUSY = 500
    """From here on levels of talking are left out: the next will say it."""

    def __init__(self) -> None:
        self._waiting: deque[AnyBridgeEvent] = deque()
        self._something = asyncio.Event()
        self._space = asyncio.Event()
        self._space.set()

    def tell(self, event: AnyBridgeEvent) -> None:
        if isinstance(event, LegTalking) and event.level and len(self._waiting) > self.BUSY:
            return
        self._waiting.append(event)
        self._something.set()
        if len(self._waiting) >= self.FULL:
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
            if len(self._waiting) < self.FULL // 2:
                self._space.set()
            yield event
