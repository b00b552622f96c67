"""A bridge that is away: told once, and tried again after pauses that double."""

import asyncio
import logging

log = logging.getLogger(__name__)


class Absence:
    """`who` is said in the log; pauses in seconds."""

    def __init__(self, who: str, *, first_pause: float, longest_pause: float) -> None:
        self._who, self._first_pause, self._longest_pause = who, first_pause, longest_pause
        self.over()

    def over(self) -> None:
        """It is there: should it be away again, that is another absence."""
        self._pause, self._is_told = self._first_pause, False

    def is_news(self, reason: str) -> bool:
        """The first reason is told; that it is still away, is not."""
        if self._is_told:
            return False
        log.warning("%s is away: %s", self._who, reason)
        self._is_told = True
        return True

    async def pause(self) -> None:
        """Until the next try."""
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, self._longest_pause)
