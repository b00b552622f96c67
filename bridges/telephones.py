"""The telephones of a process, composed: what keeps bridges, leads callers and follows conferences."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from bridges.adapters import make_bridge
from bridges.caller import Desk
from bridges.follower import PhoneFollower
from bridges.gateway import ask_gateway
from bridges.keeper import Keeper, Make
from bridges.media_legs import AudioSpace, MediaLegs
from bridges.offers import Offers
from bridges.policy import Policy
from bridges.prompts import Prompts
from bridges.seat import Surroundings
from bridges.switchboard import Switchboard
from conferences.core.words import Millis
from conferences.doors import Door
from conferences.hub import Telling


class Sound(AudioSpace, Protocol):
    """The sound of conferences here, and how loud callers are (`conferences.followers.MediaFollower`)."""

    def caller_speaks(self, conference: str, participant: str, level: int) -> None: ...


class Telephones:
    """`open` is the way to conferences (`conferences.doors.open`), `telling` to their pages; `home` the
    country of numbers that are not written in full, two letters or empty. `follower` is to follow the
    conferences of this process."""

    def __init__(
        self,
        sound: Sound,
        *,
        open: Callable[[str], Coroutine[Any, Any, Door]],
        telling: Telling,
        prompts: Prompts,
        server: str,
        now: Callable[[], Millis],
        home: str = "",
        make: Make = make_bridge,
    ) -> None:
        seats = Surroundings(open, sound.caller_speaks, now)
        policy = Policy(now=now, ask_gateway=ask_gateway)
        self._prompts = prompts
        self.media = MediaLegs(sound, lambda key: self.keeper.bridge(key), server=server, now=now)
        self.switchboard = Switchboard(Desk(seats, policy, prompts, home), self.media)
        self.keeper = Keeper(self.switchboard, make, server=server, now=now)
        self.follower = PhoneFollower(self.keeper, self.media, open=open, now=now, home=home)
        self._offers = Offers(lambda: self.follower.conferences, telling)

    async def start(self) -> None:
        await asyncio.to_thread(self._prompts.prepare)
        self.keeper.start()
        self._offers.start()

    async def stop_callers(self) -> None:
        """Before the conferences are handed over: calls live on where their bridges do."""
        await self.switchboard.stop()

    async def stop(self) -> None:
        """After that: nothing is wanted of bridges any more."""
        await self._offers.stop()
        await self.follower.stop()
        await self.media.stop()
        await self.keeper.stop()
