"""A caller's way into their conference, and back when its server changes."""

import secrets
from collections.abc import Callable, Coroutine
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bridges.ear import Ear
from bridges.inbox import Closed, Inbox, Said
from conferences.core import calls as k
from conferences.core.commands import JoinParticipant
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM, DropReason, LegKind
from conferences.doors import Door
from conferences.hub import Socket

RETRIES_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)
"""While another server takes the conference over."""


class Way(Struct, frozen=True):
    """As whom a caller enters which room. `conference` is empty until they were there; `began`: the
    conference has their call already; `placed`: we called them."""

    room: int
    code: str
    participant: str
    name: str
    language: str
    account: str = ""
    entitled: bool = False
    billing_code: str = ""
    conference: str = ""
    began: bool = False
    placed: bool = False


class Facts(NamedTuple):
    """What the journal is told of a call. `call` as `services.call_id` gives it."""

    call: str
    bridge: str
    direction: Literal["in", "out"]
    caller: str
    dialled: str
    started_at: int
    answered_at: int


class Surroundings(NamedTuple):
    """What callers' clients work with; the same for all of a process. `current(room, wanted)` is the room's
    conference, begun if there is none; `joined(call, conference, participant)` keeps the record;
    `talks(conference, participant, level)` is told who talks."""

    open: Callable[[str], Coroutine[Any, Any, Door]]
    current: Callable[[int, str], Coroutine[Any, Any, str]]
    joined: Callable[[str, str, str], Coroutine[Any, Any, None]]
    talks: Callable[[str, str, int], None]


class Seat:
    """One leg of the conference at a time; what it hears comes to the inbox under its name."""

    def __init__(self, facts: Facts, inbox: Inbox, around: Surroundings) -> None:
        self.leg = ""
        self._facts = facts
        self._inbox = inbox
        self._with = around
        self._door: Door | None = None

    async def take(self, way: Way) -> Way:
        """The way with what is known now. Raises Refused, HungUp."""
        for pause_s in RETRIES_S:
            try:
                return await self._take(way)
            except Refused as refused:
                if refused.reason is Reason.ENDED and not way.conference:
                    continue  # it ended at this moment: the next try begins another
                if refused.reason is not Reason.BUSY:
                    raise
            await self._inbox.pause(pause_s)
        return await self._take(way)

    async def _take(self, way: Way) -> Way:
        conference = await self._with.current(way.room, way.conference)
        door = await self._with.open(conference)
        leg = secrets.token_urlsafe(12)
        ear = Ear(
            lambda message: self._inbox.put(Said(leg, message)),
            lambda code: self._inbox.put(Closed(leg, code)),
        )
        self.leg, self._door = leg, door
        try:
            await door.enter(_join(way, leg, self._facts), Socket(way.participant, leg, ear), last_seq=None)
            if not way.began:
                await door.submit(_begin(way, leg, self._facts), by=SYSTEM)
        except BaseException:
            self.leave()
            raise
        await self._with.joined(self._facts.call, conference, way.participant)
        return replace(way, conference=conference, began=True)

    async def ask(self, command: AnyCommand, *, by: str) -> None:
        """In the caller's name. Raises Refused."""
        if self._door is None:
            raise Refused(Reason.BUSY)
        await self._door.submit(command, by=by)

    def leave(self) -> None:
        """Harmless when it was left before."""
        if self._door:
            self._door.drop(self.leg, DropReason.NETWORK)
        self.leg, self._door = "", None


def _join(way: Way, leg: str, facts: Facts) -> JoinParticipant:
    return JoinParticipant(
        participant=way.participant,
        name=way.name,
        leg=leg,
        kind=LegKind.PHONE,
        account=way.account,
        entitled=way.entitled,
        billing_code=way.billing_code,
        call=facts.call if way.placed else "",
    )


def _begin(way: Way, leg: str, facts: Facts) -> k.BeginCall:
    return k.BeginCall(
        participant=way.participant,
        leg=leg,
        call=facts.call,
        bridge=facts.bridge,
        direction=facts.direction,
        caller=facts.caller[:64],
        dialled=facts.dialled[:64],
        started_at=facts.started_at,
        answered_at=facts.answered_at,
    )
