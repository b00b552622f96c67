"""A simulated way from the server to one browser: its width, its queue, its loss. Time is a number."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiortc.rate import RemoteBitrateEstimator

from conferences.media.contract import PublicationKey, Source, View
from conferences.media.estimator import Downlink
from conferences.media.layers import choose_videos

CAMERA = (120_000, 450_000, 1_300_000)
_PACKET_SIZE = 1000
_FRAME = 1 / 30
_DELAY = 0.03


@dataclass
class Link:
    """`capacity` in bits per second, `queue` in seconds, `loss` a fraction; `is_down` loses everything.

    The receiver's machine looks at nothing for the first `busy` seconds of each second.
    """

    capacity: int
    queue: float = 0.5
    loss: float = 0.0
    is_down: bool = False
    busy: float = 0.0
    _free_at: float = 0.0
    _dice: random.Random = field(default_factory=lambda: random.Random(7))

    def send(self, size: int, now: float) -> float | None:
        """When the packet arrives, if it does."""
        waiting = max(0.0, self._free_at - now)
        if self.is_down or waiting > self.queue or self._dice.random() < self.loss:
            return None
        self._free_at = max(self._free_at, now) + size * 8 / self.capacity
        arrival = self._free_at + _DELAY
        return max(arrival, int(arrival) + self.busy)


class Call:
    """Some people with cameras, seen by one receiver whose browser estimates as browsers do."""

    def __init__(self, link: Link, *ladders: Sequence[int], view: View | None = None) -> None:
        self.link = link
        self.downlink = Downlink()
        self.now = 100.0
        self.layers: dict[PublicationKey, int] = {}
        self.sent: list[int] = []
        self.lost: list[float] = []
        self.least = len(ladders)
        self._view = view or View()
        self._ladders = {
            PublicationKey(f"peer{number}", Source.CAMERA): ladder for number, ladder in enumerate(ladders)
        }
        self._dice = random.Random(7)
        self._estimator = RemoteBitrateEstimator()
        self._estimate = 0
        self._arriving: deque[tuple[float, float]] = deque()
        self._debts = dict.fromkeys(self._ladders, 0.0)
        self._packets = self._missed = 0

    def run(self, seconds: int) -> "Call":
        """Let time pass: what was `sent` and `lost` in each second, the `least` pictures seen at once."""
        self.sent, self.lost, self.least = [], [], len(self._ladders)
        for _ in range(seconds):
            self._choose()
            for _ in range(30):
                self._send_frames()
                self.now += _FRAME
                self._arrive()
            self._report()
        return self

    def _choose(self) -> None:
        self.layers = choose_videos(
            self._ladders, self._view, (), receiver="me", budget=self.downlink.budget, shown=self.layers
        )
        self.least = min(self.least, len(self.layers))

    def _send_frames(self) -> None:
        for key, layer in self.layers.items():
            self._debts[key] += self._ladders[key][layer] * _FRAME / 8 * self._dice.uniform(0.7, 1.3)
            while self._debts[key] >= _PACKET_SIZE:
                self._debts[key] -= _PACKET_SIZE
                self._packets += 1
                arrival = self.link.send(_PACKET_SIZE, self.now)
                if arrival is None:
                    self._missed += 1
                else:
                    self._arriving.append((arrival, self.now))

    def _arrive(self) -> None:
        while self._arriving and self._arriving[0][0] <= self.now:
            arrival, sent_at = self._arriving.popleft()
            send_time = int(sent_at * (1 << 18)) & 0xFFFFFF
            update = self._estimator.add(int(arrival * 1000), send_time, _PACKET_SIZE, 1)
            if update is not None:
                if update[0] < self._estimate * 0.97:
                    self.downlink.estimate_received(update[0], self.now)
                self._estimate = update[0]

    def _report(self) -> None:
        sending = self._packets * _PACKET_SIZE * 8
        self.sent.append(sending)
        self.lost.append(self._missed / max(1, self._packets))
        if self.link.is_down:
            self.downlink.interrupted()
        else:
            if self._estimate:
                self.downlink.estimate_received(self._estimate, self.now)
            self.downlink.packets_reported(self._packets, self._missed)
            self.downlink.update(sending, self.now)
        self._packets = self._missed = 0
