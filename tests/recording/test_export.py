"""Tests of recording/export.py: whoever begins at any picture sees in the end what was true."""

from typing import Any

import pytest
from msgspec import convert, to_builtins
from msgspec.structs import replace

from conferences.core import chat, slides
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.spectator import picture
from conferences.core.state import State
from recording.export import KEY_EVERY_MS, Entry, Page, pages, untold_lines
from recording.levels import Level
from recording.redaction import Redaction
from recording.timeline import Span, Timeline
from tests.conferences.meeting import BEGIN, Meeting

WHOLE = Timeline([Span(BEGIN, BEGIN + 100_000)])
NOTHING_TAKEN_OUT = Redaction()


def entries_of(meeting: Meeting) -> list[Entry]:
    return [Entry(seq, event) for seq, event in enumerate(meeting.events, start=1)]


@pytest.fixture
def told(meeting: Meeting) -> Meeting:
    """100 s, with two pages of slides, lines of chat, and a latecomer."""
    meeting.wait(5)
    meeting.brings("alice")
    meeting.wait(10)
    meeting.does("bob", chat.SendChat(text="hello"))
    meeting.does("bob", chat.SendChat(text="psst", to="alice"))
    meeting.wait(10)
    meeting.does("alice", slides.TurnPage(document="plans", page=2))
    meeting.wait(40)
    meeting.joins("dora")
    meeting.does("dora", chat.SendChat(text="late"))
    return meeting


def played(found: list[Page], first: int) -> dict[str, Any]:
    """As a page does: from a picture on, event after event."""
    state = convert(found[first].picture, State)
    for page in found[first:]:
        for _t, seq, event in page.events:
            state = evolve(replace(state, seq=seq - 1), convert(event, AnyEvent))
    return as_seen(state)


def as_seen(state: State) -> dict[str, Any]:
    found: dict[str, Any] = to_builtins(picture(state), str_keys=True)
    return {key: value for key, value in found.items() if key != "seq"}


def test_whoever_begins_at_any_picture_sees_the_same_end(told: Meeting) -> None:
    found = pages(entries_of(told), WHOLE, NOTHING_TAKEN_OUT, {})
    truth = as_seen(convert(NOTHING_TAKEN_OUT.picture(picture(told.state)), State))
    assert len(found) > 3
    for first in range(len(found)):
        assert played(found, first) == truth


def test_a_picture_comes_every_half_minute_and_with_every_slide(told: Meeting) -> None:
    found = pages(entries_of(told), WHOLE, NOTHING_TAKEN_OUT, {})
    begins = [page.from_ms for page in found]
    assert begins[0] == 0
    assert {5_000, 25_000} <= set(begins)
    ends = [*begins[1:], WHOLE.length]
    assert all(0 < end - begin <= KEY_EVERY_MS for begin, end in zip(begins, ends, strict=True))
    assert all(page.picture is not None for page in found)
    assert all(page.from_ms <= t for page in found for t, _seq, _event in page.events)


def test_private_lines_are_nowhere(told: Meeting) -> None:
    found = pages(entries_of(told), WHOLE, NOTHING_TAKEN_OUT, {})
    assert "psst" not in str(to_builtins(found))
    assert "hello" in str(to_builtins(found))


def test_files_are_the_bundles(told: Meeting) -> None:
    found = pages(entries_of(told), WHOLE, NOTHING_TAKEN_OUT, {})
    assert (found[-1].picture or {})["documents"]["plans"]["url"] == "bundle:documents/plans/"
    offered = [
        event for page in found for _t, _s, event in page.events if event["type"] == "document.offered"
    ]
    assert [event["url"] for event in offered] == ["bundle:documents/plans/"]


def test_what_happened_in_a_pause_is_true_afterwards_but_not_told(told: Meeting) -> None:
    paused = Timeline([Span(BEGIN, BEGIN + 12_000), Span(BEGIN + 50_000, BEGIN + 100_000)])
    entries = entries_of(told)
    redaction = Redaction(lines=untold_lines(entries, paused))
    found = pages(entries, paused, redaction, {})
    assert "hello" not in str(to_builtins(found))
    after = next(page for page in found if page.from_ms == 12_000)
    assert (after.picture or {})["documents"]["plans"]["page"] == 2
    assert [event["type"] for page in found for _t, _s, event in page.events].count("page.turned") == 0


def test_levels_go_with_the_files_of_their_time(told: Meeting) -> None:
    levels = {"alice": [Level(BEGIN + 1_000, 5), Level(BEGIN + 26_000, 0)], "bob": [Level(BEGIN + 1_200, 3)]}
    found = pages(entries_of(told), WHOLE, NOTHING_TAKEN_OUT, levels)
    assert found[0].levels == [(1_000, {"alice": 5}), (1_200, {"alice": 5, "bob": 3})]
    second = next(page for page in found if page.from_ms == 25_000)
    assert second.levels == [(25_000, {"alice": 5, "bob": 3}), (26_000, {"bob": 3})]


def test_nobody_came() -> None:
    (only,) = pages(entries_of(Meeting()), Timeline([Span(BEGIN, BEGIN + 1_000)]), NOTHING_TAKEN_OUT, {})
    assert only.from_ms == 0
