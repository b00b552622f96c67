"""One peer at the server's UDP port: its addresses (ICE-lite), its handshake (DTLS), its keys (SRTP)."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from conferences.media.burst import Burst
from conferences.media.contract import MediaStats
from conferences.media.dtls import Handshake, HandshakeFailed
from conferences.media.srtp import Arena, Receiver, Sender, SrtpRefused
from conferences.media.stun import BindingRequest

_log = logging.getLogger(__name__)

Address = tuple[str, int] | tuple[str, int, int, int]

_MAX_PATHS = 8
_PATH_SILENT_AFTER = 1.0

#: Seconds a new connection may take until its keys are agreed.
HANDSHAKE_DEADLINE = 20.0
#: Seconds of silence after which a peer is gone: a browser renews its consent every few seconds (RFC 7675).
CONSENT_EXPIRES_AFTER = 30.0


class Socket(Protocol):
    """Where an association's datagrams leave the machine."""

    arena: Arena
    stats: MediaStats

    def send(self, datagram: bytes, address: Address) -> None: ...

    def send_burst(self, burst: Burst, address: Address) -> None: ...

    def forget(self, fragment: str, addresses: Sequence[Address]) -> None: ...


class Sink(Protocol):
    """Who takes what a peer sends. `data` lives in the receiving buffer and is overwritten after the call."""

    def transport_ready(self) -> None: ...

    def rtp_received(self, data: memoryview, now: float) -> None: ...

    def rtcp_received(self, data: bytes, now: float) -> None: ...

    def flush(self, now: float) -> None: ...


@dataclass(slots=True)
class _Path:
    priority: int
    heard_at: float


class Association:
    """Starts without an address: the peer's signed checks tell where it is, and when it has moved."""

    def __init__(self, socket: Socket, handshake: Handshake, sink: Sink, now: float) -> None:
        self.fragment = secrets.token_urlsafe(6)
        self.password = secrets.token_urlsafe(18)
        self.sink = sink
        self.address: Address | None = None
        self.heard_at = now
        self.arena = socket.arena
        self.tag_size = 0
        self._socket = socket
        self._handshake = handshake
        self._born_at = now
        self._paths: dict[Address, _Path] = {}
        self._sender: Sender | None = None
        self._receiver: Receiver | None = None
        self._closed = False

    @property
    def is_ready(self) -> bool:
        return self._sender is not None and not self._closed

    @property
    def has_left(self) -> bool:
        """Whether the peer said goodbye: nobody waits for it to come back."""
        return self._handshake.closed_by_peer

    def has_failed(self, now: float) -> bool:
        """Whether the peer never arrived, is somebody else, or fell silent."""
        if self._closed:
            return True
        if self._sender is None and now - self._born_at > HANDSHAKE_DEADLINE:
            return True
        return now - self.heard_at > CONSENT_EXPIRES_AFTER

    def checked(self, request: BindingRequest, address: Address, now: float) -> None:
        """Answer an authentic connectivity check: `address` belongs to this peer."""
        if address not in self._paths and len(self._paths) >= _MAX_PATHS:
            self._forget_oldest_path()
        self._paths[address] = _Path(request.priority, now)
        self.heard_at = now
        if self.address is None or (request.nominates and self._is_better(address, now)):
            self.address = address
        self._socket.send(request.answer((address[0], address[1]), self.password), address)

    def _is_better(self, address: Address, now: float) -> bool:
        current = self._paths.get(self.address) if self.address else None
        if current is None or now - current.heard_at > _PATH_SILENT_AFTER:
            return True
        return self._paths[address].priority >= current.priority

    def _forget_oldest_path(self) -> None:
        spare = [address for address in self._paths if address != self.address]
        oldest = min(spare, key=lambda address: self._paths[address].heard_at)
        del self._paths[oldest]
        self._socket.forget("", [oldest])

    def dtls_received(self, datagram: bytes) -> None:
        try:
            answers = self._handshake.receive(datagram)
        except HandshakeFailed:
            self._socket.stats.handshakes_failed += 1
            self._closed = True
            return
        self._send_all(answers)
        if self._sender is None and self._handshake.keys:
            keys = self._handshake.keys
            self._sender = Sender(keys.profile, keys.local)
            self._receiver = Receiver(keys.profile, keys.remote)
            self.tag_size = self._sender.tag_size
            self._socket.stats.handshakes_completed += 1
            self.sink.transport_ready()

    def rtp_received(self, arena: Arena, size: int, address: Address, now: float) -> None:
        if self._receiver is None:
            self._socket.stats.drop("early")
            return
        try:
            size = self._receiver.unprotect(arena, size)
        except SrtpRefused:
            self._socket.stats.drop("unauthentic")
            return
        self._heard(address, now)
        self.sink.rtp_received(arena.view[:size], now)

    def rtcp_received(self, arena: Arena, size: int, address: Address, now: float) -> None:
        if self._receiver is None:
            self._socket.stats.drop("early")
            return
        try:
            size = self._receiver.unprotect_rtcp(arena, size)
        except SrtpRefused:
            self._socket.stats.drop("unauthentic")
            return
        self._heard(address, now)
        self.sink.rtcp_received(bytes(arena.view[:size]), now)

    def _heard(self, address: Address, now: float) -> None:
        self.heard_at = now
        path = self._paths.get(address)
        if path is not None:
            path.heard_at = now

    def send(self, burst: Burst) -> None:
        """Encrypt and send what the caller has laid out in the arena."""
        if self._sender is None or self.address is None:
            return
        self._sender.protect(burst.segments)
        self._socket.send_burst(burst, self.address)

    def send_rtcp(self, packet: bytes) -> None:
        if self._sender is None or self.address is None:
            return
        self._socket.send(self._sender.protect_rtcp(packet), self.address)

    def tick(self) -> None:
        """Repeat what may have been lost of the handshake. To be called a few times a second."""
        if self._sender is None and self._handshake.timeout() == 0:
            self._send_all(self._handshake.expire())

    def close(self) -> None:
        if self._sender is not None:
            self._send_all(self._handshake.close())
        self._closed = True
        self._socket.forget(self.fragment, list(self._paths))

    def _send_all(self, datagrams: Sequence[bytes]) -> None:
        if self.address is not None:
            for datagram in datagrams:
                self._socket.send(datagram, self.address)
