"""Facts: what they are called, and that a journal keeps them as they were."""

import re
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings

from conferences.core import calls as k
from conferences.core import events as e
from conferences.core.billing import ConferenceSubscribed
from conferences.core.messages import AnyEvent
from tests.conferences.stories import Story, fields, stories

EVERY_EVENT = get_args(AnyEvent)
decode = msgspec.json.Decoder(AnyEvent).decode

PAST = re.compile(r"(ed|left|sent|asked|hidden|told|withdrawn|written|began|held|split|ran_over)$")


@given(stories())
@settings(max_examples=40, deadline=None)
def test_whatever_the_rules_decide_is_read_again_as_it_was_written(story: Story) -> None:
    meeting = story.told()
    for event in meeting.events:
        assert decode(msgspec.json.encode(event)) == event


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: event.__name__)
def test_an_event_is_called_in_the_past_tense(event: type[e.Event]) -> None:
    assert PAST.search(str(event.__struct_config__.tag))


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: event.__name__)
def test_an_event_has_what_its_hearing_needs(event: type[e.Event]) -> None:
    needed = {
        e.Audience.PAIR: {"participant", "to"},
        e.Audience.WITNESSES: {"participant"},
        e.Audience.ONESELF: {"participant"},
        e.Audience.COUNTERS: {"poll"},
        e.Audience.READERS: {"line"},
    }
    assert needed.get(event.heard_by, set()) <= set(fields(event))


def test_what_hangs_on_a_connection_or_tells_a_number_is_for_the_server_alone() -> None:
    of_the_server = {event for event in EVERY_EVENT if event.heard_by is e.Audience.SERVER}
    of_calls = {k.CallAsked, k.CallPlaced, k.CallBegan, k.CallEnded}
    assert of_the_server == {e.LegOpened, e.LegClosed, ConferenceSubscribed} | of_calls
