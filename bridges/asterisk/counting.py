"""PURE. How good calls sound, by what Asterisk counts of what comes from phones."""

import math
from typing import NamedTuple

from bridges.quality import mos
from bridges.types import Quality

COUNTED = "CHANNEL(rtcp,all)"
CODEC = "CHANNEL(audionativeformat)"
"""What Asterisk is asked. Lost packets it counts anew with each report of its own: every five seconds."""


class Counted(NamedTuple):
    """Packets since the call began."""

    received: int = 0
    lost: int = 0
    jitter_ms: float = 0.0


def counted(report: str) -> Counted | None:
    """`lp=24;rxjitter=0.001;rxcount=245;…`, in seconds. None if that is not what it is."""
    fields = dict(part.partition("=")[::2] for part in report.split(";"))
    try:
        jitter = float(fields["rxjitter"])
        if not math.isfinite(jitter):
            return None
        return Counted(int(fields["rxcount"]), int(fields["lp"]), 1000 * abs(jitter))
    except (KeyError, ValueError):
        return None


def quality_of(now: Counted, codec: str, *, since: Counted = Counted()) -> Quality:  # noqa: B008 - immutable
    """Empty if nothing came: a phone may be silent."""
    received, lost = max(0, now.received - since.received), max(0, now.lost - since.lost)
    if not received + lost:
        return Quality(codec=codec)
    loss = round(100 * lost / (received + lost), 2)
    jitter = round(now.jitter_ms, 2)
    return Quality(mos=mos(loss, jitter), loss_percent=loss, jitter_ms=jitter, codec=codec)
