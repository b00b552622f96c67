"""Conditional requests and ranges (RFC 9110, 13 and 14), for files that stand whole on a disk. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import NamedTuple

ONE_RANGE = re.compile(
    r"bytes=\s*(?P<first>[0-9]{0,18})\s*-\s*(?P<last>[0-9]{0,18})\s*", re.ASCII | re.IGNORECASE
)


class Kept(NamedTuple):
    """A file as it is now: bytes, and nanoseconds since 1970 when it was last changed."""

    size: int
    changed_ns: int

    @property
    def etag(self) -> str:
        """Strong: files are replaced whole, never changed."""
        return f'"{self.changed_ns:x}-{self.size:x}"'

    @property
    def last_modified(self) -> str:
        return format_datetime(datetime.fromtimestamp(self.changed_ns // 10**9, UTC), usegmt=True)


class Stretch(NamedTuple):
    """From byte `first` until before `end`."""

    first: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.first


class Answer(NamedTuple):
    """`status` is 200, 206, 304 or 416; of the last two nothing is sent."""

    status: int
    stretch: Stretch


def answer_to(headers: Mapping[str, str], kept: Kept) -> Answer:
    """What is asked for. Of several ranges at once none is given: the whole file is a correct answer."""
    if _is_known(headers, kept):
        return Answer(304, Stretch(0, 0))
    found = ONE_RANGE.fullmatch(headers.get("Range", ""))
    if not found or not (found["first"] or found["last"]) or not _is_same(headers.get("If-Range", ""), kept):
        return Answer(200, Stretch(0, kept.size))
    stretch = _stretch(found["first"], found["last"], kept.size)
    if stretch is None:
        return Answer(200, Stretch(0, kept.size))
    return Answer(206 if stretch.length > 0 else 416, stretch)


def _is_known(headers: Mapping[str, str], kept: Kept) -> bool:
    """Tags count before dates (RFC 9110, 13.2.2)."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or kept.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = _date(headers.get("If-Modified-Since", ""))
    return since is not None and kept.changed_ns // 10**9 <= since.timestamp()


def _is_same(validator: str, kept: Kept) -> bool:
    """A range fits only to the file that the asker has a part of."""
    return not validator or validator.strip() in (kept.etag, kept.last_modified)


def _stretch(first: str, last: str, size: int) -> Stretch | None:
    """None: it says nothing (`bytes=5-2`); empty: there is no such byte."""
    if not first:
        length = min(int(last), size)
        return Stretch(size - length, size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return Stretch(size, size)
    return Stretch(int(first), min(int(last) + 1 if last else size, size))


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
