"""Pages that are open are told when phones can be called from now on, or no longer: an admin has put the
first bridge in use, or the last one out of it."""

import asyncio
import logging
from collections.abc import Callable, Collection

from bridges import selectors
from conferences.core.signals import CallsOffered
from conferences.hub import Telling
from conferences.journal import crossing

logger = logging.getLogger(__name__)

LOOK_S = 5.0


class Offers:
    """`conferences`: those that are here."""

    def __init__(self, conferences: Callable[[], Collection[str]], telling: Telling) -> None:
        self._conferences = conferences
        self._telling = telling
        self._places: bool | None = None
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name="offers of calls")

    async def stop(self) -> None:
        if self._looking:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                logger.exception("Pages could not be told whether phones can be called.")
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Tells a change; what was so at the start, pages know."""
        before, self._places = self._places, await crossing(selectors.places_calls)()
        if before not in (None, self._places):
            for conference in tuple(self._conferences()):
                offered = await crossing(selectors.offers_calls)(conference)
                self._telling.signal(conference, CallsOffered(offered=offered), to=None)
