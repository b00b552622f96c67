"""One call, from its first event to its end, as one task: it is led to a conference, visits it, and leaves a
record. Calls we placed ring first; calls that a new process finds go on where they were."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from bridges import events as b
from bridges import journey as j
from bridges import selectors, services
from bridges.base import AudioBridge, InboundCall
from bridges.handset import Handset
from bridges.inbox import HungUp, Inbox
from bridges.known_calls import PLACED
from bridges.lead import Lead
from bridges.numbers import full_number, masked
from bridges.patience import RETRIES_S, patiently
from bridges.policy import Policy, owner_of
from bridges.prompts import Prompts
from bridges.seat import Facts, Surroundings, Way
from bridges.types import Direction, EndCause, Leg
from bridges.visit import Visit
from conferences.core import calls as k
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM
from conferences.journal import crossing
from meetingserver.branding.choosing import Choice, about, chosen

logger = logging.getLogger(__name__)


class Desk(NamedTuple):
    """What all calls of a process share. `home`: the country of numbers that are not written in full."""

    seats: Surroundings
    policy: Policy
    prompts: Prompts
    home: str = ""


def participant_of(call: str) -> str:
    """As whom a call is in conferences: the same after our restart."""
    return f"tel-{hashlib.sha256(call.encode()).hexdigest()[:20]}"


class Caller:
    """Start it with what is known of its leg, then give it every event."""

    def __init__(self, bridge: AudioBridge, info: Leg, desk: Desk) -> None:
        self.bridge = bridge
        self.call = services.call_id(info.leg)
        self._info = info
        self._desk = desk
        self._inbox = Inbox()
        self._handset = Handset(bridge, info.leg, desk.prompts)
        self._started_at = self._answered_at = desk.seats.now()
        self._task: asyncio.Task[None] | None = None

    def start(self, over: Callable[[], None]) -> None:
        """`over` is called when there is nothing left of the call."""
        self._task = asyncio.create_task(self._run(), name=f"call {self.call}")
        self._task.add_done_callback(lambda _task: over())

    def hears(self, event: b.LegEvent | b.BridgeUp, bridge: AudioBridge) -> None:
        """`bridge`: the adapter that tells, which may be another than before."""
        self.bridge = self._handset.bridge = bridge
        self._inbox.put(event)

    async def stop(self) -> None:
        """This process leaves; the call lives on at its bridge."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        with chosen(Choice(full_number(self._info.dialled, home=self._desk.home))):
            try:
                await self._be()
            except HungUp as over:
                await self._end(over.event)

    async def _be(self) -> None:
        """Raises HungUp, sooner or later."""
        try:
            await self._talk()
        except HungUp:
            raise
        except Exception:
            logger.exception("A call on bridge %s could not be led.", self.bridge.key)
            await self._handset.hang_up(EndCause.ERROR)
        while True:
            await self._inbox.next()

    async def _talk(self) -> None:
        if self._info.state in PLACED:
            await self._ring()
        known = await patiently(self._known, self._inbox.pause)
        if known is not None:
            await self._visit(self._way_of(known, await self._language(known.room)))
        elif self._info.room:
            await self._come_by_menu()
        elif self._info.direction is Direction.IN:
            await self._come_by_code()
        else:  # cancelled when it was just answered
            await self._handset.hang_up(EndCause.CANCELLED)

    async def _known(self) -> selectors.Known | None:
        if self._info.direction is Direction.IN:
            await crossing(services.call_began)(leg=self._info, bridge=self.bridge.key, now=self._started_at)
        return await crossing(selectors.call_known)(self._info.leg)

    async def _ring(self) -> None:
        """Until it is answered. Raises HungUp when it is not."""
        while True:
            match await self._inbox.next():
                case b.LegRinging():
                    await self._tell(k.ReportDial(call=self.call, status=k.DialStatus.RINGING))
                case b.LegAnswered() | b.LegJoined():
                    break
                case _:
                    pass
        self._answered_at = self._desk.seats.now()
        await crossing(services.call_answered)(leg=self._info.leg, now=self._answered_at)
        await self._tell(k.ReportDial(call=self.call, status=k.DialStatus.ANSWERED))

    # The ways in

    async def _come_by_code(self) -> None:
        call = InboundCall(
            bridge=self.bridge.key,
            leg=self.call,
            caller=self._number,
            dialled=full_number(self._info.dialled, home=self._desk.home),
        )
        languages = await crossing(selectors.languages_of)(call.dialled, call.bridge)
        entered = await Lead(call, self._handset, self._inbox, self._desk.policy).walk(languages)
        if entered is not None:
            await self._visit(await self._way_by_code(entered))

    async def _way_by_code(self, entered: j.Enter) -> Way:
        admit = entered.admit
        return Way(
            room=admit.room,
            code=admit.code,
            participant=participant_of(self.call),
            name=admit.name or await self._name(admit.room),
            language=entered.language,
            account=admit.account,
            entitled=admit.host,
            presenter=admit.presenter,
            tenant=admit.tenant,
            billing_code=entered.billing_code or admit.billing_code,
            spoken_name=entered.spoken_name,
        )

    async def _come_by_menu(self) -> None:
        """They are in a room that we did not lead them to: as a guest, if the room is one of ours."""
        room = await crossing(selectors.room_of_code)(self._info.room)
        if room is None:
            return
        owner = await crossing(owner_of)(self._number)
        way = Way(
            room=room.pk,
            code=room.code,
            participant=participant_of(self.call),
            name=owner.name or await self._name(room.pk),
            language=await self._language(room.pk),
            account=owner.account,
            tenant=owner.tenant,
            billing_code=owner.billing_code,
        )
        await self._visit(way)

    def _way_of(self, known: selectors.Known, language: str) -> Way:
        return Way(
            room=known.room,
            code=known.code,
            participant=known.participant or participant_of(self.call),
            name=known.name,
            language=language,
            account=known.payer.account,
            entitled=known.entitled,
            tenant=known.payer.tenant,
            billing_code=known.payer.billing_code,
            conference=known.conference,
            began=known.began,
            placed=not known.began,
        )

    async def _visit(self, way: Way) -> None:
        room, owner = await crossing(selectors.brands_of_room)(way.room)
        about(room=room, owner=owner)
        facts = Facts(
            call=self.call,
            bridge=self.bridge.key,
            direction=self._info.direction.value,
            caller=self._info.caller,
            dialled=self._info.dialled,
            started_at=self._started_at,
            answered_at=self._answered_at,
        )
        visit = Visit(facts, way, self._handset, self._inbox, self._desk.seats)
        await visit.hold(joined=self._info.muted if self._info.room else None)

    # Names

    @property
    def _number(self) -> str:
        return full_number(self._info.caller, home=self._desk.home)

    async def _name(self, room: int) -> str:
        """What is shown of a number that nobody knows, or that was withheld."""
        shown = masked(self._number)
        if shown:
            return shown
        count = await crossing(selectors.count_of_callers)(room)
        with override(await self._language(room)):
            return _("Caller %(number)s") % {"number": count + 1}

    async def _language(self, room: int) -> str:
        return await crossing(selectors.language_of_room)(room)

    # The end

    async def _end(self, event: b.LegEnded) -> None:
        """Should the database be away for long, `tasks` tells."""
        now = self._desk.seats.now()
        await patiently(lambda: crossing(services.call_ended)(event=event, now=now))
        await patiently(lambda: self._tell(*_ends_of(self.call, event)))

    async def _tell(self, *commands: AnyCommand) -> None:
        """The conference of this call, if there is one, as the server."""
        conference = await crossing(selectors.conference_of_call)(self.call)
        if conference:
            for command in commands:
                await self._submit(conference, command)

    async def _submit(self, conference: str, command: AnyCommand) -> None:
        """What has ended, need not know."""
        for pause_s in RETRIES_S:
            try:
                door = await self._desk.seats.open(conference)
                await door.submit(command, by=SYSTEM)
            except Refused as refused:
                if refused.reason is not Reason.BUSY:
                    return
                await asyncio.sleep(pause_s)
            else:
                return
        logger.warning("Conference %s could not be told of a call.", conference)


def _ends_of(call: str, event: b.LegEnded) -> tuple[k.EndCall, k.FailDial]:
    """Whether it was in the conference or still rang: to that which it was not, nothing happens."""
    quality, cause = event.quality, k.CallCause(event.cause)
    ended = k.EndCall(
        call=call,
        cause=cause,
        sip_code=event.sip_code,
        q850=event.q850,
        codec=quality.codec[:32],
        mos=quality.mos,
        loss_percent=quality.loss_percent,
        jitter_ms=quality.jitter_ms,
    )
    return ended, k.FailDial(call=call, cause=cause, sip_code=event.sip_code)
