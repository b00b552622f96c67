"""Carries out a caller's journey: plays what is said, gives digits to it, and asks the policy."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

from bridges import journey as j
from bridges.base import InboundCall, Refuse
from bridges.events import LegDigit, LegPlayed, LegRecorded
from bridges.handset import Handset
from bridges.inbox import Inbox, Item
from bridges.policy import Policy
from bridges.spoken_names import name_of
from bridges.types import EndCause

logger = logging.getLogger(__name__)

HEARD_S = 20.0
"""For goodbyes; a bridge that never says that they were heard does not keep the call."""


class Lead:
    """One caller's way from the first ring to the room."""

    def __init__(self, call: InboundCall, handset: Handset, inbox: Inbox, policy: Policy) -> None:
        self._call = call
        self._handset = handset
        self._inbox = inbox
        self._policy = policy
        self._asking: set[asyncio.Task[None]] = set()
        self._goal: j.Enter | None = None

    async def walk(self, languages: tuple[str, ...]) -> j.Enter | None:
        """Where they enter; None: they were told goodbye and are hung up on. Raises HungUp."""
        try:
            journey, actions = j.begun(languages, listens=self._handset.can_listen)
            while True:
                for action in actions:
                    await self._do(action)
                if journey.stage in (j.Stage.ENTERED, j.Stage.OVER):
                    return self._goal
                journey, actions = j.step(journey, await self._next_input())
        finally:
            for asking in self._asking:
                asking.cancel()

    async def _next_input(self) -> j.Input:
        while True:
            item = await self._inbox.next()
            if (input := self._input_of(item)) is not None:
                return input

    def _input_of(self, item: Item) -> j.Input | None:
        match item:
            case LegDigit():
                return j.Pressed(item.digit)
            case LegPlayed() if item.play == self._handset.playing:
                return j.Played()
            case LegRecorded():
                return j.Recorded(name_of(item.sound))
            case j.Waited() | j.Checked() | j.BillingChecked():
                return item
            case _:
                return None

    async def _do(self, action: j.Action) -> None:
        match action:
            case j.Say():
                if not await self._handset.say(action.lines):
                    self._inbox.put(j.Waited())  # nothing was heard: as if nobody had answered
            case j.Hush():
                await self._handset.hush()
            case j.Wait():
                self._inbox.wait(action.seconds)
            case j.Check():
                self._ask(self._check(action))
            case j.CheckBilling():
                self._ask(self._check_billing(action))
            case j.Record() | j.StopRecording():
                await self._record(action)
            case j.Enter():
                self._goal = action
            case j.HangUp():
                await say_goodbye(self._handset, self._inbox, action.lines, action.cause)

    async def _record(self, action: j.Record | j.StopRecording) -> None:
        if isinstance(action, j.StopRecording):
            await self._handset.stop_recording()
        elif not await self._handset.record():
            self._inbox.put(j.Waited())  # they enter without a name

    def _ask(self, question: Coroutine[Any, Any, None]) -> None:
        asking = asyncio.create_task(question)
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    async def _check(self, check: j.Check) -> None:
        try:
            answer = await self._policy.admit(self._call, code=check.code, pin=check.pin)
        except Exception:  # the database, say: the caller is not left in silence
            logger.exception("A code could not be checked.")
            answer = Refuse(EndCause.ERROR)
        self._inbox.put(j.Checked(answer))

    async def _check_billing(self, check: j.CheckBilling) -> None:
        try:
            accepted = await self._policy.billing_code_is_right(check.room, check.code)
        except Exception:
            logger.exception("A billing code could not be checked.")
            accepted = False
        self._inbox.put(j.BillingChecked(accepted))


async def say_goodbye(handset: Handset, inbox: Inbox, lines: Iterable[j.Line], cause: EndCause) -> None:
    """And hang up when it was heard. Raises HungUp if they do so before."""
    if await handset.say(lines):
        inbox.wait(HEARD_S)
        while not _is_heard(await inbox.next(), handset):
            pass
    inbox.wait(0)
    await handset.hang_up(cause)


def _is_heard(item: Item, handset: Handset) -> bool:
    return isinstance(item, j.Waited) or (isinstance(item, LegPlayed) and item.play == handset.playing)
