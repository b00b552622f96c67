"""The thread that mixes: its pace, and that nobody waits for somebody else's fault."""

import asyncio

import pytest

from conferences.media.mixer import Mixer, Pace
from conferences.media.space import AudioSpace
from conferences.media.speech import Utterance
from tests.conferences.media.talking import Phone


def test_the_pace_does_not_drift_however_late_turns_begin() -> None:
    pace, now = Pace(100.0), 100.0
    for turn in range(1, 5001):
        now += max(0.0, pace.wait(now)) + turn % 7 / 1000
        assert pace.begin(now) < 0.02
    assert pace.turn == 5000
    assert now == pytest.approx(200.0, abs=0.02)


def test_a_few_late_turns_are_made_up_for() -> None:
    pace = Pace(0.0)
    assert pace.begin(0.1) == pytest.approx(0.08)
    assert pace.wait(0.1) < 0
    assert pace.skipped == 0


def test_a_machine_that_slept_does_not_make_up_for_the_night() -> None:
    pace = Pace(0.0)
    assert pace.begin(3600.02) == pytest.approx(3600)
    assert pace.skipped == 180_000
    assert 0 < pace.wait(3600.02) <= 0.02


class Broken(AudioSpace):
    def mix(self, turn: int) -> list[Utterance]:
        raise RuntimeError


class Heard(AudioSpace):
    """Notes what it speaks."""

    def __init__(self) -> None:
        super().__init__()
        self.attach("north", Phone(440))
        self.spoken = asyncio.Event()

    def speak(self, said: object, now: float) -> None:
        self.spoken.set()


async def test_one_thread_mixes_all_and_ends_with_the_last() -> None:
    mixer, first, second = Mixer(), Heard(), Heard()
    for space in (first, second):
        mixer.add(space)
    await asyncio.wait_for(asyncio.gather(first.spoken.wait(), second.spoken.wait()), 20)
    assert mixer.spaces == 2
    assert mixer.turns > 0
    assert mixer.late_p99_ms >= 0
    mixer.remove(first)
    mixer.remove(second)
    again = Heard()
    mixer.add(again)
    await asyncio.wait_for(again.spoken.wait(), 20)
    mixer.remove(again)


async def test_what_goes_wrong_in_one_conference_is_not_heard_in_another() -> None:
    mixer, broken, healthy = Mixer(), Broken(), Heard()
    mixer.add(broken)
    mixer.add(healthy)
    await asyncio.wait_for(healthy.spoken.wait(), 20)
    assert [space for space, _ in mixer.turn(1)] == [healthy]
    mixer.remove(broken)
    mixer.remove(healthy)
