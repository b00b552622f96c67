"""Fewer pictures when it takes too long, more when it is easy."""

from recording.effort import CALM, LATE, STEPS, Effort


class Work:
    def __init__(self) -> None:
        self.now = 0.0
        self.effort = Effort(lambda: self.now)

    def takes(self, seconds: float, *, times: int = 1, behind: int = 1) -> int:
        for _ in range(times):
            with self.effort.measured(behind):
                self.now += seconds
        return self.effort.frames


def test_all_pictures_as_long_as_it_is_quick() -> None:
    assert Work().takes(0.5, times=50) == STEPS[0]


def test_fewer_when_a_segment_takes_too_long_down_to_one() -> None:
    work = Work()
    assert work.takes(1.8) == STEPS[1]
    assert work.takes(1.8, times=5) == STEPS[-1] == 1


def test_fewer_when_segments_are_late() -> None:
    assert Work().takes(0.1, behind=LATE + 1) == STEPS[1]


def test_more_after_a_calm_while_only() -> None:
    work = Work()
    work.takes(1.8)
    assert work.takes(0.1, times=CALM - 1) == STEPS[1]
    assert work.takes(0.1) == STEPS[0]


def test_what_is_neither_quick_nor_slow_stays() -> None:
    work = Work()
    work.takes(1.8)
    assert work.takes(1.0, times=40) == STEPS[1]
