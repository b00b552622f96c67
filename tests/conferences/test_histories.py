"""tests/histories are current, say something of every event, and hold on this side of the wire."""

from typing import get_args

import msgspec
import pytest

from conferences.core.events import AnyEvent, Audience
from tests.conferences.histories import FOLDER, PLOTS, History, history
from tests.conferences.pictures import follow

FILES = sorted(FOLDER.glob("*.json"))


def read(name: str) -> History:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=History)


def test_no_file_is_left_over() -> None:
    assert {file.stem for file in FILES} == set(PLOTS)


@pytest.mark.parametrize("name", PLOTS)
def test_a_history_is_what_the_rules_say(name: str) -> None:
    assert read(name) == history(name), "run .venv/bin/python -m tests.conferences.histories"


@pytest.mark.parametrize("name", PLOTS)
def test_before_and_what_was_heard_make_after(name: str) -> None:
    told = read(name)
    picture = told.before
    for event in told.events:
        picture = follow(picture, event)
    assert picture == told.after


def test_every_event_that_anybody_hears_is_in_a_history() -> None:
    heard = {type(event) for name in PLOTS for event in read(name).events if event is not None}
    hearable = {event for event in get_args(AnyEvent) if event.heard_by is not Audience.SERVER}
    assert heard == hearable


def test_unheard_events_are_in_histories_as_nothing() -> None:
    assert any(None in read(name).events for name in PLOTS)
