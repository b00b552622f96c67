"""How good a call sounds."""

from bridges.quality import mos


def test_a_clean_line_is_good_and_a_broken_one_is_not() -> None:
    assert mos(0, 0) > 4.3
    assert 2.5 < mos(3, 5) < 4
    assert mos(60, 200) < 1.5


def test_it_never_gets_better_by_getting_worse() -> None:
    by_loss = [mos(loss, 0) for loss in range(100)]
    by_jitter = [mos(0, jitter) for jitter in range(200)]
    assert by_loss == sorted(by_loss, reverse=True)
    assert by_jitter == sorted(by_jitter, reverse=True)
