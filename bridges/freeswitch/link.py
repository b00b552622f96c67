"""Stays connected with a FreeSWITCH, and brings what it tells to whoever reads it, in its order."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from bridges.absence import Absence
from bridges.errors import BridgeError, BridgeTimeout, BridgeUnavailable
from bridges.event_stream import EventStream
from bridges.events import AnyBridgeEvent, BridgeDown
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket, Fields, Heed, Timing

log = logging.getLogger(__name__)

Observe = Callable[[Fields], Iterable[AnyBridgeEvent]]
Look = Callable[[EventSocket], Awaitable[list[AnyBridgeEvent]]]


class Link:
    """`look` says what there is when the connection has come about, `observe` what each event means. What
    happens while one looks is observed afterwards."""

    def __init__(self, key: str, config: Config, timing: Timing, *, look: Look, observe: Observe) -> None:
        self.timing = timing
        self._key, self._config, self._look, self._observe = key, config, look, observe
        self._socket: EventSocket | None = None
        self._held: list[Fields] = []
        self._stream = EventStream()
        self._changed = asyncio.Event()

    @property
    def socket(self) -> EventSocket:
        """Raises BridgeUnavailable."""
        if self._socket is None:
            raise BridgeUnavailable("There is no connection to FreeSWITCH now")
        return self._socket

    async def open(self, heed: Heed) -> EventSocket:
        """Another connection. Raises BridgeError."""
        config = self._config
        return await EventSocket.connect(config.host, config.port, config.password, heed, self.timing)

    def events(self) -> AsyncIterator[AnyBridgeEvent]:
        return aiter(self._stream)

    def tell(self, events: Iterable[AnyBridgeEvent]) -> None:
        """What happens while we are not connected is in the next snapshot."""
        for event in events:
            if self._socket or isinstance(event, BridgeDown):
                self._stream.tell(event)
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, true: Callable[[], bool], what: str, *, within: float = 0) -> None:
        """Returns when it is so. Raises BridgeTimeout, BridgeUnavailable."""
        try:
            async with asyncio.timeout(within or self.timing.answers_within):
                while not true():
                    changed = self._changed
                    _ = self.socket
                    await changed.wait()
        except TimeoutError:
            raise BridgeTimeout(f"FreeSWITCH did not say that {what}") from None

    async def stay(self) -> None:
        """For ever."""
        absence = Absence(
            f"FreeSWITCH {self._key}",
            first_pause=self.timing.first_pause,
            longest_pause=self.timing.longest_pause,
        )
        while True:
            try:
                async with self._connection() as socket:
                    absence.over()
                    await socket.closed()
                reason = "The connection to FreeSWITCH broke"
            except (BridgeError, OSError) as error:
                reason = str(error)
            if absence.is_news(reason):
                self.tell([BridgeDown(reason=reason)])
            await absence.pause()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[EventSocket]:
        self._held.clear()
        socket = await self.open(self._heed)
        try:
            await socket.subscribe()
            told = await self._look(socket)
            self._socket = socket
            self.tell(told)
            for fields in self._held:
                self._take(fields)
            yield socket
        finally:
            self._socket = None
            await socket.close()
            self.tell([])

    async def _heed(self, fields: Fields) -> None:
        if self._socket is None:
            self._held.append(fields)
            return
        self._take(fields)
        await self._stream.space()

    def _take(self, fields: Fields) -> None:
        try:
            self.tell(self._observe(fields))
        except ValueError as error:
            log.warning("FreeSWITCH told something odd (%s): %s", fields.get("Event-Name"), error)


async def ignored(_: Fields) -> None:
    """For a connection that only asks."""
