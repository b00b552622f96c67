"""What is done beside: nobody waits for it, and what goes wrong is logged."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bridges.errors import BridgeError

log = logging.getLogger(__name__)


class Chores:
    """`whose` is said in the log."""

    def __init__(self, whose: str) -> None:
        self._whose = whose
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def end(self) -> None:
        """None of them goes on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, BridgeError):
            log.warning("%s: %s", self._whose, str(error) or type(error).__name__)
        else:
            log.error("%s failed.", self._whose, exc_info=error)
