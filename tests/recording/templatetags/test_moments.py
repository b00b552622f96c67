"""Milliseconds in templates."""

import datetime as dt

from recording.templatetags.moments import clock, lasting, moment


def test_milliseconds_are_moments() -> None:
    assert moment(1_700_000_000_000) == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)
    assert moment(None) is None


def test_lengths_have_hours_where_they_are_needed() -> None:
    assert [lasting(ms) for ms in (0, 61_999, 3_600_000)] == ["0:00", "1:01", "1:00:00"]


def test_fields_have_parts_of_seconds_where_they_are_needed() -> None:
    assert [clock(ms) for ms in (61_000, 61_500, 61_025)] == ["1:01", "1:01.5", "1:01.025"]
