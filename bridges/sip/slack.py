"""How often the operating system wakes the threads of the SIP stack, of which each call has three."""

import ctypes
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)

PR_SET_TIMERSLACK = 29
SLACK_NS = 8_000_000
"""The stack looks every 4 ms for something to send, in a thread of each call: half of a core for a hundred
calls. With so much slack all of them look together, every 12 ms, which costs a third of that."""


@contextmanager
def patient_threads() -> Iterator[None]:
    """Threads that begin inside, and those that they begin, sleep a little longer than they ask for
    (prctl(2)). To be entered by a thread that starts none else meanwhile."""
    _set_slack(SLACK_NS)
    try:
        yield
    finally:
        _set_slack(0)  # the default


def _set_slack(nanoseconds: int) -> None:
    if sys.platform != "linux":
        return
    if ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, ctypes.c_ulong(nanoseconds), 0, 0, 0):
        logger.warning("The system does not let us say how exact timers are to be: calls cost more.")
