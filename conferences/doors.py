"""The way to a conference, wherever it lives: `doors.open(conference)`."""

import asyncio
import logging
from typing import Protocol

from conferences.core.commands import AnyCommand, JoinParticipant
from conferences.core.rules import Reason, Refused
from conferences.core.signals import ClientSignal, MediaOffer, MediaView
from conferences.core.words import DropReason, Role
from conferences.followers import MediaFollower
from conferences.hub import Socket
from conferences.journal import crossing, read_state
from conferences.live import LiveConference, Surroundings
from conferences.placement import (
    BEAT_S,
    conference_claim,
    conferences_orphaned,
    conferences_release,
    server_beat,
    server_leave,
)

logger = logging.getLogger(__name__)


class Door(Protocol):
    """What a participant's connection can do to a conference. What may not be raises Refused."""

    async def enter(self, join: JoinParticipant, socket: Socket, *, last_seq: int | None) -> None: ...

    async def submit(self, command: AnyCommand, *, by: str) -> None: ...

    async def signal(self, signal: ClientSignal, *, by: str) -> None: ...

    def drop(self, leg: str, reason: DropReason) -> None: ...


class Here:
    """The door to a conference in this process."""

    def __init__(self, live: LiveConference, media: MediaFollower) -> None:
        self.live = live
        self.enter = live.enter
        self.submit = live.submit
        self.drop = live.drop
        self._media = media

    async def signal(self, signal: ClientSignal, *, by: str) -> None:
        participant = self.live.state.participants.get(by)
        if participant is None or participant.role is Role.WAITING:
            raise Refused(Reason.NOT_ALLOWED)
        match signal:
            case MediaOffer():
                await self._media.offer(self.live.id, participant, signal.sdp)
            case MediaView():
                self._media.view(self.live.id, by, signal)
            case _:
                pass


class Doors:
    """The conferences of this process, and its place among the conference servers.

    `alone`: there is no other server, so every running conference is ours.
    """

    def __init__(self, surroundings: Surroundings, media: MediaFollower, *, alone: bool) -> None:
        self._with = surroundings
        self._media = media
        self._alone = alone
        self._here: dict[str, asyncio.Task[Here]] = {}
        self._beating: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take over what a former server left behind, and say from now on that this one lives."""
        await self._beat()
        self._beating = asyncio.create_task(self._keep_beating(), name="conference server")

    async def stop(self) -> None:
        """Hand everything over: browsers are sent to look for their conference again."""
        if self._beating:
            self._beating.cancel()
            await asyncio.wait([self._beating])
        await self._hand_over()
        await crossing(server_leave)(self._with.server)

    async def open(self, conference: str) -> Door:
        """Raises Refused when it ended, or lives where this process cannot reach it."""
        if conference not in self._here:
            self._here[conference] = asyncio.create_task(self._open_here(conference))
            self._here[conference].add_done_callback(lambda opened: self._forget_unopened(conference, opened))
        return await asyncio.shield(self._here[conference])

    def running(self) -> list[LiveConference]:
        done = [task for task in self._here.values() if task.done() and not task.cancelled()]
        return [task.result().live for task in done if task.exception() is None]

    async def _open_here(self, conference: str) -> Here:
        owner = await crossing(conference_claim)(
            conference, server=self._with.server, alone=self._alone, now=self._with.now()
        )
        if owner != self._with.server:
            raise Refused(Reason.BUSY)
        live = LiveConference(conference, await crossing(read_state)(conference), self._with)
        live.over.add_done_callback(lambda _: self._forget(conference))
        return Here(live, self._media)

    def _forget_unopened(self, conference: str, opened: "asyncio.Task[Here]") -> None:
        if opened.cancelled() or opened.exception():
            self._here.pop(conference, None)

    def _forget(self, conference: str) -> None:
        self._here.pop(conference, None)
        self._media.release(conference)

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await self._beat()
            except Exception:
                logger.exception("This conference server could not say that it lives.")

    async def _beat(self) -> None:
        server, now = self._with.server, self._with.now()
        draining = await crossing(server_beat)(server, now=now)
        if draining and not self._alone:
            await self._hand_over()
            await crossing(conferences_release)(server)
            return
        for conference in await crossing(conferences_orphaned)(server=server, alone=self._alone, now=now):
            if conference not in self._here:
                await self._take_over(conference)

    async def _take_over(self, conference: str) -> None:
        try:
            await self.open(conference)
        except Refused:  # another server was quicker, or it has ended
            pass
        except Exception:
            logger.exception("Conference %s could not be taken over.", conference)

    async def _hand_over(self) -> None:
        for live in self.running():
            await live.stop()
