"""The media server: one UDP port, one certificate, and a router for every conference."""

import asyncio
import time
from collections.abc import Callable, Sequence

from conferences.media.association import Association
from conferences.media.connection import Connection
from conferences.media.contract import Listener, MediaStats, OfferRefused, Quality, SlotView, Source, View
from conferences.media.dtls import Fingerprint, Handshake, Identity
from conferences.media.router import PeerWire, Router
from conferences.media.sdp import Answerer
from conferences.media.transport import Transport

__all__ = [
    "Listener",
    "MediaServer",
    "MediaStats",
    "OfferRefused",
    "Quality",
    "Router",
    "SlotView",
    "Source",
    "View",
]

_TICK = 0.05


class MediaServer:
    """One UDP port for everybody: ICE-lite, DTLS, SRTP; owns the conferences' routers."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        public_addresses: Sequence[str],
        stats: MediaStats | None = None,
        max_peers: int = 4000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stats = stats or MediaStats()
        self._host, self._port = host, port
        self._public_addresses = list(public_addresses)
        self._max_peers = max_peers
        self._clock = clock
        self._identity = Identity()
        self._routers: dict[str, Router] = {}
        self._transport: Transport | None = None
        self._ticking: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Open the port. Raises `OSError` when it is taken."""
        self._transport = Transport(self._host, self._port, self.stats, self._clock)
        self._transport.start()
        self._tick()

    async def close(self) -> None:
        for conference in list(self._routers):
            self.release(conference)
        if self._ticking is not None:
            self._ticking.cancel()
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    @property
    def port(self) -> int:
        """The port that was opened, also when any (0) was asked for."""
        return self._opened.port

    def router(self, conference: str, *, listener: Listener) -> Router:
        """The conference's router; made, with this listener, when there is none yet."""
        if conference not in self._routers:
            self._routers[conference] = Router(self, listener, self.stats)
        return self._routers[conference]

    def release(self, conference: str) -> None:
        """Hang up on everybody in the conference, and forget it."""
        router = self._routers.pop(conference, None)
        if router is not None:
            router.close()

    def associate(self, fingerprint: Fingerprint, connection: Connection) -> Association:
        """Expect a peer with this certificate (`router.Network`)."""
        if len(self._opened) >= self._max_peers:
            raise OfferRefused("server_full")
        handshake = Handshake(self._identity, fingerprint)
        association = Association(self._opened, handshake, connection, self._clock())
        self._opened.adopt(association)
        return association

    def answerer(self, wire: PeerWire) -> Answerer:
        return Answerer(
            self._public_addresses, self.port, self._identity.fingerprint, wire.fragment, wire.password
        )

    @property
    def _opened(self) -> Transport:
        if self._transport is None:
            raise RuntimeError("The media server was not started")
        return self._transport

    def _tick(self) -> None:
        self._ticking = asyncio.get_running_loop().call_later(_TICK, self._tick)
        now = self._clock()
        self._opened.tick()
        for router in list(self._routers.values()):
            router.tick(now)
