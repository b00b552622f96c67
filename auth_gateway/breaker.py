"""Leaves a server that fails again and again alone for a while: people are told at once, and it can get up.
Time is an argument."""

import threading

FAILURES = 5
OPEN_S = 10.0


class Breaker:
    """After `FAILURES` in a row nothing passes for `OPEN_S` seconds; then one may try."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._shut_until = 0.0

    def passes(self, now: float) -> bool:
        with self._lock:
            if self._failures < FAILURES:
                return True
            if now < self._shut_until:
                return False
            self._shut_until = now + OPEN_S  # whoever is first tries for all
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, now: float) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._shut_until = now + OPEN_S
