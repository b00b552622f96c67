"""Pages reach the bridges of their process."""

import asyncio

import pytest

from bridges import here
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from tests.bridges.kept import kept


def test_where_no_bridges_are_kept_there_is_none() -> None:
    assert here.bridge("sim") is None


def test_what_is_asked_from_a_thread_is_done_on_the_loop_of_the_bridges() -> None:
    with kept(Adapter("sim", Config())):
        bridge = here.bridge("sim")
        assert bridge is not None
        assert here.run(bridge.check()).works
        assert here.do(lambda: asyncio.get_running_loop().is_running())
        assert here.bridge("other") is None
    assert here.bridge("sim") is None


def test_what_takes_too_long_is_given_up() -> None:
    with kept(Adapter("sim", Config())), pytest.raises(TimeoutError):
        here.run(asyncio.Event().wait(), within_s=0.01)
