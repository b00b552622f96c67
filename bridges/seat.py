"""A caller's way into their conference, and back when its server changes."""

import secrets
from collections.abc import Callable, Coroutine
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bridges import services
from bridges.ear import Ear
from bridges.inbox import Closed, Inbox, Said
from bridges.patience import RETRIES_S, patiently
from conferences.core import calls as k
from conferences.core.commands import JoinParticipant
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM, DropReason, LegKind, Millis
from conferences.doors import Door
from conferences.entering import Entrance
from conferences.hub import Socket
from conferences.journal import crossing
from conferences.ports import port_give_back, port_take
from conferences.services import conference_current


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
    presenter: bool = False
    tenant: str = ""
    billing_code: str = ""
    spoken_name: bytes = b""
    """As they said it themselves."""
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
    """What callers' clients work with; the same for all of a process. `talks(conference, participant, level)`
    is told who talks."""

    open: Callable[[str], Coroutine[Any, Any, Door]]
    talks: Callable[[str, str, int], None]
    now: Callable[[], Millis]


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
                return await patiently(lambda: self._take(way), self._inbox.pause)
            except Refused as refused:
                if refused.reason is Reason.ENDED and not way.conference:
                    continue  # it ended at this moment: the next try begins another
                if refused.reason is not Reason.BUSY:
                    raise
            await self._inbox.pause(pause_s)
        return await self._take(way)

    async def _take(self, way: Way) -> Way:
        entrance = await crossing(_entrance)(way, now=self._with.now())
        try:
            await self._come_in(way, entrance.conference)
        except Refused:
            if entrance.took_port:
                await crossing(port_give_back)(conference=entrance.conference, participant=way.participant)
            raise
        await crossing(services.call_joined)(
            leg=self._facts.call,
            conference=entrance.conference,
            participant=way.participant,
            now=self._with.now(),
        )
        return replace(way, conference=entrance.conference, began=True)

    async def _come_in(self, way: Way, conference: str) -> None:
        door = await self._with.open(conference)
        leg = secrets.token_urlsafe(12)
        ear = Ear(
            lambda message: self._inbox.put(Said(leg, message)),
            lambda code: self._inbox.put(Closed(leg, code)),
        )
        self.leave()
        self.leg, self._door = leg, door
        try:
            await door.enter(_join(way, leg, self._facts), Socket(way.participant, leg, ear), last_seq=None)
            if not way.began:
                key = await crossing(self._keep_name)(way, conference) if way.spoken_name else ""
                await door.submit(_begin(way, leg, self._facts, key), by=SYSTEM)
        except BaseException:
            self.leave()
            raise

    def _keep_name(self, way: Way, conference: str) -> str:
        return services.name_keep(
            call=self._facts.call,
            conference=conference,
            participant=way.participant,
            sound=way.spoken_name,
        )

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


def _entrance(way: Way, *, now: Millis) -> Entrance:
    """As browsers come in. Raises Refused."""
    conference = conference_current(way.room, wanted=way.conference or None, now=now)
    took = port_take(conference=conference, participant=way.participant, username=way.account)
    return Entrance(conference, took)


def _join(way: Way, leg: str, facts: Facts) -> JoinParticipant:
    return JoinParticipant(
        participant=way.participant,
        name=way.name,
        leg=leg,
        kind=LegKind.PHONE,
        account=way.account,
        entitled=way.entitled,
        presenter=way.presenter,
        tenant=way.tenant,
        billing_code=way.billing_code,
        call=facts.call if way.placed else "",
    )


def _begin(way: Way, leg: str, facts: Facts, spoken_name: str) -> k.BeginCall:
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
        spoken_name=spoken_name,
    )
