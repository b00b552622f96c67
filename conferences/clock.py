"""The one place where this app looks at a clock. The rules get the time as an argument."""

import time

from conferences.core.words import Millis


def now() -> Millis:
    return time.time_ns() // 1_000_000
