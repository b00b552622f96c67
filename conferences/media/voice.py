"""One speaker in a browser, as the phones hear them."""

from collections import deque
from collections.abc import Sequence

from conferences.media.contract import PublicationKey
from conferences.media.mixing import SAMPLE_RATE, Samples
from conferences.media.opus import CLOCK_PER_SAMPLE, OpusDecoder
from conferences.media.playout import Playout
from conferences.media.rtcp import SenderReport
from conferences.media.rtp import NO_LEVEL, Packet, counted_on
from conferences.media.tap import TrackTap

_MOST_WAITING = 25
"""Packets (half a second); the oldest go."""
_SILENT = 85
"""Audio level (-dBov) from which on nobody hears anything."""
_HANGOVER = 25
"""Packets that are decoded after the last that was not silent."""


class Voice(TrackTap):
    """The event loop gives packets, the mixer's thread takes frames. What is silent is not decoded."""

    def __init__(self, key: PublicationKey) -> None:
        self.key = key
        self.is_heard = False
        """Whether it is one of the loudest."""
        self._coming: deque[Packet] = deque(maxlen=_MOST_WAITING)
        self._hangover = 0
        self._playout = Playout(SAMPLE_RATE)
        self._decoder: OpusDecoder | None = None
        self._time: int | None = None

    # On the event loop

    def packets_received(self, packets: Sequence[Packet], now: float) -> None:
        if self.is_heard:
            self._coming.extend(packet for packet in packets if self._matters(packet))

    def report_received(self, report: SenderReport, now: float) -> None:
        pass

    def _matters(self, packet: Packet) -> bool:
        is_silent = _SILENT <= packet.level < NO_LEVEL
        self._hangover = self._hangover - 1 if is_silent else _HANGOVER
        return self._hangover > 0

    # In the mixer's thread

    def take(self) -> Samples | None:
        """The next frame; None: silence."""
        if self._coming:
            self._decode()
        return self._playout.take()

    def _decode(self) -> None:
        coming: list[tuple[int, bytes]] = []
        while self._coming:
            packet = self._coming.popleft()
            self._time = counted_on(self._time, packet.timestamp)
            coming.append((self._time, packet.payload))
        if self._decoder is None:
            self._decoder = OpusDecoder()
        for time, payload in sorted(coming):
            self._playout.put(time // CLOCK_PER_SAMPLE, self._decoder.decoded(payload))
