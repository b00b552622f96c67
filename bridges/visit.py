"""A call inside a conference: a client as a browser is one. It does on the bridge what its participant hears,
and asks in their name for what their phone does."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bridges import events as b
from bridges import selectors
from bridges.handset import Handset
from bridges.inbox import Closed, HungUp, Inbox, Item, Said
from bridges.journey import Line, Waited
from bridges.keys import Key, Keypad
from bridges.lead import say_goodbye
from bridges.loudness import Loudness
from bridges.mouth import Mouth
from bridges.seat import Facts, Seat, Surroundings, Way
from bridges.spoken_names import Spoken
from bridges.standing import Change, Gone, Standing, changes, heard
from bridges.steadiness import Steadiness
from bridges.types import EndCause, Quality
from bridges.wishes import GRANTED, wish
from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core.messages import AnyCommand
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM, CallerEntry
from conferences.journal import crossing

logger = logging.getLogger(__name__)

ENTRY_S = 15.0
"""For the words at the entry; then they go in, whatever the bridge says of its playing."""
MOST_NAMES = 30
"""Of a roll-call: more, nobody wants to hear."""
REJOINS = 5
"""So often a call is brought back that its bridge let out of the room."""

Farewell = tuple[str, EndCause]
"""What is said, and why the call ends."""

DOORS: dict[Reason, Farewell] = {
    Reason.LOCKED: ("door_locked", EndCause.LOCKED),
    Reason.FULL: ("door_full", EndCause.FULL),
    Reason.ACCOUNT_FULL: ("door_full", EndCause.FULL),
    Reason.CALLERS_OFF: ("door_shut", EndCause.FORBIDDEN),
    Reason.REMOVED: ("denied", EndCause.KICKED),
    Reason.ENDED: ("ended", EndCause.NORMAL),
}
BUSY: Farewell = ("busy", EndCause.ERROR)
FAREWELLS: dict[Gone, Farewell] = {
    Gone.REMOVED: ("removed", EndCause.KICKED),
    Gone.DENIED: ("denied", EndCause.KICKED),
    Gone.ENDED: ("ended", EndCause.NORMAL),
    Gone.LEFT: ("goodbye", EndCause.NORMAL),
}
NOTICES = {
    Change.SPEAKS: "unmuted",
    Change.MUTED: "muted",
    Change.HAND_RAISED: "hand_raised",
    Change.HAND_LOWERED: "hand_lowered",
    Change.RECORDED: "recorded",
    Change.RECORDED_NO_LONGER: "recording_stopped",
    Change.LOCKED: "locked",
    Change.UNLOCKED: "unlocked",
    Change.ASKED_TO_SPEAK: "asked_to_speak",
}
FOR_HOSTS = (Change.LOCKED, Change.UNLOCKED)


class Visit:
    """`hold` it until it is over."""

    def __init__(self, facts: Facts, way: Way, handset: Handset, inbox: Inbox, around: Surroundings) -> None:
        self.way = way
        self.standing = Standing()
        self._facts = facts
        self._handset = handset
        self._inbox = inbox
        self._with = around
        self._seat = Seat(facts, inbox, around)
        self._keypad = Keypad()
        self._mouth = Mouth()
        self._steadiness = Steadiness()
        self._loudness = Loudness.NORMAL
        """Of their own ear: the conference does not know it."""
        self._joined = False
        """On the bridge, in the room; as far as we have asked for it."""
        self._knows_recorded = True
        self._rejoins = REJOINS
        self._then: Callable[[], Coroutine[Any, Any, None]] | None = None
        """What is done when what is being said was heard."""

    async def hold(self, *, joined: bool | None = None) -> None:
        """`joined`: the call was found in its room already, and whether muted there. Returns when we hung up.
        Raises HungUp."""
        if joined is not None:
            self._joined = True
            self._mouth.joins(muted=joined)
        if self.way.began:  # found again: how loud they heard, nobody knows any more
            await self._handset.set_volume(self._loudness.db)
        try:
            await self._say_goodbye(*await self._stay())
        except HungUp:
            await self._go_out()
            raise
        finally:
            self._seat.leave()

    async def _stay(self) -> Farewell:
        """Comes back as often as need be: when the server changes, when they become somebody else."""
        while True:
            try:
                self.way = await self._seat.take(self.way)
            except Refused as refused:
                return DOORS.get(refused.reason, BUSY)
            self.standing = replace(self.standing, gone=None, becomes="")
            await self._listen()
            if self.standing.gone is Gone.BECAME:
                self.way = replace(self.way, participant=self.standing.becomes, entitled=False)
            elif self.standing.gone:
                return FAREWELLS[self.standing.gone]

    async def _listen(self) -> None:
        """Until this seat is gone."""
        while not self.standing.gone:
            item = await self._inbox.next()
            if isinstance(item, Said | Closed) and item.leg != self._seat.leg:
                continue  # of a seat before this one
            if isinstance(item, Closed):
                return
            if isinstance(item, Said):
                await self._hear(item.message)
            else:
                await self._happens(item)

    async def _say_goodbye(self, prompt: str, cause: EndCause) -> None:
        self._seat.leave()
        if self._joined:
            await self._handset.leave()
        await self._go_out()
        await say_goodbye(self._handset, self._inbox, [Line(prompt, self.way.language)], cause)

    # What the conference says

    async def _hear(self, message: dict[str, Any]) -> None:
        before, self.standing = self.standing, heard(self.standing, message)
        if not before.me:
            await self._arrive()
            return
        for change in changes(before, self.standing):
            await self._notice(change)

    async def _arrive(self) -> None:
        """What is so already, need not be noticed."""
        if self.standing.waiting:
            await self._stand_outside("wait_in_lobby" if self.standing.opened else "wait_for_host")
        elif self._joined:
            await self._match()
        else:
            await self._go_in()

    async def _notice(self, change: Change) -> None:
        match change:
            case Change.ADMITTED if not self._joined:
                await self._go_in()
            case Change.HELD_BACK:
                await self._stand_outside("held_back")
            case Change.SPEAKS | Change.MUTED:
                await self._match()
                await self._tell(change)
            case _:
                await self._tell(change)

    async def _tell(self, change: Change) -> None:
        """Who is still to go in is told there; what concerns hosts, hosts."""
        if self._joined and change in NOTICES and (self.standing.host or change not in FOR_HOSTS):
            await self._say(NOTICES[change])

    async def _stand_outside(self, prompt: str) -> None:
        if self._joined and not self._handset.can_leave:
            await self._stand_inside()
            return
        if self._joined:
            self._joined = False
            await self._handset.leave()
        self._then = self._handset.play_music
        await self._say(prompt)

    async def _stand_inside(self) -> None:
        """The bridge has no other place: until the host comes they are heard by nobody; but where the others
        talk, nobody stays who was not let in."""
        if self.standing.opened or self.standing.lobby:
            self.standing = replace(self.standing, gone=Gone.DENIED)
        else:
            await self._match()

    async def _go_in(self) -> None:
        """First the words, then the room."""
        prompts = ["entered" if self.standing.speaks else "entered_muted"]
        self._then = self._join
        self._inbox.wait(ENTRY_S)
        self._knows_recorded = self.standing.recorded
        await self._say(*prompts, *(["recorded"] if self.standing.recorded else []))

    async def _join(self) -> None:
        if self.standing.waiting or self.standing.gone:
            return
        self._inbox.wait(0)
        self._joined = True
        muted = not self.standing.speaks
        await self._sound("entry")
        self._mouth.joins(muted=muted)
        await self._handset.join(self.way.code, muted=muted)
        if self.standing.recorded and not self._knows_recorded:  # it began during the words
            await self._tell(Change.RECORDED)

    async def _go_out(self) -> None:
        if self._joined and self.standing.gone is not Gone.ENDED:
            await self._sound("exit")
        self._joined = False

    async def _sound(self, sign: str) -> None:
        """To the callers of the room, as it wants that."""
        how = self.standing.announced
        if how != CallerEntry.NOTHING:
            me = self.way.participant
            called = {me: self.standing.people.get(me, self.way.name)} if how == CallerEntry.NAME else {}
            await self._handset.announce(self.way.code, sign, await self._sounds_of(called))

    async def _sounds_of(self, people: dict[str, str]) -> list[Path]:
        """How people (by their participants) are called."""
        if not people:
            return []
        spoken = await crossing(selectors.spoken_names)(self.way.conference)
        names = [spoken.get(id, Spoken(name)) for id, name in people.items()]
        return await self._handset.sounds_of(names, self.way.language)

    async def _say(self, *prompts: str, names: Iterable[Path] = ()) -> None:
        lines = [Line(prompt, self.way.language) for prompt in prompts]
        if not await self._handset.say(lines, names=names):
            await self._has_been_said()

    async def _has_been_said(self) -> None:
        then, self._then = self._then, None
        if then:
            await then()
        elif self.standing.me and self.standing.waiting:
            await self._handset.play_music()

    async def _match(self) -> None:
        """The phone is muted as its participant is."""
        muted = not self.standing.speaks
        if self._joined and self._mouth.ask(muted=muted) and not await self._handset.mute(muted):
            self._mouth.forget()

    # What the phone does

    async def _happens(self, item: Item) -> None:
        match item:
            case b.LegDigit():
                await self._press(item.digit)
            case b.LegPlayed() if item.play == self._handset.playing:
                await self._has_been_said()
            case Waited():
                await self._has_been_said()
            case b.LegTalking():
                self._with.talks(self.way.conference, self.way.participant, item.level)
            case b.LegHeld():
                await self._report(k.ReportHold(call=self._facts.call, held=item.held))
            case b.LegMeasured():
                await self._measure(item.quality)
            case b.LegMuted():
                await self._is_muted(item.muted)
            case b.LegJoined() | b.LegLeft() | b.BridgeUp():
                await self._moves(item)
            case _:
                pass

    async def _moves(self, item: b.LegJoined | b.LegLeft | b.BridgeUp) -> None:
        """In and out of the room, by us or without us."""
        match item:
            case b.LegJoined() if self._joined:
                self._mouth.joins(muted=item.info.muted)
                await self._match()
            case b.LegJoined():  # by the vendor's own menu: not before they are let in
                await self._handset.leave()
            case b.LegLeft() if self._joined and self._rejoins:
                self._rejoins -= 1
                await self._join()
            case b.BridgeUp():
                await self._is_connected_anew(item)
            case _:
                pass

    async def _is_connected_anew(self, found: b.BridgeUp) -> None:
        """Maybe by another adapter, which knows nothing of this call but that it is there."""
        if self._loudness is not Loudness.NORMAL:
            await self._handset.set_volume(self._loudness.db)
        if self._joined and not _is_there(found, self._handset.leg):
            await self._join()
        else:
            self._mouth.forget()
            await self._match()

    async def _is_muted(self, muted: bool) -> None:
        """By the vendor's own menu: a wish like any other, and undone if it is refused."""
        if self._mouth.is_ours(muted=muted) or muted == (not self.standing.speaks):
            return
        wished: AnyCommand = c.MuteMicrophone() if muted else c.UnmuteMicrophone()
        if not await self._ask(wished):
            await self._match()

    async def _measure(self, quality: Quality) -> None:
        was = self._steadiness.good
        if self._steadiness.measure(quality) != was:
            await self._report(k.ReportQuality(call=self._facts.call, quality="poor" if was else "good"))

    async def _press(self, digit: str) -> None:
        key = self._keypad.press(digit, at=asyncio.get_running_loop().time())
        if key is None:
            return
        match wish(key, self.standing, self._loudness):
            case tuple() as prompts:
                await self._answer(key, prompts)
            case Loudness() as loudness:
                await self._hear_at(loudness)
            case command:
                if await self._ask(command) and key in GRANTED:
                    await self._say(GRANTED[key])

    async def _hear_at(self, loudness: Loudness) -> None:
        if await self._handset.set_volume(loudness.db):
            self._loudness = loudness
            await self._say(loudness.prompt)
        else:
            await self._say("not_possible")

    async def _answer(self, key: Key, prompts: tuple[str, ...]) -> None:
        """A roll-call is the number, and then the names."""
        is_rolled = key is Key.NAMES and self.standing.host and not self.standing.waiting
        called = dict(islice(self.standing.people.items(), MOST_NAMES)) if is_rolled else {}
        await self._say(*prompts, names=await self._sounds_of(called))

    async def _ask(self, command: AnyCommand) -> bool:
        """In the caller's name; a refusal is said."""
        try:
            await self._seat.ask(command, by=self.way.participant)
        except Refused as refused:
            await self._say("hosts_only" if refused.reason is Reason.NOT_ALLOWED else "not_possible")
            return False
        return True

    async def _report(self, command: AnyCommand) -> None:
        try:
            await self._seat.ask(command, by=SYSTEM)
        except Refused as refused:
            logger.info("A call's state could not be told: %s", refused.reason)


def _is_there(found: b.BridgeUp, leg: str) -> bool:
    return any(known.leg == leg for room in found.rooms for known in room.legs)
