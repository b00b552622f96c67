"""What arrived of one stream and what did not: reports and requests to repeat (RFC 3550 appendix A)."""

from dataclasses import dataclass

from conferences.media.rtcp import Report, SenderReport
from conferences.media.rtp import SEQUENCE_MASK, is_newer

#: A larger hole is not asked for packet by packet.
MAX_GAP = 128
_MAX_MISSING = 256
_MAX_ASKED = 6
_ASK_AGAIN_AFTER = 0.06


@dataclass(slots=True)
class _Missing:
    ask_at: float
    asked: int = 0


class Reception:
    """`highest` is the highest sequence number so far, counted on over wraps."""

    def __init__(self, clock_rate: int) -> None:
        self.highest = -1
        self.lost = 0.0
        self._clock_rate = clock_rate
        self._first = 0
        self._received = 0
        self._expected_before = 0
        self._received_before = 0
        self._jitter = 0.0
        self._transit = 0.0
        self._missing: dict[int, _Missing] = {}
        self._sender_report: tuple[int, float] = (0, 0.0)

    def received(self, sequence: int, timestamp: int, now: float) -> bool:
        """Return whether everything before it is here or can be asked for again."""
        self._received += 1
        self._measure_jitter(timestamp, now)
        if self.highest < 0:
            self._first = self.highest = sequence
            return True
        if not is_newer(sequence, self.highest & SEQUENCE_MASK):
            self._missing.pop(sequence, None)
            return True
        gap = (sequence - self.highest) & SEQUENCE_MASK
        following = self.highest + 1
        self.highest += gap
        if gap > MAX_GAP or len(self._missing) + gap > _MAX_MISSING:
            self._missing.clear()
            return False
        for missing in range(following, self.highest):
            self._missing[missing & SEQUENCE_MASK] = _Missing(now)
        return True

    def unwrap(self, sequence: int) -> int:
        """The sequence number of a packet up to the highest, counted on over wraps."""
        return self.highest - (self.highest - sequence & SEQUENCE_MASK)

    def sender_reported(self, report: SenderReport, now: float) -> None:
        self._sender_report = (report.ntp >> 16 & 0xFFFFFFFF, now)

    def due(self, now: float) -> list[int]:
        """Sequence numbers to ask for now. Each is asked for a few times, then given up."""
        if not self._missing:
            return []
        due = [sequence for sequence, missing in self._missing.items() if missing.ask_at <= now]
        for sequence in due:
            missing = self._missing[sequence]
            missing.asked += 1
            missing.ask_at = now + _ASK_AGAIN_AFTER * missing.asked
            if missing.asked >= _MAX_ASKED:
                del self._missing[sequence]
        return due

    def report(self, ssrc: int, now: float) -> Report:
        """What to tell the sender; starts the next interval."""
        expected = self.highest - self._first + 1
        expected_now = expected - self._expected_before
        received_now = self._received - self._received_before
        self._expected_before, self._received_before = expected, self._received
        self.lost = max(0.0, (expected_now - received_now) / expected_now) if expected_now > 0 else 0.0
        reported, reported_at = self._sender_report
        delay = int((now - reported_at) * 65536) & 0xFFFFFFFF if reported else 0
        return Report(
            ssrc,
            self.lost,
            expected - self._received,
            self.highest & 0xFFFFFFFF,
            int(self._jitter),
            reported,
            delay,
        )

    def _measure_jitter(self, timestamp: int, now: float) -> None:
        transit = now * self._clock_rate - timestamp
        difference = abs(transit - self._transit)
        self._transit = transit
        if difference < self._clock_rate * 5:
            self._jitter += (difference - self._jitter) / 16
