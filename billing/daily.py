"""What is billed beside conferences: recordings, what is stored, and what a customer used on a day. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from billing.counting import minutes, peak, seconds
from conferences.core.words import Millis

Day = dt.date


class Recorded(Struct, frozen=True):
    """A recording that is ready. `seconds` were recorded, whatever is cut out of it later; `bytes` it took
    when it was made."""

    id: str
    conference: str
    title: str
    room: str
    subscriber: str
    account: str
    started_at: Millis
    stopped_at: Millis
    seconds: int
    bytes: int
    kept_until: Millis


class Stored(Struct, frozen=True, kw_only=True):
    """What is kept for a host at this moment; `bytes` of all of it."""

    subscriber: str
    account: str
    recordings: int = 0
    recording_bytes: int = 0
    documents: int = 0
    document_bytes: int = 0
    chat_files: int = 0
    chat_file_bytes: int = 0

    @property
    def bytes(self) -> int:
        return self.recording_bytes + self.document_bytes + self.chat_file_bytes


class Stay(NamedTuple):
    """A leg, as far as a day's usage goes."""

    conference: str
    account: str
    type: str
    joined_at: Millis
    left_at: Millis
    absent_ms: Millis = 0
    """Of that: in the lobby, or while a server was gone."""

    @property
    def present_s(self) -> int:
        return max(0, seconds(self.left_at - self.joined_at - self.absent_ms))


def day_of(at: Millis, zone: dt.tzinfo) -> Day:
    return dt.datetime.fromtimestamp(at / 1000, zone).date()


def bounds(day: Day, zone: dt.tzinfo) -> tuple[Millis, Millis]:
    """From its midnight to the next; a day has 23 or 25 hours where clocks change."""
    first, last = (
        int(dt.datetime.combine(midnight, dt.time(), zone).timestamp() * 1000)
        for midnight in (day, day + dt.timedelta(days=1))
    )
    return first, last


def by_day(stays: Iterable[Stay], *, zone: dt.tzinfo) -> dict[Day, list[Stay]]:
    """Each on all days that it touches."""
    days: dict[Day, list[Stay]] = {}
    for stay in stays:
        day, last = day_of(stay.joined_at, zone), day_of(stay.left_at, zone)
        while day <= last:
            days.setdefault(day, []).append(stay)
            day += dt.timedelta(days=1)
    return days


def usage_of(day: Day, stays: Iterable[Stay], *, zone: dt.tzinfo) -> dict[str, dict[str, Any]]:
    """By account, of those who used anything on that day. A stay over midnight counts on both days, each with
    its begun minutes; nobody knows on which of them they waited: on the day of its end."""
    by_account: dict[str, list[Stay]] = {}
    for stay in stays:
        part = _part_of(stay, *bounds(day, zone))
        if part is not None:
            by_account.setdefault(stay.account, []).append(part)
    return {account: usage_on(day, account, used) for account, used in sorted(by_account.items())}


def _part_of(stay: Stay, begin: Millis, end: Millis) -> Stay | None:
    joined_at, left_at = max(begin, stay.joined_at), min(end, stay.left_at)
    if joined_at >= left_at:
        return None
    absent_ms = stay.absent_ms if stay.left_at <= end else 0
    return stay._replace(joined_at=joined_at, left_at=left_at, absent_ms=absent_ms)


def usage_on(day: Day, account: str, stays: Sequence[Stay] = ()) -> dict[str, Any]:
    """Nothing at all, where there are no stays."""
    return {
        "account": account,
        "day": day.isoformat(),
        "conferences": len({stay.conference for stay in stays}),
        "legs": len(stays),
        "peak_ports": peak(stays),
        "peak_web": peak(stay for stay in stays if stay.type == "web"),
        "peak_phone": peak(stay for stay in stays if stay.type != "web"),
        **{
            f"port_minutes_{type}": sum(minutes(stay.present_s) for stay in stays if stay.type == type)
            for type in ("web", "dialin", "dialout")
        },
    }
