"""How much fits: what a publisher may send (uplink), what a receiver can take (downlink)."""

from aiortc.rate import BandwidthUsage, RemoteBitrateEstimator

from conferences.media.contract import Quality

#: Bits per second.
UNLIMITED = 50_000_000
_LOWEST_BUDGET = 30_000
_HIGHEST_ESTIMATE = 8_000_000
_ENOUGH = 3_000_000

_CONGESTING_LOSS = 0.1
_POOR_LOSS = 0.05
_BACKED_OFF = 0.85
#: A receiver's estimate follows what it gets by a second or two: a screen that just came is no congestion.
_OVERRUNS = 3
_GROWTH_PER_SECOND = 1.08
_FIRST_HOLD = 4.0
_LONGEST_HOLD = 60.0
_FORGIVEN_AFTER = 30.0
_LOST_AFTER = 8.0


class Uplink:
    """Watches how packets of one publisher queue up on their way, by their sending times."""

    def __init__(self) -> None:
        self._estimator = RemoteBitrateEstimator()
        self._estimate = _ENOUGH
        self._congested_at = -_FORGIVEN_AFTER

    def received(self, ssrc: int, send_time: int, size: int, now: float) -> None:
        """`send_time` is the 24-bit value of abs-send-time, `size` in bytes."""
        update = self._estimator.add(int(now * 1000), send_time, size, ssrc)
        if update is not None:
            self._estimate = update[0]
        if self._estimator.detector.state() is BandwidthUsage.OVERUSING:
            self._congested_at = now

    def estimate(self, now: float) -> int:
        """Bits per second the publisher may send: plenty, as long as nothing queues up.

        The estimator never allows much more than is sent: a still picture would hold back the next one.
        """
        if now - self._congested_at >= _FORGIVEN_AFTER:
            return _ENOUGH
        return min(self._estimate, _HIGHEST_ESTIMATE)


class Downlink:
    """The budget of one receiver: cut when its network is congested, then raised, later after each cut."""

    def __init__(self) -> None:
        self.budget = UNLIMITED
        self.lost = 0.0
        self._estimate: int | None = None
        self._overruns = 0
        self._hold = _FIRST_HOLD
        self._held_until = 0.0
        self._congested_at = 0.0
        self._updated_at = 0.0

    def estimate_received(self, bitrate: int) -> None:
        """The receiver's own estimate (REMB), in bits per second."""
        self._estimate = bitrate

    def loss_reported(self, lost: float) -> None:
        """The fraction of packets lost on the way from here, from a report about one slot."""
        self.lost += (lost - self.lost) / 4

    @property
    def is_limited(self) -> bool:
        return self.budget < UNLIMITED

    def update(self, sending: int, now: float) -> None:
        """To be called about once a second with what is being sent, in bits per second."""
        elapsed, self._updated_at = now - self._updated_at, now
        if self._is_congested(sending):
            self._back_off(sending, now)
        elif self.is_limited and now > self._held_until:
            self.budget = int(self.budget * _GROWTH_PER_SECOND ** min(elapsed, 5.0))
            if self.budget > 4 * max(sending, _LOWEST_BUDGET * 8):
                self.budget = UNLIMITED

    def _is_congested(self, sending: int) -> bool:
        overrun = self._estimate is not None and self._estimate < _BACKED_OFF * sending
        self._overruns = self._overruns + 1 if overrun else 0
        return self._overruns >= _OVERRUNS or self.lost > _CONGESTING_LOSS

    def _back_off(self, sending: int, now: float) -> None:
        if now < self._held_until and self.lost <= 2 * _CONGESTING_LOSS and self.budget <= sending:
            return
        repeated = now - self._congested_at < _FORGIVEN_AFTER + self._hold
        self._hold = min(self._hold * 2, _LONGEST_HOLD) if repeated and self.is_limited else _FIRST_HOLD
        self._congested_at, self._held_until = now, now + self._hold
        bearable = min(int(sending * _BACKED_OFF), self._estimate or UNLIMITED)
        self.budget = max(_LOWEST_BUDGET, min(bearable, self.budget))


def quality(*, lost: float, is_limited: bool, silent_for: float) -> Quality:
    """`lost` is the worse of both directions, `silent_for` in seconds."""
    if silent_for > _LOST_AFTER:
        return Quality.LOST
    return Quality.POOR if is_limited or lost > _POOR_LOSS else Quality.GOOD
