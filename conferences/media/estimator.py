"""How much fits: what a publisher may send (uplink), what a receiver can take (downlink)."""

from aiortc.rate import BandwidthUsage, RemoteBitrateEstimator

from conferences.media.contract import Quality

#: Bits per second.
UNLIMITED = 50_000_000
_HIGHEST_ESTIMATE = 8_000_000
_ENOUGH = 5_000_000

_POOR_LOSS = 0.05
_LOST_AFTER = 8.0
_FORGIVEN_AFTER = 30.0

#: Room for one small picture.
_FLOOR = 150_000
_PLENTY = 4_000_000
#: Updates in a row, and how much must be lost or estimated in them.
_LOSSY, _CONGESTING_LOSS = 2, 0.1
_MASSIVE, _MASSIVE_LOSS = 6, 0.3
_OVERRUNS, _OVERRUN = 3, 0.75
_FEWEST_PACKETS = 10
_GROWING = 1.003
_ESTIMATE_LASTS = 3.0
#: Seconds. A cut shows its effect when a smaller picture has come and the queue is gone.
_SETTLES_IN = 2.5
_FIRST_HOLD, _LONGEST_HOLD, _SILENCE = 2.0, 20.0, 10.0
_GROWTH_PER_SECOND = 1.08**4
_LONGEST_STEP = 2.0


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
    """The budget for the videos of one receiver: cut when its network is congested, then raised again.

    Doubt is no congestion (draft-ietf-rmcat-gcc-02): up to a tenth of the packets may be lost, and a low
    estimate counts only while it does not grow, because after an idle time it is low and grows slowly. The
    floor has room for one small picture; only heavy loss that smaller pictures do not end goes below.
    """

    def __init__(self) -> None:
        self.budget = UNLIMITED
        self.lost = 0.0
        self._estimate, self._estimated_at, self._is_growing = 0, -_ESTIMATE_LASTS, False
        self._sent, self._missed = 0, 0.0
        self._overruns = self._lossy = self._massive = 0
        self._hold = _FIRST_HOLD
        self._held_until = 0.0
        self._cut_at = -_FORGIVEN_AFTER
        self._cut_from = UNLIMITED
        self._was_raised = True
        self._updated_at = 0.0

    def estimate_received(self, bitrate: int, now: float) -> None:
        """The receiver's own estimate (REMB), in bits per second."""
        self._is_growing = bitrate > self._estimate * _GROWING
        self._estimate, self._estimated_at = bitrate, now

    def packets_reported(self, sent: int, missed: float) -> None:
        """How many packets were sent in one slot since the last update, and how many of them did not come."""
        self._sent += sent
        self._missed += missed

    @property
    def is_limited(self) -> bool:
        return self.budget < UNLIMITED

    def update(self, sending: int, now: float) -> None:
        """To be called about once a second with what is being sent, in bits per second."""
        elapsed, self._updated_at = now - self._updated_at, now
        lost = self._take_loss()
        self.lost += (lost - self.lost) / 2
        self._lossy = self._lossy + 1 if lost > _CONGESTING_LOSS else 0
        self._massive = self._massive + 1 if lost > _MASSIVE_LOSS else 0
        self._overruns = self._overruns + 1 if self._is_overrun(sending, now) else 0
        if self._lossy >= _LOSSY or self._overruns >= (_OVERRUNS if self._is_forgiven(now) else _LOSSY):
            self._back_off(sending, lost, now)
        elif self.is_limited and now >= self._held_until and not self._lossy:
            self._raise(sending, min(elapsed, _LONGEST_STEP))

    def interrupted(self) -> None:
        """Nothing comes from the receiver: what it misses now was lost with the way, not for want of room."""
        self._sent, self._missed = 0, 0.0
        self._overruns = self._lossy = self._massive = 0

    def _take_loss(self) -> float:
        sent, missed = self._sent, self._missed
        self._sent, self._missed = 0, 0.0
        return min(1.0, missed / sent) if sent >= _FEWEST_PACKETS else 0.0

    def _is_overrun(self, sending: int, now: float) -> bool:
        if self._is_growing or now - self._estimated_at > _ESTIMATE_LASTS:
            return False
        return self._estimate < _OVERRUN * sending

    def _is_forgiven(self, now: float) -> bool:
        return now - self._cut_at > _FORGIVEN_AFTER + 2 * self._hold

    def _back_off(self, sending: int, lost: float, now: float) -> None:
        if now - self._cut_at < _SETTLES_IN:
            return
        if self._was_raised:
            self._hold = _FIRST_HOLD if self._is_forgiven(now) else min(self._hold * 2, _LONGEST_HOLD)
            self._cut_from = min(sending, self.budget)
        if self._massive >= _MASSIVE and (self.budget <= _FLOOR or self.budget < sending):
            self.budget, self._hold = 0, max(self._hold, _SILENCE)
        bearable = int(sending * (1 - lost)) if self._lossy else self._estimate
        self.budget = min(self.budget, max(_FLOOR, bearable))
        self._cut_at, self._held_until, self._was_raised = now, now + self._hold, False

    def _raise(self, sending: int, elapsed: float) -> None:
        """Double every second up to half of what was too much, then 8 % every quarter of a second."""
        growth = 2.0 if self.budget < self._cut_from / 2 else _GROWTH_PER_SECOND
        self.budget = max(_FLOOR, int(self.budget * growth**elapsed))
        self._was_raised = True
        if self.budget > max(_PLENTY, 4 * sending):
            self.budget = UNLIMITED


def quality(*, lost: float, is_limited: bool, silent_for: float) -> Quality:
    """`lost` is the worse of both directions, `silent_for` in seconds."""
    if silent_for > _LOST_AFTER:
        return Quality.LOST
    return Quality.POOR if is_limited or lost > _POOR_LOSS else Quality.GOOD
