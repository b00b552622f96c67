"""Brings what other servers were given: brands that customers made, from the database to this machine."""

import asyncio
import logging

from auth_gateway.uploads import brands_unpack
from conferences.journal import crossing

logger = logging.getLogger(__name__)

LOOK_S = 2.0


class Uploads:
    """All processes of this machine read what one of them brings."""

    def __init__(self) -> None:
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name="uploads")

    async def stop(self) -> None:
        if self._looking:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        while True:
            try:
                await self.run()
            except Exception:
                logger.exception("Uploaded brands could not be brought.")
            await asyncio.sleep(LOOK_S)

    async def run(self) -> None:
        """All that is new now."""
        await crossing(brands_unpack)()
