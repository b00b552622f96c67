"""A network between browser and server, with a dial for how much it loses."""

import asyncio
import random
import socket
from collections.abc import Callable

Address = tuple[str, int]
_MAX_DATAGRAM_SIZE = 2048


class LossyNetwork:
    """Passes datagrams between clients and one server port. `loss` is the fraction of media lost."""

    def __init__(self, server: Address) -> None:
        self.loss = 0.0
        self.lost = 0
        self._server = server
        self._dice = random.Random(7)
        self._front = self._open(lambda _: self._from_client)
        self._front.bind(("127.0.0.1", 0))
        self._ways: dict[Address, socket.socket] = {}

    @property
    def port(self) -> int:
        """The port that clients are to talk to."""
        port: int = self._front.getsockname()[1]
        return port

    def close(self) -> None:
        for way in (self._front, *self._ways.values()):
            asyncio.get_running_loop().remove_reader(way)
            way.close()

    def _open(self, reader: Callable[[socket.socket], Callable[[], None]]) -> socket.socket:
        way = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        way.setblocking(False)
        asyncio.get_running_loop().add_reader(way, reader(way))
        return way

    def _survives(self, datagram: bytes) -> bool:
        is_media = 128 <= datagram[0] < 192
        if is_media and self._dice.random() < self.loss:
            self.lost += 1
            return False
        return True

    def _from_client(self) -> None:
        datagram, client = self._front.recvfrom(_MAX_DATAGRAM_SIZE)
        if client not in self._ways:
            self._ways[client] = self._open(lambda way: lambda: self._to_client(way, client))
            self._ways[client].connect(self._server)
        if self._survives(datagram):
            self._ways[client].send(datagram)

    def _to_client(self, way: socket.socket, client: Address) -> None:
        datagram = way.recv(_MAX_DATAGRAM_SIZE)
        if self._survives(datagram):
            self._front.sendto(datagram, client)
