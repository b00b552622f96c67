"""What is looked after every few seconds while the server runs. Imports nothing of ours."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


class Rounds:
    """`look` is awaited again and again, with `every_s` seconds in between. One that fails is logged with the
    sentence `failure`, and the next one comes."""

    def __init__(self, look: Callable[[], Awaitable[None]], *, every_s: float, failure: str) -> None:
        self._next = look
        self._every_s = every_s
        self._failure = failure
        self._going: asyncio.Task[None] | None = None

    def start(self, *, after_s: float = 0.0) -> None:
        self._going = asyncio.create_task(self._go(after_s), name=self._next.__qualname__)

    async def stop(self) -> None:
        if self._going:
            self._going.cancel()
            await asyncio.wait([self._going])

    @property
    def works(self) -> bool:
        return self._going is not None and not self._going.done()

    async def _go(self, pause_s: float) -> None:
        while True:
            await asyncio.sleep(pause_s)
            try:
                await self._next()
            except Exception:
                logger.exception(self._failure)
            pause_s = self._every_s
