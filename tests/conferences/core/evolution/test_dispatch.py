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
