"""Daphne, embedded: pages and websockets of one process. It differs from plain Daphne where that would hurt
a conference: bodies are bounded and never parsed in the event loop, and people are told before the server
leaves."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())  # Daphne makes its loop when it is imported

from daphne.http_protocol import HTTPFactory, WebRequest  # noqa: E402
from daphne.server import Server, reactor  # noqa: E402
from daphne.ws_protocol import WebSocketFactory  # noqa: E402
from twisted.internet.defer import Deferred, maybeDeferred  # noqa: E402
from twisted.internet.endpoints import quoteStringArgument, serverFromString  # noqa: E402
from twisted.logger import globalLogBeginner  # noqa: E402

logger = logging.getLogger(__name__)

LEAVING_S = 10
REQUESTS_END_S = 5
NO_PINGS_S = 24 * 60 * 60  # the application has its own heartbeat, and Daphne's sweep is costly
WEBSOCKET_MESSAGE_BYTES = 256 * 1024
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Place:
    """Where to listen. With `certificate` and `key` (PEM files) it is HTTPS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    def endpoint(self) -> str:
        """In the words of Twisted."""
        where = f"{self.port}:interface={quoteStringArgument(self.host)}"
        if not (self.certificate and self.key):
            return f"tcp:{where}"
        certificate, key = quoteStringArgument(str(self.certificate)), quoteStringArgument(str(self.key))
        return f"ssl:{where}:certKey={certificate}:privateKey={key}"


class Reader:
    """Whoever reads an answer, as Twisted tells of them: while their connection has taken too little of what
    was written, `ready` is not set. (Twisted calls this a producer.)"""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.ready.set()

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.ready.clear()

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        self.ready.set()

    def stopProducing(self) -> None:  # noqa: N802 - Twisted's name
        """They are gone; whoever writes finds out by itself."""
        self.ready.set()


class BoundedRequest(WebRequest):
    """A body larger than the factory's bound is cut off, whether its length was announced or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)
        self.reader: Reader | None = None

    def handle_reply(self, message: dict[str, Any]) -> None:
        """With the first of several pieces we begin to listen how the reader gets on."""
        if message["type"] == "http.response.body" and self.channel is not None and not self.finished:
            if message.get("more_body", False):
                self._listen()
            elif self.reader:
                self.unregisterProducer()
        super().handle_reply(message)

    def _listen(self) -> None:
        if self.reader is None:
            self.reader = Reader()
            self.registerProducer(self.reader, streaming=True)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self.content.tell() + len(data) <= self.channel.factory.body_bytes:
            super().handleContentChunk(data)
        elif not self.channel.transport.disconnecting:
            self.channel.transport.write(TOO_LARGE)
            self.channel.loseConnection()


class BoundedFactory(HTTPFactory):
    def __init__(self, server: Server, body_bytes: int) -> None:
        super().__init__(server)
        self.body_bytes = body_bytes

    def buildProtocol(self, addr: object) -> Any:  # noqa: N802 - Twisted's name
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol

    def log(self, request: BoundedRequest) -> None:
        """Twisted would write a line about each request, and throw it away."""


class ConferenceServer(Server):
    """`started` is called once when the server listens; `leave` is awaited before sockets are closed."""

    def __init__(
        self,
        application: object,
        place: Place,
        *,
        body_bytes: int,
        behind_proxy: bool,
        started: Callable[[], None],
        leave: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(
            application,
            endpoints=[place.endpoint()],
            ping_interval=NO_PINGS_S,
            ping_timeout=NO_PINGS_S,
            websocket_max_message_size=WEBSOCKET_MESSAGE_BYTES,
            websocket_max_frame_size=WEBSOCKET_MESSAGE_BYTES,
            proxy_forwarded_address_header="X-Forwarded-For" if behind_proxy else None,
            proxy_forwarded_proto_header="X-Forwarded-Proto" if behind_proxy else None,
            server_name="",
        )
        self.body_bytes = body_bytes
        self.started = started
        self.leave = leave
        self.ports: list[Any] = []
        self.cannot_listen: OSError | None = None

    def run(self) -> None:
        """Until SIGINT or SIGTERM, in this module's `loop`. Raises OSError when it cannot listen."""
        globalLogBeginner.beginLoggingTo([_ignored], redirectStandardIO=False, discardBuffer=True)
        self.connections: dict[Any, dict[str, Any]] = {}
        self.ws_factory = self._websockets()
        listening = serverFromString(reactor, self.endpoints[0]).listen(BoundedFactory(self, self.body_bytes))
        listening.addCallbacks(self.ports.append, self.listen_error)
        if self.cannot_listen:
            raise self.cannot_listen
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        reactor.callWhenRunning(self.started)
        _spare_the_collector()
        reactor.run()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """A long answer waits for its reader, so that it is not all held in memory."""
        await super().handle_reply(protocol, message)
        reader = getattr(protocol, "reader", None)
        if reader and message.get("more_body", False):
            await reader.ready.wait()

    def listen_error(self, failure: Any) -> None:
        self.cannot_listen = failure.value.socketError

    def kill_all_applications(self) -> Deferred[None]:
        """Called by Twisted when a signal has come; it goes on when this is done."""
        return Deferred.fromFuture(asyncio.ensure_future(self._leave(), loop=loop))

    async def _leave(self) -> None:
        for port in self.ports:
            await maybeDeferred(port.stopListening).asFuture(loop)  # asyncio awaits no Deferred
        try:
            await asyncio.wait_for(self.leave(), LEAVING_S)
        except TimeoutError:
            logger.warning("Leaving took more than %s seconds.", LEAVING_S)
        running = self._running()
        if running:
            await asyncio.wait(running, timeout=REQUESTS_END_S)
        for application in self._running():
            application.cancel()

    def _running(self) -> list[asyncio.Future[None]]:
        applications = [details.get("application_instance") for details in self.connections.values()]
        return [application for application in applications if application and not application.done()]

    def _websockets(self) -> WebSocketFactory:
        factory = WebSocketFactory(self, server="")
        factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        return factory


loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop  # noqa: SLF001 - Daphne made it, and gives no other way


def _ignored(_event: object) -> None:
    """Twisted's own log says nothing that Daphne's does not."""


def _spare_the_collector() -> None:
    """A full collection of a large heap stops every socket for long; what is loaded now stays anyway."""
    gc.collect()
    gc.freeze()
