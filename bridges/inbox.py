"""Everything that concerns one call, in one queue: what its bridge tells, what its conference tells, what its
own questions were answered, and its one alarm clock."""

import asyncio
from typing import Any, NamedTuple

from bridges.events import BridgeUp, LegEnded, LegEvent
from bridges.journey import BillingChecked, Checked, Waited


class Said(NamedTuple):
    """A message of the conference, to this leg of it."""

    leg: str
    message: dict[str, Any]


class Closed(NamedTuple):
    """The conference has closed this leg."""

    leg: str
    code: int


class HungUp(Exception):
    """The call is over."""

    def __init__(self, event: LegEnded) -> None:
        super().__init__(event.cause.value)
        self.event = event


Item = LegEvent | BridgeUp | Said | Closed | Checked | BillingChecked | Waited


class Inbox:
    def __init__(self) -> None:
        self._items: asyncio.Queue[Item] = asyncio.Queue()
        self._alarm: asyncio.TimerHandle | None = None
        self._over: asyncio.Future[LegEnded] = asyncio.get_running_loop().create_future()

    def put(self, item: Item) -> None:
        if not isinstance(item, LegEnded):
            self._items.put_nowait(item)
        elif not self._over.done():
            self._over.set_result(item)
            self.wait(0)
            self._items.put_nowait(item)

    async def next(self) -> Item:
        """Raises HungUp after what came before it; also ever after."""
        if self._over.done() and self._items.empty():
            raise HungUp(self._over.result())
        item = await self._items.get()
        if isinstance(item, LegEnded):
            raise HungUp(item)
        return item

    async def pause(self, seconds: float) -> None:
        """What comes meanwhile is kept. Raises HungUp."""
        await asyncio.wait([self._over], timeout=seconds)
        if self._over.done():
            raise HungUp(self._over.result())

    def wait(self, seconds: float) -> None:
        """A `Waited` comes then, instead of the one before; 0: none comes."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if seconds:
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.put, Waited())
