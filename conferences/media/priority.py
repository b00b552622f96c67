"""Who mixes goes before others, where the system lets us."""

import contextlib
import os
import threading

AHEAD = 10
"""Of nice values."""


def go_first() -> None:
    """This thread before all that are as important as it was; `LimitNICE` of systemd allows it."""
    thread = threading.get_native_id()
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) - AHEAD)
