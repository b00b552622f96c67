"""The way to a conference, wherever it lives: `doors.open(conference)`.

`wiring` installs the doors of this process once.
"""

import asyncio
import logging
from contextvars import Context
from functools import partial
from typing import Protocol

from conferences.core.commands import JoinParticipant
from conferences.core.hearing import room
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.signals import (
    ClientSignal,
    DrawingMotion,
    MediaOffer,
    MediaView,
    Motion,
    PenMoved,
    PointerMoved,
)
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason, Millis, Role
from conferences.exchange import Drop, Elsewhere, Enter, Exchange, Moved, Request, Signalled, Submit
from conferences.followers import MediaFollower
from conferences.hub import SERVER_LEAVES, Hub, Socket
from conferences.journal import crossing, read_state
from conferences.live import LiveConference, Surroundings
from conferences.motions import Motions
from conferences.placement import (
    BEAT_S,
    conference_claim,
    conference_take,
    conferences_orphaned,
    conferences_stranded,
    server_arrive,
    server_beat,
    server_for_new,
    server_leave,
)
from meetingserver.rounds import Rounds

logger = logging.getLogger(__name__)


class Door(Protocol):
    """What a participant's connection can do to a conference. What may not be raises Refused."""

    async def enter(self, join: JoinParticipant, socket: Socket, *, last_seq: int | None) -> None: ...

    async def submit(self, command: AnyCommand, *, by: str) -> None: ...

    async def signal(self, signal: ClientSignal, *, by: str) -> None: ...

    def drop(self, leg: str, reason: DropReason) -> None: ...


class Here:
    """The door to a conference in this process."""

    def __init__(
        self, live: LiveConference, hub: Hub, media: MediaFollower, motions: Motions["Here"]
    ) -> None:
        self.live = live
        self.submit = live.submit
        self._hub = hub
        self._media = media
        self._motions = motions

    async def enter(self, join: JoinParticipant, socket: Socket, *, last_seq: int | None) -> None:
        self._hub.add(self.live.id, socket)
        try:
            await self.live.enter(join, partial(self._hub.seat, socket), last_seq=last_seq)
        except BaseException:
            self._hub.remove(self.live.id, socket.leg)
            raise

    async def enter_from_elsewhere(self, join: JoinParticipant, *, last_seq: int | None) -> tuple[bytes, int]:
        """For a socket of another process: what it is to be told first, and the number that ends with."""
        told: list[tuple[bytes, int]] = []
        await self.live.enter(join, lambda text, seq: told.append((text, seq)), last_seq=last_seq)
        return told[0]

    def drop(self, leg: str, reason: DropReason) -> None:
        self._hub.remove(self.live.id, leg)
        self.live.drop(leg, reason)

    async def signal(self, signal: ClientSignal, *, by: str) -> None:
        participant = self.live.state.participants.get(by)
        if participant is None or participant.role is Role.WAITING:
            raise Refused(Reason.NOT_ALLOWED)
        match signal:
            case MediaOffer():
                await self._media.offer(self.live.id, participant, signal.sdp)
            case MediaView():
                self._media.view(self.live.id, by, signal)
            case PenMoved() | PointerMoved():
                self.move(Motion(by, signal))
            case _:
                pass

    def move(self, motion: Motion) -> None:
        """Of who may not draw nothing is told."""
        if self.live.state.may_draw(motion.participant):
            self._motions.take(self, motion)


class Doors:
    """The conferences of this process, and the ways to those of other processes.

    `exchange` is None where there is no other process: then every running conference is ours. `carries`:
    whether this process holds conferences itself.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        hub: Hub,
        media: MediaFollower,
        *,
        exchange: Exchange | None = None,
        carries: bool = True,
    ) -> None:
        self._with = surroundings
        self._hub = hub
        self._media = media
        self._exchange = exchange
        self._carries = carries
        self._takes_new = False
        self._here: dict[str, asyncio.Task[Here]] = {}
        self._beats = Rounds(
            self.beat, every_s=BEAT_S, failure="This conference server could not say that it lives."
        )
        self.motions = Motions[Here](self._tell_motions)

    async def start(self) -> None:
        """Take over what a former server left behind, and say from now on that this one lives."""
        self._takes_new = self._carries
        if self._exchange:
            await self._exchange.start(self._answer)
        await crossing(server_arrive)(self._with.server)
        await self.beat()
        self._beats.start(after_s=BEAT_S)

    async def stop(self) -> None:
        """Hand everything over: browsers are sent to look for their conference again."""
        self._takes_new = False
        await self._beats.stop()
        await self._hand_over()
        await crossing(server_leave)(self._with.server, now=self._with.now())
        if self._exchange:
            await self._exchange.stop()

    async def open(self, conference: str) -> Door:
        """Raises Refused when it ended, or there is no server for it now."""
        if conference not in self._here:
            owner = await self._owner(conference)
            if owner != self._with.server:
                return self._door_elsewhere(conference, owner)
            if conference not in self._here:  # nobody was quicker
                self._here[conference] = self._opening(conference)
        return await asyncio.shield(self._here[conference])

    def running(self) -> list[LiveConference]:
        opened = [task for task in self._here.values() if task.done() and not task.cancelled()]
        return [task.result().live for task in opened if task.exception() is None]

    async def _owner(self, conference: str) -> str:
        now = self._with.now()
        server = self._with.server if self._takes_new else await crossing(server_for_new)(now=now)
        if server is None:
            raise Refused(Reason.BUSY)
        alone = self._exchange is None
        return await crossing(conference_claim)(conference, server=server, alone=alone, now=now)

    def _door_elsewhere(self, conference: str, server: str) -> Door:
        if self._exchange is None:
            raise Refused(Reason.BUSY)
        return Elsewhere(conference, server, self._exchange, self._hub)

    def _opening(self, conference: str) -> "asyncio.Task[Here]":
        """It outlives the request that opens it, and has nothing of its context: not its thread either."""
        opening = asyncio.create_task(self._open_here(conference), context=Context())
        opening.add_done_callback(lambda _: self._forget_if_not_opened(conference, opening))
        return opening

    async def _open_here(self, conference: str) -> Here:
        state, left_at = await crossing(_taken)(conference)
        live = LiveConference(conference, state, self._with, left_at=left_at)
        live.over.add_done_callback(lambda _: self._forget(conference))
        return Here(live, self._hub, self._media, self.motions)

    def _tell_motions(self, door: Here, motions: list[Motion]) -> None:
        signal = DrawingMotion(motions=motions)
        self._with.hub.signal(door.live.id, signal, to=room(door.live.state))

    def _forget_if_not_opened(self, conference: str, opening: "asyncio.Task[Here]") -> None:
        if opening.cancelled() or opening.exception():
            self._here.pop(conference, None)

    def _forget(self, conference: str) -> None:
        self._here.pop(conference, None)
        self._media.release(conference)

    async def _answer(self, conference: str, request: Request) -> tuple[bytes, int]:
        """What another process asks of a conference here. Raises Refused."""
        door = await self.open(conference)
        if not isinstance(door, Here):  # it has moved on
            raise Refused(Reason.BUSY)
        match request:
            case Enter():
                return await door.enter_from_elsewhere(request.join, last_seq=request.last_seq)
            case Submit():
                await door.submit(request.command, by=request.by)
            case Signalled():
                await door.signal(request.signal, by=request.by)
            case Moved():
                for motion in request.motions:
                    door.move(motion)
            case Drop():
                door.live.drop(request.leg, request.reason)
        return b"", 0

    async def beat(self) -> None:
        """Say that this server lives, and do what became due since it said so last."""
        if self._carries:
            draining = await crossing(server_beat)(self._with.server, now=self._with.now())
            self._takes_new = not draining
            await (self._drain() if draining else self._adopt())
        if self._exchange:
            await self._send_away_from_dead_servers()

    async def _drain(self) -> None:
        if self._here:
            await self._hand_over()
            await crossing(server_leave)(self._with.server, now=self._with.now())

    async def _adopt(self) -> None:
        server, alone = self._with.server, self._exchange is None
        orphans = await crossing(conferences_orphaned)(server=server, alone=alone, now=self._with.now())
        for conference in orphans:
            await self._take_over(conference)

    async def _take_over(self, conference: str) -> None:
        """One that cannot be read must not keep the others waiting."""
        try:
            await self.open(conference)
        except Refused:  # another server was quicker, or it has ended
            pass
        except Exception:
            logger.exception("Conference %s could not be taken over.", conference)

    async def _send_away_from_dead_servers(self) -> None:
        watched = [conference for conference in self._hub.conferences() if conference not in self._here]
        for conference in await crossing(conferences_stranded)(watched, now=self._with.now()):
            self._hub.close(conference, SERVER_LEAVES)

    async def _hand_over(self) -> None:
        for live in self.running():
            await live.stop()


def _taken(conference: str) -> tuple[State, Millis]:
    return read_state(conference), conference_take(conference)


_installed: list[Doors] = []


def install(doors: Doors) -> None:
    """These are the doors of this process."""
    _installed[:] = [doors]


async def open(conference: str) -> Door:
    """Raises Refused; BUSY where no conference server runs in this process."""
    if not _installed:
        raise Refused(Reason.BUSY)
    return await _installed[0].open(conference)


async def submit(conference: str, command: AnyCommand) -> None:
    """As the server itself. Raises Refused."""
    door = await open(conference)
    await door.submit(command, by=SYSTEM)
