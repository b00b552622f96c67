import inspect

from bridges.adapters import kinds
from bridges.base import FRAME_BYTES, FRAME_MS, SAMPLE_RATE


def test_a_frame_is_twenty_milliseconds() -> None:
    assert FRAME_BYTES * 1000 == 2 * SAMPLE_RATE * FRAME_MS


def test_every_adapter_has_all_that_the_interface_asks_for() -> None:
    for kind in kinds().values():
        assert not inspect.isabstract(kind.adapter), kind.name
