"""Tests of meetingserver/filters.py."""

import inspect
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingserver.filters import FILTERS, MAX_TEXT, Unfit

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "given", "arguments", "expected"),
    [
        ("default", None, ["x"], "x"),
        ("default", "", ["x"], "x"),
        ("default", 0, ["x"], 0),
        ("lookup", "a", [{"a": 1}], 1),
        ("lookup", "b", [{"a": 1}], None),
        ("left", "abc", [2], "ab"),
        ("right", "abc", [2], "bc"),
        ("right", "abc", [0], ""),
        ("upper", "straße", [], "STRASSE"),
        ("lower", "ABC", [], "abc"),
        ("strip", " a ", [], "a"),
        ("replace", "a-b", ["-", "+"], "a+b"),
        ("digits", "+44 (0)20", [], "44020"),
        ("pad", 7, [3], "007"),
        ("pad", "a", [3, " "], "  a"),
        ("pad", "a", [3, 1], "11a"),
        ("text", True, [], "true"),
        ("length", [1, 2], [], 2),
        ("split", "a, b", [], ["a", "b"]),
        ("split", "", [], []),
        ("split", "102", [0], ["1", "2"]),
        ("join", ["a", 1], ["/"], "a/1"),
        ("whole", "7.9", [], 7),
        ("number", "7.5", [], 7.5),
        ("round", 2.5, [], 2),
        ("round", 2.345, [1], 2.3),
        ("ceil_minutes", 0, [], 0),
        ("ceil_minutes", 60, [], 1),
        ("ceil_minutes", 61, [], 2),
        ("ceil_minutes", 61, [6], 6),
        ("minutes", 90, [], 1.5),
        ("between", 9, [1, 5], 5),
        ("tz", NOON, ["Asia/Tokyo"], NOON),
        ("naive", NOON, [], NOON.replace(tzinfo=None)),
        ("strftime", NOON, ["%H:%M"], "12:00"),
        ("iso", "2026-07-01 12:00", [], "2026-07-01T12:00:00+00:00"),
        ("epoch", NOON, [], 1782907200),
        ("plus_seconds", NOON, [60], NOON.replace(minute=1)),
    ],
)
def test_a_filter_does_what_its_name_says(
    name: str, given: object, arguments: list[Any], expected: object
) -> None:
    assert FILTERS[name](given, *arguments) == expected


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"default", "lookup", "length", "split"}))
def test_a_missing_value_stays_missing(name: str) -> None:
    needed = [p for p in inspect.signature(FILTERS[name]).parameters.values() if p.default is p.empty][1:]
    given = {"length": 1, "places": 1, "zone": "UTC", "format": "%Y", "old": "a", "new": "b", "seconds": 1}
    assert FILTERS[name](None, *(given.get(parameter.name, 1) for parameter in needed)) is None


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("left", "abc", [-1]),
        ("left", "abc", ["x"]),
        ("left", {}, [1]),
        ("lookup", "a", ["no table"]),
        ("lookup", [], [{}]),
        ("replace", "a", ["", "x"]),
        ("replace", "a" * 5_000, ["a", "aaaa"]),
        ("pad", "a", [3, "xy"]),
        ("pad", "a", [MAX_TEXT + 1]),
        ("split", "a", [""]),
        ("join", "a", []),
        ("length", 7, []),
        ("number", "seven", []),
        ("number", float("nan"), []),
        ("tz", NOON, ["Mars/Olympus"]),
        ("tz", NOON, ["../etc/passwd"]),
        ("tz", "yesterday", ["UTC"]),
        ("tz", 7, ["UTC"]),
        ("strftime", NOON, ["%Y" * 100]),
        ("plus_seconds", NOON, [1e18]),
    ],
)
def test_a_filter_refuses_what_it_cannot_work_on(name: str, value: object, arguments: list[Any]) -> None:
    with pytest.raises(Unfit):
        FILTERS[name](value, *arguments)


@given(
    st.sampled_from(sorted(FILTERS)),
    st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.datetimes(), st.lists(st.integers())),
    st.lists(st.one_of(st.integers(), st.text(max_size=5), st.floats()), max_size=3),
)
def test_anything_may_be_given_to_a_filter(name: str, value: object, arguments: list[Any]) -> None:
    try:
        inspect.signature(FILTERS[name]).bind(value, *arguments)
    except TypeError:
        return  # refused when it was loaded
    with suppress(Unfit, ValueError, OverflowError):
        FILTERS[name](value, *arguments)


def test_every_filter_is_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "expressions.md").read_text()
    missing = [name for name in FILTERS if f"| `{name}" not in page]
    assert missing == []
