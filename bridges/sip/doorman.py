"""How many calls may come: so many at once and in a row, from one caller and from all. Pure: time is an
argument."""

from collections import OrderedDict

BURST, PER_SECOND = 60.0, 20.0
BURST_OF_CALLER, PER_SECOND_OF_CALLER = 40.0, 2.0
"""A whole office may be behind one number."""
REMEMBERED = 2000


class Bucket:
    """Holds as much as `burst`, and gets `per_second` more."""

    def __init__(self, burst: float, per_second: float, now: float) -> None:
        self._burst, self._per_second = burst, per_second
        self._left, self._at = burst, now

    def take(self, now: float) -> bool:
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Doorman:
    def __init__(self, now: float) -> None:
        self._all = Bucket(BURST, PER_SECOND, now)
        self._callers: OrderedDict[str, Bucket] = OrderedDict()

    def admits(self, caller: str, now: float) -> bool:
        """Who hides their number counts as one."""
        bucket = self._callers.pop(caller, None) or Bucket(BURST_OF_CALLER, PER_SECOND_OF_CALLER, now)
        self._callers[caller] = bucket
        if len(self._callers) > REMEMBERED:
            self._callers.popitem(last=False)
        return bucket.take(now) and self._all.take(now)
