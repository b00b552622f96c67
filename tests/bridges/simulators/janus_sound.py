"""The mixer of a simulated AudioBridge: each participant hears all others of the room, by plain RTP."""

import asyncio
import random
import struct
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from tests.bridges.simulators.outside import FRAME, PACKED
from tests.bridges.tones import Samples

TURN_S = 0.02
HELD_BACK = 3
HEADER = struct.Struct("!BBHII")


class Port(asyncio.DatagramProtocol):
    """Of one participant. `started` is called at their first packet."""

    def __init__(self, codec: str, to: tuple[str, int], started: Callable[[], None]) -> None:
        self._packed = PACKED[codec]()
        self.muted = False
        self.active = False
        self._to = to
        self._started = started
        self._frames: deque[Samples] = deque(maxlen=HELD_BACK)
        self._number = random.randrange(1 << 15)
        self._source = random.randrange(1 << 32)

    @classmethod
    async def open(cls, codec: str, to: tuple[str, int], started: Callable[[], None]) -> "Port":
        loop = asyncio.get_running_loop()
        _, port = await loop.create_datagram_endpoint(lambda: cls(codec, to, started), ("127.0.0.1", 0))
        return port

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.number = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, address: Any) -> None:
        if data[1] & 0x7F == self._packed.payload_type:
            self._frames.append(self._packed.decode(data[HEADER.size :]))
        if not self.active:
            self.active = True
            self._started()

    def take(self) -> Samples:
        frame = self._frames.popleft() if self._frames else np.zeros(FRAME, np.int16)
        return np.zeros(FRAME, np.int16) if self.muted else frame

    def send(self, frame: Samples) -> None:
        self._number = (self._number + 1) & 0xFFFF
        at = self._number * self._packed.step & 0xFFFFFFFF
        header = HEADER.pack(0x80, self._packed.payload_type, self._number, at, self._source)
        self._transport.sendto(header + self._packed.encode(frame), self._to)

    def close(self) -> None:
        self._transport.close()


def mix(ports: Iterable[Port]) -> None:
    """One turn of a room."""
    said = {port: port.take().astype(np.int32) for port in ports if port.active}
    everybody = sum(said.values(), np.zeros(FRAME, np.int32))
    for port, own in said.items():
        port.send(np.clip(everybody - own, -32768, 32767).astype(np.int16))
