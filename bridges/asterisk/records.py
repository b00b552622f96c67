"""PURE. Call records from Asterisk's channel events (CEL): exactly one of each kind for each call, where its
CDRs come one for each pair of a conference.

https://docs.asterisk.org/Configuration/Reporting/Call-Detail-Records-CDR/
"""

from collections import OrderedDict

from msgspec import DecodeError, Struct, json, structs

from bridges.asterisk.values import cause_of
from bridges.events import CdrReady

MOST = 10_000


class Record(Struct, frozen=True):
    """Milliseconds since 1970."""

    started_at: int = 0
    answered_at: int = 0
    q850: int = 0


class _Extra(Struct):
    hangupcause: int = 0


class Records:
    """Of calls that have begun and not ended; the oldest is forgotten when there are too many."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Record] = OrderedDict()

    def begins(self, unique_id: str, at: int) -> None:
        self._open[unique_id] = Record(started_at=at)
        if len(self._open) > MOST:
            self._open.popitem(last=False)

    def is_answered(self, unique_id: str, at: int) -> None:
        if record := self._open.get(unique_id):
            self._open[unique_id] = structs.replace(record, answered_at=record.answered_at or at)

    def hangs_up(self, unique_id: str, q850: int) -> None:
        if record := self._open.get(unique_id):
            self._open[unique_id] = structs.replace(record, q850=q850)

    def ends(self, unique_id: str, leg: str, at: int, raw: dict[str, str]) -> CdrReady | None:
        """None: its beginning was not seen."""
        record = self._open.pop(unique_id, None)
        if record is None:
            return None
        return CdrReady(
            leg=leg,
            started_at=record.started_at,
            answered_at=record.answered_at,
            ended_at=at,
            cause=cause_of(record.q850, answered=bool(record.answered_at)),
            raw=raw,
        )


def hangup_cause(extra: str) -> int:
    """Of a CEL event's `Extra`."""
    try:
        return json.decode(extra, type=_Extra).hangupcause
    except DecodeError:
        return 0
