"""Brings the errands that workers left to the conferences of this server."""

import logging

import msgspec

from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM
from conferences.documents import errand_done, errands_of
from conferences.doors import Doors
from conferences.journal import crossing
from conferences.models import Errand
from meetingserver.rounds import Rounds

logger = logging.getLogger(__name__)

LOOK_S = 1.0

_decode = msgspec.json.Decoder(AnyCommand).decode


class Errands(Rounds):
    """Start it when the doors are open, and stop it before they shut."""

    def __init__(self, doors: Doors, server: str) -> None:
        super().__init__(self.run, every_s=LOOK_S, failure="Errands could not be run.")
        self._doors = doors
        self._server = server

    async def run(self) -> None:
        """All that wait now. One may be done twice when the server dies between; the rules do not mind."""
        for errand in await crossing(errands_of)(self._server):
            if await self._is_done(errand):
                await crossing(errand_done)(errand.pk)

    async def _is_done(self, errand: Errand) -> bool:
        try:
            door = await self._doors.open(errand.conference_id)
            await door.submit(_decode(errand.command), by=SYSTEM)
        except Refused as refused:
            return refused.reason is not Reason.BUSY
        except msgspec.DecodeError:  # of a worker with other code
            logger.exception("Errand %s was not understood.", errand.pk)
        return True
