"""Pages that are open are told when phones can be called from now on, or no longer: an admin has put the
first bridge in use, or the last one out of it."""

from collections.abc import Callable, Collection

from bridges import selectors
from conferences.core.signals import CallsOffered
from conferences.hub import Telling
from conferences.journal import crossing
from meetingserver.rounds import Rounds

LOOK_S = 5.0


class Offers(Rounds):
    """`conferences`: those that are here."""

    def __init__(self, conferences: Callable[[], Collection[str]], telling: Telling) -> None:
        super().__init__(
            self.look, every_s=LOOK_S, failure="Pages could not be told whether phones can be called."
        )
        self._conferences = conferences
        self._telling = telling
        self._places: bool | None = None

    async def look(self) -> None:
        """Tells a change; what was so at the start, pages know."""
        before, self._places = self._places, await crossing(selectors.places_calls)()
        if before not in (None, self._places):
            for conference in tuple(self._conferences()):
                offered = await crossing(selectors.offers_calls)(conference)
                self._telling.signal(conference, CallsOffered(offered=offered), to=None)
