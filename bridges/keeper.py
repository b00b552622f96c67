"""Keeps the bridges of this process: starts and stops what an admin configured, starts anew what failed, says
how each is, and gives every event to the switchboard. No bridge's failure touches another.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol

from bridges import events as b
from bridges import here, selectors, services
from bridges.base import AudioBridge
from bridges.errors import BridgeError
from bridges.models import Bridge
from bridges.sealing import Unsealable
from bridges.truth import Truth
from conferences.core.words import Millis
from conferences.journal import crossing
from meetingserver.rounds import Rounds

logger = logging.getLogger(__name__)

LOOK_S = 2.0
"""So soon a change by an admin is noticed; and so often we say that we keep our bridges."""
RETRIES_S = (1.0, 2.0, 5.0, 15.0, 60.0)

Make = Callable[[str, str, dict[str, Any]], AudioBridge]
"""`adapters.make_bridge`: kind, key, settings. Raises BridgeError."""


class Listener(Protocol):
    """`switchboard.Switchboard`."""

    def tell(self, bridge: AudioBridge, truth: Truth, event: b.AnyBridgeEvent) -> None: ...


class Kept:
    """One bridge, and the task that keeps it."""

    def __init__(self, row: Bridge, keeper: "Keeper") -> None:
        self.row = row
        self.truth = Truth()
        self.adapter: AudioBridge | None = None
        self._keeper = keeper
        self._task = asyncio.create_task(self._keep(), name=f"bridge {row.key}")

    @property
    def is_up(self) -> bool:
        return self.adapter is not None and self.truth.up

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _keep(self) -> None:
        tries = 0
        while True:
            try:
                await self._run()
            except (BridgeError, Unsealable) as error:
                logger.warning("Bridge %s: %r", self.row.key, error)
                await self._keeper.note(self.row.key, works=False, answer=_plain(error))
            except Exception:
                logger.exception("Bridge %s failed, and is started anew.", self.row.key)
                await self._keeper.note(self.row.key, works=False, answer="It failed; the log says how.")
            tries = 0 if self.truth.up else tries + 1
            self.truth.observe(b.BridgeDown(reason="ended"))  # so that its next BridgeUp is news
            await asyncio.sleep(RETRIES_S[min(tries, len(RETRIES_S) - 1)])

    async def _run(self) -> None:
        """Until it fails. Raises whatever the adapter raises."""
        adapter = self._keeper.make(self.row.type, self.row.key, self.row.config)
        self.adapter = adapter
        try:
            await adapter.start()
            async for event in adapter.events():
                for news in self.truth.observe(event):
                    await self._tell(adapter, news)
        finally:
            self.adapter = None
            await adapter.stop()

    async def _tell(self, adapter: AudioBridge, news: b.AnyBridgeEvent) -> None:
        match news:
            case b.BridgeUp():
                await self._keeper.note(self.row.key, works=True, answer="Connected.")
            case b.BridgeDown():
                await self._keeper.note(self.row.key, works=False, answer=news.reason)
            case _:
                pass
        self._keeper.listener.tell(adapter, self.truth, news)


class Keeper(Rounds):
    """Start it once in a process that carries conferences. It works while bridges are looked after; whether
    they are there, is their affair."""

    def __init__(self, listener: Listener, make: Make, *, server: str, now: Callable[[], Millis]) -> None:
        super().__init__(self.look, every_s=LOOK_S, failure="Bridges could not be looked after.")
        self.listener = listener
        self.make = make
        self._server = server
        self._now = now
        self._kept: dict[str, Kept] = {}

    def start(self, *, after_s: float = 0.0) -> None:
        here.install(self)
        super().start(after_s=after_s)

    async def stop(self) -> None:
        here.uninstall()
        await super().stop()
        for key in list(self._kept):
            try:
                await self._stop(key)
            except Exception:  # the database is away: its lease runs out
                logger.exception("Bridge %s could not be given up.", key)

    # Asking

    def bridge(self, key: str) -> AudioBridge | None:
        kept = self._kept.get(key)
        return kept.adapter if kept else None

    def is_up(self, key: str) -> bool:
        return key in self._kept and self._kept[key].is_up

    def for_calls(self) -> tuple[AudioBridge, str] | None:
        """The first that places calls now, and the number it shows to those who are called."""
        for kept in sorted(self._kept.values(), key=lambda kept: (kept.row.position, kept.row.key)):
            able = kept.adapter and kept.row.dials_out and kept.adapter.capabilities.dial_out
            if kept.adapter and kept.is_up and able:
                return kept.adapter, kept.row.caller_id
        return None

    def count(self) -> int:
        return len(self._kept)

    def count_up(self) -> int:
        return sum(kept.is_up for kept in self._kept.values())

    async def note(self, key: str, *, works: bool, answer: str) -> None:
        """How a bridge is; the admin sees it."""
        try:
            await crossing(services.bridge_health)(key=key, works=works, answer=answer, now=self._now())
        except Exception:
            logger.exception("The health of bridge %s could not be kept.", key)

    # Looking

    async def look(self) -> None:
        """Keep what is to be kept here, anew what was changed, and no more what is not."""
        wanted = {row.key: row for row in await crossing(self._claim_all)()}
        for key in [key for key, kept in self._kept.items() if _differs(kept.row, wanted.get(key))]:
            await self._stop(key)
        for key, row in wanted.items():
            if key not in self._kept:
                self._kept[key] = Kept(row, self)

    def _claim_all(self) -> list[Bridge]:
        now = self._now()
        rows = selectors.bridges_enabled()
        return [row for row in rows if services.bridge_claim(bridge=row, server=self._server, now=now)]

    async def _stop(self, key: str) -> None:
        await self._kept.pop(key).stop()
        await crossing(services.bridge_release)(key=key, server=self._server)


def _differs(kept: Bridge, row: Bridge | None) -> bool:
    return row is None or row.changed_at != kept.changed_at


def _plain(error: Exception) -> str:
    if isinstance(error, Unsealable):
        return "Its settings cannot be read any more, because SECRET_KEY was changed: enter them again."
    return str(error) or type(error).__name__
