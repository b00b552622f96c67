"""One UDP port for all peers: datagrams are told apart by first byte and by sender (RFC 7983)."""

import asyncio
import errno
import socket
import struct
import time
from collections.abc import Callable, Sequence

from conferences.media.association import Address, Association
from conferences.media.burst import ARENA_SIZE, Burst, Run
from conferences.media.contract import MediaStats
from conferences.media.srtp import Arena
from conferences.media.stun import BindingRequest, MalformedStun

_MAX_DATAGRAM_SIZE = 2048
_DATAGRAMS_PER_WAKE_UP = 256
_KERNEL_BUFFER_SIZE = 8 * 1024 * 1024
_UDP_SEGMENT = 103  # <linux/udp.h>; Python has no name for it
_SEGMENT = struct.Struct("=H")
_NOT_SEGMENTABLE = (errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.ENOPROTOOPT)

_STUN = range(4)
_DTLS = range(20, 64)
_RTP = range(128, 192)
_RTCP_TYPES = range(192, 224)


class Transport:
    """Reads until nothing is left, then lets the peers concerned forward all of it at once."""

    def __init__(
        self, host: str, port: int, stats: MediaStats, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.stats = stats
        self.arena = Arena(ARENA_SIZE)
        self._incoming = Arena(_MAX_DATAGRAM_SIZE)
        self._clock = clock
        self._socket = _open(host, port)
        self._by_fragment: dict[str, Association] = {}
        self._by_address: dict[Address, Association] = {}

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def __len__(self) -> int:
        return len(self._by_fragment)

    def start(self) -> None:
        asyncio.get_running_loop().add_reader(self._socket, self._receive)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    def adopt(self, association: Association) -> None:
        self._by_fragment[association.fragment] = association

    def forget(self, fragment: str, addresses: Sequence[Address]) -> None:
        self._by_fragment.pop(fragment, None)
        for address in addresses:
            self._by_address.pop(address, None)

    def tick(self) -> None:
        for association in list(self._by_fragment.values()):
            association.tick()

    def _receive(self) -> None:
        now = self._clock()
        heard: set[Association] = set()
        for _ in range(_DATAGRAMS_PER_WAKE_UP):
            try:
                size, address = self._socket.recvfrom_into(self._incoming.view)
            except OSError:
                break  # nothing left, or an error of the network that concerns a single peer
            self.stats.datagrams_received += 1
            self.stats.bytes_received += size
            association = self._dispatch(size, address, now)
            if association is not None:
                heard.add(association)
        for association in heard:
            association.sink.flush(now)

    def _dispatch(self, size: int, address: Address, now: float) -> Association | None:
        """Return whose media the datagram carried, if it did."""
        view = self._incoming.view
        first = view[0] if size >= 2 else -1
        association = self._by_address.get(address)
        if first in _STUN:
            self._stun_received(bytes(view[:size]), address, now)
        elif association is None:
            self.stats.drop("stranger")
        elif first in _RTP:
            if view[1] in _RTCP_TYPES:
                association.rtcp_received(self._incoming, size, address, now)
            else:
                association.rtp_received(self._incoming, size, address, now)
            return association
        elif first in _DTLS:
            association.dtls_received(bytes(view[:size]))
        else:
            self.stats.drop("unknown")
        return None

    def _stun_received(self, datagram: bytes, address: Address, now: float) -> None:
        try:
            request = BindingRequest.parse(datagram)
        except MalformedStun:
            self.stats.drop("malformed_stun")
            return
        association = self._by_fragment.get(request.local_fragment)
        if association is None or not request.is_signed_with(association.password):
            self.stats.drop("unsigned_stun")
            return
        association.checked(request, address, now)
        self._by_address[address] = association

    def send(self, datagram: bytes, address: Address) -> None:
        try:
            self._socket.sendto(datagram, address)
        except OSError as error:
            self._not_sent(error)
            return
        self.stats.bytes_sent += len(datagram)

    def send_burst(self, burst: Burst, address: Address) -> None:
        """Send the encrypted packets in the arena."""
        for run in burst.runs:
            try:
                self._send_run(run, address)
            except OSError as error:
                self._not_sent(error)
        self.stats.packets_forwarded += len(burst.packets)
        self.stats.bytes_sent += burst.size

    def _send_run(self, run: Run, address: Address) -> None:
        """Let the kernel cut the packets apart; do it here where it cannot (old network cards, small MTU)."""
        start, end, size = run
        view = self.arena.view
        if end - start > size:
            segmented = (socket.SOL_UDP, _UDP_SEGMENT, _SEGMENT.pack(size))
            try:
                self._socket.sendmsg([view[start:end]], [segmented], 0, address)
            except OSError as error:
                if error.errno not in _NOT_SEGMENTABLE:
                    raise
            else:
                return
        for at in range(start, end, size):
            self._socket.sendto(view[at : min(at + size, end)], address)

    def _not_sent(self, error: OSError) -> None:
        """The network may be full, down or without a way there: that is packet loss, and treated as such."""
        self.stats.drop("full" if isinstance(error, BlockingIOError) else "unsent")


def _open(host: str, port: int) -> socket.socket:
    """A bound socket; for an IPv6 wildcard it takes IPv4 as well."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_DGRAM)
    if family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KERNEL_BUFFER_SIZE)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL_BUFFER_SIZE)
    opened.setblocking(False)
    opened.bind((host, port))
    return opened
