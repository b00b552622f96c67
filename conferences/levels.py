"""Who speaks in a conference, by web and by phone, told as one: at most some times a second."""

import asyncio
from collections.abc import Callable, Mapping

LEVELS_S = 0.2
"""The engine tells of those on the web no oftener."""


class Levels:
    """`tell(levels)`: who is named speaks, 1 to 9."""

    def __init__(self, tell: Callable[[dict[str, int]], None]) -> None:
        self._tell = tell
        self._web: dict[str, int] = {}
        self._phones: dict[str, int] = {}
        self._told_at = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    def web(self, levels: Mapping[str, int]) -> None:
        """All who speak by web now."""
        self._web = dict(levels)
        self._tell_now()

    def phone(self, participant: str, level: int) -> None:
        """One who is on the phone; 0: is silent."""
        if self._phones.get(participant, 0) == level:
            return
        if level:
            self._phones[participant] = level
        else:
            del self._phones[participant]
        if self._alarm is None:
            loop = asyncio.get_running_loop()
            pause = max(0.0, self._told_at + LEVELS_S - loop.time())
            self._alarm = loop.call_later(pause, self._tell_now)

    def forget(self, participant: str) -> None:
        """They are gone: with their next level nobody is told of them."""
        self._phones.pop(participant, None)

    def _tell_now(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        self._told_at = asyncio.get_running_loop().time()
        self._tell(self._web | self._phones)
