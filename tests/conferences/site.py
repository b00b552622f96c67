"""A whole process's conferences and websockets, with no server around them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from auth_gateway.seats import Seat, seat_sign
from conferences.consumers import ConferenceSocket
from conferences.doors import Doors
from conferences.exchange import Broadcast, Exchange, Layer
from conferences.followers import ChatFileFollower, DocumentFollower, MediaFollower, PortFollower
from conferences.hub import Hub
from conferences.journal import Journal
from conferences.live import Follower, Surroundings
from conferences.media.server import MediaServer
from conferences.models import Room
from tests.conferences.doubles import Tab, Watch
from tests.conferences.meeting import BEGIN


class Site:
    """A whole process's websockets, without a server around: real journal, doors, hub."""

    def __init__(
        self,
        room: Room,
        server: str = "server-1",
        *,
        layer: Layer | None = None,
        carries: bool = True,
        followers: Sequence[Follower] = (),
    ) -> None:
        self.room = room
        self.now = Watch()
        self.hub = Hub()
        self.journal = Journal()
        exchange = Exchange(server, layer, self.hub) if layer else None
        telling = Broadcast(self.hub, exchange) if exchange else self.hub
        self.media = MediaFollower(MediaServer(host="127.0.0.1", port=0, public_addresses=[]), telling)
        self.followers: list[Follower] = [
            self.media,
            *followers,
            DocumentFollower(),
            ChatFileFollower(),
            PortFollower(),
        ]
        around = Surroundings(server, self.journal, telling, self.followers, self.now)
        self.doors = Doors(around, self.hub, self.media, exchange=exchange, carries=carries)
        self.application = ConferenceSocket(self.doors, self.now)
        self._tabs: list[Tab] = []

    async def opens(self) -> None:
        self.journal.start()
        await self.doors.start()

    async def closes(self) -> None:
        for tab in self._tabs:
            tab.vanishes()
        await asyncio.gather(*(tab.is_over() for tab in self._tabs))
        await self.doors.stop()
        await self.journal.stop()

    def forgets(self, tab: Tab) -> None:
        """It is over already."""
        self._tabs.remove(tab)

    def seat(self, who: str, *, room: int | None = None, issued_at: int = BEGIN, account: str = "") -> str:
        seat = Seat(
            room=room or self.room.pk,
            participant=who,
            name=who.title(),
            account=account,
            entitled=who == "alice",
            issued_at=issued_at,
        )
        return seat_sign(seat, settings.SECRET_KEY.encode())

    def tab(self) -> Tab:
        self._tabs.append(Tab(self.application))
        return self._tabs[-1]

    def shows(self, seat: str, **more: Any) -> Tab:
        tab = self.tab()
        tab.says({"seat": seat, **more})
        return tab

    async def joins(self, who: str) -> Tab:
        tab = self.shows(self.seat(who))
        await tab.hears("welcome")
        return tab
