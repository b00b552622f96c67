<<<<<<< HEAD
"""Where every event comes in, and the two small changes that most of them make."""

import pytest

from conferences.core.events import Event, HandRaised
from conferences.core.evolution.dispatch import apply, change, without
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from tests.conferences.meeting import Meeting


def test_an_event_finds_its_function(meeting: Meeting) -> None:
    event: AnyEvent = HandRaised(participant="bob", at=meeting.now)
    assert apply(event, meeting.state).participants["bob"].hand == meeting.state.seq


def test_nothing_follows_from_what_is_no_event() -> None:
    with pytest.raises(TypeError, match="nothing follows from Event"):
        apply(Event(at=1), State())


def test_one_participant_is_changed_and_nobody_else(meeting: Meeting) -> None:
    then = change(meeting.state, "bob", hand=7)
    assert then.participants["bob"].hand == 7
    assert then.participants["carol"] is meeting.state.participants["carol"]


def test_what_is_taken_out_is_not_missed() -> None:
    before = {"one": 1, "two": 2}
    assert without(before, "one") == {"two": 2}
    assert without(before, "three") == before
=======
"""Nothing that can happen is without consequence."""

from typing import get_args

import pytest

from conferences.core import events as e
from conferences.core.evolve import evolve, handled
from conferences.core.messages import AnyEvent
from conferences.core.state import State


def test_something_follows_from_every_event() -> None:
    assert handled() == set(get_args(AnyEvent))


def test_what_is_no_event_has_no_consequence() -> None:
    with pytest.raises(TypeError):
        evolve(State(), e.Event(at=1))  # type: ignore[arg-type] # that is the point
>>>>>>> main
