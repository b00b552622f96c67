"""A line is called poor or good, not now this, now that."""

import pytest

from bridges.steadiness import Steadiness
from bridges.types import Quality


def judged(*measured: Quality) -> list[bool]:
    steadiness = Steadiness()
    return [steadiness.measure(quality) for quality in measured]


def test_a_line_is_good_until_it_is_really_poor() -> None:
    assert judged(Quality(mos=4.4), Quality(mos=3.3), Quality(mos=3.0)) == [True, True, False]


def test_a_poor_line_is_poor_until_it_is_really_good() -> None:
    assert judged(Quality(mos=2.0), Quality(mos=3.3), Quality(mos=3.7)) == [False, False, True]


def test_loss_alone_makes_a_line_poor() -> None:
    assert judged(Quality(mos=4.4, loss_percent=6), Quality(mos=4.4, loss_percent=3), Quality(mos=4.4)) == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("loss", [0.0, 2.0])
def test_where_only_loss_is_known_it_decides(loss: float) -> None:
    assert judged(Quality(loss_percent=9), Quality(loss_percent=loss)) == [False, True]
