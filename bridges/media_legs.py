"""Our one media leg in each bridge's room of a conference: attached with its first caller, detached after its
last, attached again when it was lost."""

import asyncio
import logging
from collections.abc import Callable
from typing import NamedTuple, Protocol

from bridges import selectors, services
from bridges.base import AudioBridge, MediaLeg
from bridges.errors import AlreadyAttached, BridgeError, BridgeUnavailable
from conferences.core.words import Millis
from conferences.journal import crossing

logger = logging.getLogger(__name__)

RETRIES_S = (1.0, 2.0, 5.0, 10.0, 30.0)


class AudioSpace(Protocol):
    """The sound of conferences here (`conferences.followers.MediaFollower`)."""

    def join_audio(self, conference: str, key: str, leg: MediaLeg) -> None: ...

    def leave_audio(self, conference: str, key: str) -> None: ...


class Place(NamedTuple):
    conference: str
    bridge: str


class MediaLegs:
    """`bridge(key)` is the running bridge of that name here, if there is one. No method waits."""

    def __init__(
        self,
        audio: AudioSpace,
        bridge: Callable[[str], AudioBridge | None],
        *,
        server: str,
        now: Callable[[], Millis],
    ) -> None:
        self._audio = audio
        self._bridge = bridge
        self._server = server
        self._now = now
        self._attached: dict[Place, Attached] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def want(self, conference: str, bridge: str) -> None:
        """There is a caller. Harmless when it is wanted already."""
        place = Place(conference, bridge)
        if place not in self._attached:
            self._attached[place] = Attached(self, place)

    def release(self, conference: str, bridge: str) -> None:
        """There are no callers any more."""
        if attached := self._attached.pop(Place(conference, bridge), None):
            ending = attached.end()
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    def release_all(self, conference: str) -> None:
        for place in [place for place in self._attached if place.conference == conference]:
            self.release(*place)

    def lost(self, room: str, bridge: str) -> None:
        for place, attached in self._attached.items():
            if place.bridge == bridge and attached.room in ("", room):
                attached.begin_again()

    def bridge_is_up(self, bridge: AudioBridge) -> None:
        """Whoever waits for it need not wait any longer; what another adapter of it had made is gone."""
        for place, attached in self._attached.items():
            if place.bridge == bridge.key and attached.bridge is not bridge:
                attached.begin_again()

    def __len__(self) -> int:
        return sum(attached.bridge is not None for attached in self._attached.values())

    async def stop(self) -> None:
        for place in list(self._attached):
            self.release(*place)
        await asyncio.gather(*self._ending, return_exceptions=True)

    # For `Attached`

    async def attach(self, place: Place, room: str) -> tuple[AudioBridge, MediaLeg]:
        """Raises BridgeError."""
        bridge = self._bridge(place.bridge)
        if bridge is None:
            raise BridgeUnavailable(place.bridge)
        await crossing(services.media_claim)(
            key=place.bridge, room=room, conference=place.conference, server=self._server, now=self._now()
        )
        try:
            leg = await bridge.attach_media(room)
        except AlreadyAttached:  # by our former self
            await bridge.detach_media(room)
            leg = await bridge.attach_media(room)
        self._audio.join_audio(place.conference, place.bridge, leg)
        return bridge, leg

    def let_go(self, place: Place, leg: MediaLeg) -> None:
        self._audio.leave_audio(place.conference, place.bridge)
        leg.close()

    async def detach(self, place: Place, room: str) -> None:
        bridge = self._bridge(place.bridge)
        if bridge is not None:
            try:
                await bridge.detach_media(room)
            except BridgeError as error:
                logger.warning("A media leg on bridge %s was left behind: %r", place.bridge, error)
        await crossing(services.media_release)(key=place.bridge, room=room, conference=place.conference)


class Attached:
    """One media leg that is wanted, and the task that keeps it."""

    def __init__(self, legs: MediaLegs, place: Place) -> None:
        self.room = ""
        self.bridge: AudioBridge | None = None
        """That which our leg is in; None: it is in none now."""
        self._legs = legs
        self._place = place
        self._again = asyncio.Event()
        self._leg: MediaLeg | None = None
        self._task = asyncio.create_task(self._keep(), name=f"media leg {place.bridge}")

    def begin_again(self) -> None:
        self._again.set()

    def end(self) -> "asyncio.Task[None]":
        """It is no longer wanted."""
        self._task.cancel()
        return asyncio.create_task(self._end())

    async def _end(self) -> None:
        await asyncio.wait([self._task])
        self._let_go()
        if self.room:
            await self._legs.detach(self._place, self.room)

    async def _keep(self) -> None:
        tries = 0
        while True:
            self._again.clear()
            try:
                await self._attach()
            except BridgeError as error:
                logger.warning("No media leg on bridge %s: %r", self._place.bridge, error)
            except Exception:
                logger.exception("No media leg on bridge %s.", self._place.bridge)
            if self.bridge:
                tries = 0
                await self._again.wait()
            else:
                await self._wait(RETRIES_S[min(tries, len(RETRIES_S) - 1)])
                tries += 1
            self._let_go()

    async def _attach(self) -> None:
        if not self.room:
            self.room = await crossing(selectors.code_of_conference)(self._place.conference)
        self.bridge, self._leg = await self._legs.attach(self._place, self.room)

    def _let_go(self) -> None:
        self.bridge = None
        leg, self._leg = self._leg, None
        if leg is not None:
            self._legs.let_go(self._place, leg)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._again.wait()
        except TimeoutError:
            pass
