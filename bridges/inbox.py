"""Everything that concerns one call, in one queue: what its bridge tells, what its conference tells, what its
own questions were answered, and its one alarm clock."""

import asyncio
from typing import Any

from bridges.events import BridgeUp, LegEnded, LegEvent
from bridges.journey import BillingChecked, Checked, Waited


class Said:
    """A message of the conference."""

    def __init__(self, message: dict[str, Any]) -> None:
        self.message = message


class Closed:
    """The way to the conference is gone."""

    def __init__(self, code: int) -> None:
        self.code = code


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
        self._ended: LegEnded | None = None

    def put(self, item: Item) -> None:
        self._items.put_nowait(item)

    async def next(self) -> Item:
        """Raises HungUp; also ever after."""
        if self._ended is None:
            item = await self._items.get()
            if not isinstance(item, LegEnded):
                return item
            self._ended = item
        self.wait(0)
        raise HungUp(self._ended)

    def wait(self, seconds: float) -> None:
        """A `Waited` comes then, instead of the one before; 0: none comes."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if seconds:
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.put, Waited())
