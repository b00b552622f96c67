"""How fast one may ask: a bucket of BURST tokens that refills at RATE a second. Time is an argument."""

BURST = 90.0
RATE = 30.0
HOPELESS = 200
"""Refused in a row, one after the other: nobody who reads answers goes on like that."""


class Pace:
    def __init__(self) -> None:
        self._tokens = BURST
        self._at = 0
        self._refused = 0

    def allows(self, now: int) -> bool:
        """Whether one more message may be handled at `now` (milliseconds)."""
        self._tokens = min(BURST, self._tokens + max(0, now - self._at) / 1000 * RATE)
        self._at = now
        if self._tokens < 1:
            self._refused += 1
            return False
        self._tokens -= 1
        self._refused = 0
        return True

    @property
    def is_hopeless(self) -> bool:
        return self._refused > HOPELESS
