"""What a conference wants of bridges: phones called, calls given up, sound joined. Follows the journal; never
keeps a conference waiting for a bridge."""

import logging
import uuid
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

from bridges import selectors, services
from bridges.base import AudioBridge, Call
from bridges.chores import Chores
from bridges.errors import BridgeError, DialFailed, InvalidValue
from bridges.events import LegEnded
from bridges.media_legs import MediaLegs, Place
from bridges.numbers import NotANumber, NumberRefused, dialable, masked
from bridges.types import Direction, EndCause, Leg, LegState
from conferences.core import calls as k
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules import Refused
from conferences.core.state import State
from conferences.core.words import SYSTEM, Millis
from conferences.doors import Door
from conferences.journal import crossing
from conferences.live import Follower

logger = logging.getLogger(__name__)

RINGS_S = 45


class Bridges(Protocol):
    """The running bridges of this process."""

    def bridge(self, key: str) -> AudioBridge | None: ...

    def for_calls(self) -> tuple[AudioBridge, str] | None:
        """The first that places calls now, and the number it shows to those who are called."""


class PhoneFollower(Follower):
    """`open` is the way to conferences; `home` as `numbers` wants it."""

    def __init__(
        self,
        bridges: Bridges,
        media: MediaLegs,
        *,
        open: Callable[[str], Coroutine[Any, Any, Door]],
        now: Callable[[], Millis],
        home: str = "",
    ) -> None:
        self._bridges = bridges
        self._media = media
        self._open = open
        self._now = now
        self._home = home
        self.conferences: set[str] = set()
        self._calls: dict[str, Place] = {}
        """Calls that are in conferences, and at which bridge."""
        self._chores = Chores("What a conference wanted of a bridge")

    async def begin(self, conference: str, state: State) -> None:
        self.conferences.add(conference)
        for call, known in state.calls.items():
            self._has_begun(conference, call, known.bridge)

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        for event in events:
            match event:
                case k.CallAsked():
                    self._chores.begin(self._place(conference, event))
                case k.CallFailed() if event.call and event.cause is k.CallCause.CANCELLED:
                    self._chores.begin(self._cancel(event.call))
                case k.CallBegan():
                    self._has_begun(conference, event.call, event.bridge)
                case k.CallEnded():
                    self._has_ended(event.call)
                case _:
                    pass

    async def leave(self, conference: str) -> None:
        self.conferences.discard(conference)
        self._calls = {call: place for call, place in self._calls.items() if place.conference != conference}
        self._media.release_all(conference)

    async def stop(self) -> None:
        await self._chores.end()

    # Sound

    def _has_begun(self, conference: str, call: str, bridge: str) -> None:
        self._calls[call] = Place(conference, bridge)
        self._media.want(conference, bridge)

    def _has_ended(self, call: str) -> None:
        place = self._calls.pop(call, None)
        if place and not Counter(self._calls.values())[place]:
            self._media.release(*place)

    # Calling

    async def _place(self, conference: str, asked: k.CallAsked) -> None:
        try:
            number = await self._number(conference, asked.number)
            placing = self._bridges.for_calls()
            if placing is None:
                raise DialFailed(EndCause.CONGESTION)
        except NumberRefused as refused:
            cause = k.CallCause.INVALID_NUMBER if isinstance(refused, NotANumber) else k.CallCause.FORBIDDEN
            await self._refuse(conference, asked, cause)
        except DialFailed as failed:
            await self._refuse(conference, asked, k.CallCause(failed.cause))
        else:
            await self._dial(conference, asked, number, *placing)

    async def _number(self, conference: str, written: str) -> str:
        """Raises NumberRefused."""
        allowed = await crossing(selectors.prefixes_allowed)(conference)
        return dialable(written, home=self._home, allowed=allowed)

    async def _refuse(self, conference: str, asked: k.CallAsked, cause: k.CallCause) -> None:
        label = (asked.name or masked(asked.number))[:60]
        await self._tell(conference, k.FailDial(call="", cause=cause, label=label, by=asked.participant))

    async def _dial(
        self, conference: str, asked: k.CallAsked, number: str, bridge: AudioBridge, shown: str
    ) -> None:
        call = uuid.uuid4().hex
        info = Leg(
            leg=call,
            vendor="",
            state=LegState.DIALING,
            direction=Direction.OUT,
            caller=shown,
            dialled=number,
        )
        began = crossing(services.call_began)
        await began(leg=info, bridge=bridge.key, now=self._now(), conference=conference)
        placed = k.PlaceCall(
            call=call,
            bridge=bridge.key,
            number=number,
            label=asked.name or masked(number),
            by=asked.participant,
            to=asked.participant if asked.to_me else "",
        )
        cause = EndCause.CANCELLED
        if await self._tell(conference, placed):
            try:
                await bridge.dial(Call(leg=call, number=number, caller_id=shown, timeout_s=RINGS_S))
            except BridgeError as error:
                logger.warning("Bridge %s placed no call: %r", bridge.key, error)
                cause = _cause_of(error)
            else:
                return
        await crossing(services.call_ended)(event=LegEnded(leg=call, cause=cause), now=self._now())
        await self._tell(conference, k.FailDial(call=call, cause=k.CallCause(cause)))

    async def _cancel(self, call: str) -> None:
        bridge = self._bridges.bridge(await crossing(selectors.bridge_of_call)(call))
        if bridge:
            with suppress(BridgeError):  # it has ended, or its bridge is away and with it the call
                await bridge.hang_up(call, EndCause.CANCELLED)

    # Acting

    async def _tell(self, conference: str, command: AnyCommand) -> bool:
        try:
            door = await self._open(conference)
            await door.submit(command, by=SYSTEM)
        except Refused as refused:
            logger.info("A conference did not want to know of a call: %s", refused.reason)
            return False
        return True


def _cause_of(error: BridgeError) -> EndCause:
    if isinstance(error, DialFailed):
        return error.cause
    return EndCause.INVALID_NUMBER if isinstance(error, InvalidValue) else EndCause.ERROR
