import inspect
from collections.abc import Iterator
from typing import Any

from bridges.adapters import kinds
from bridges.base import FRAME_BYTES, FRAME_MS, SAMPLE_RATE, AudioBridge, health_of
from bridges.errors import BridgeAuthFailed


def test_a_frame_is_twenty_milliseconds() -> None:
    assert FRAME_BYTES * 1000 == 2 * SAMPLE_RATE * FRAME_MS


async def test_a_look_around_says_what_it_found_or_why_it_found_nothing() -> None:
    async def finds() -> str:
        return "two rooms"

    async def fails() -> str:
        raise BridgeAuthFailed("It refuses the password")

    good, bad = await health_of(finds()), await health_of(fails())
    assert (good.works, good.answer) == (True, "two rooms")
    assert (bad.works, bad.answer) == (False, "It refuses the password")


def leaves(kind: type[Any]) -> Iterator[type[Any]]:
    for below in kind.__subclasses__():
        yield from leaves(below) if below.__subclasses__() else [below]


def test_every_adapter_has_all_that_the_interface_asks_for() -> None:
    assert kinds()
    adapters = [leaf for leaf in leaves(AudioBridge) if leaf.__module__.startswith("bridges.")]
    assert {adapter.type for adapter in adapters} == set(kinds())
    made = [adapter for adapter in adapters if "__new__" not in vars(adapter)]  # it makes another kind
    assert not any(inspect.isabstract(adapter) for adapter in made)
