"""Sound comes in packets when it comes; it is played in frames, one every 20 ms. Time is counted here."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.media.mixing import Samples
from conferences.media.playout import Playout
from tests.sounds import frames, peak_of, share, tone

RATE = 16_000
FRAME = 320
LONG = tone(500, 10)


def played(playout: Playout, takes: int) -> Samples:
    """What is heard; silence counts as such."""
    heard = [playout.take() for _ in range(takes)]
    return np.concatenate([np.zeros(FRAME, np.int16) if frame is None else frame for frame in heard])


def spoken(
    playout: Playout, sound: Samples, *, size: int = FRAME, first: int = 0
) -> Iterator[Samples | None]:
    """Packets of `size` come in time with what is taken."""
    given, position = 0, first
    for turn in range(len(sound) // FRAME):
        while given < (turn + 1) * FRAME:
            playout.put(position + given, sound[given : given + size])
            given += size
        yield playout.take()


def whole(taken: Iterator[Samples | None]) -> Samples:
    return np.concatenate([frame for frame in taken if frame is not None])


@pytest.mark.parametrize("size", [160, 320, 480, 960])
def test_whatever_the_size_of_packets_nothing_is_missing(size: int) -> None:
    playout = Playout(RATE)
    heard = whole(spoken(playout, LONG, size=size, first=77))
    lead = len(heard) - np.trim_zeros(heard, "f").size
    assert lead <= 2 * FRAME
    assert np.array_equal(heard[lead:], LONG[1 : 1 + len(heard) - lead])
    assert playout.stats.concealed == playout.stats.lost == 0


def test_it_holds_back_one_frame() -> None:
    playout = Playout(RATE)
    assert playout.take() is None
    playout.put(0, LONG[:FRAME])
    assert not played(playout, 1).any()
    assert played(playout, 1).any()


def test_near_neighbours_hold_nothing_back_until_something_is_late() -> None:
    playout = Playout(RATE, spare=0)
    for number in range(3):
        playout.put(number * FRAME, LONG[number * FRAME :][:FRAME])
        assert played(playout, 1).any()
        assert playout.held == 0
    playout.take()
    for number in (3, 4):
        playout.put(number * FRAME, LONG[number * FRAME :][:FRAME])
    playout.take()
    assert (playout.held, playout.stats.concealed, playout.stats.lost) == (FRAME, 1, 0)


def test_a_packet_that_is_lost_is_concealed() -> None:
    playout = Playout(RATE)
    parts = frames(LONG)[:50]
    heard = []
    for number, part in enumerate(parts):
        if number != 20:
            playout.put(number * FRAME, part)
        heard.append(playout.take())
    sound = np.concatenate([frame for frame in heard if frame is not None])
    assert playout.stats.lost == playout.stats.concealed == 1
    assert share(sound[FRAME * 2 :], 500) > 0.99


def test_disorder_and_repetition_are_not_heard() -> None:
    playout = Playout(RATE)
    parts = frames(LONG)[:20]
    playout.put(0, parts[0])
    heard = [playout.take()]
    for number in range(1, 19, 2):
        for position in (number + 1, number, number):
            playout.put(position * FRAME, parts[position])
        heard += [playout.take(), playout.take()]
    sound = np.concatenate([frame for frame in heard if frame is not None])
    assert np.array_equal(sound[FRAME:], np.concatenate(parts[:18]))
    assert playout.stats.dropped == 9


def test_what_comes_after_its_time_is_left_out() -> None:
    playout = Playout(RATE)
    for number in (0, 1, 3):
        playout.put(number * FRAME, LONG[:FRAME])
    played(playout, 4)
    playout.put(2 * FRAME, LONG[:FRAME])
    assert playout.stats.late == 1


def test_a_heap_is_cut_to_40_ms() -> None:
    playout = Playout(RATE)
    for number, part in enumerate(frames(LONG)[:12]):
        playout.put(number * FRAME, part)
    heard = played(playout, 3)
    assert np.array_equal(heard[: 3 * FRAME], LONG[9 * FRAME : 12 * FRAME])
    assert playout.stats.dropped == 10


def test_who_falls_silent_is_silent_and_comes_back() -> None:
    playout = Playout(RATE)
    whole(spoken(playout, LONG[: 20 * FRAME]))
    ends = [playout.take() for _ in range(10)]
    assert ends[-1] is None
    heard = whole(spoken(playout, LONG, first=10 * RATE))
    assert share(heard[FRAME:], 500) > 0.99


def test_another_beginning_starts_anew() -> None:
    playout = Playout(RATE)
    whole(spoken(playout, LONG[: 20 * FRAME]))
    heard = whole(spoken(playout, LONG[: 50 * FRAME], first=2**31))
    assert share(heard[2 * FRAME :], 500) > 0.99
    assert playout.stats.late == 0


def ticking(drift: float, minutes: float, sound: Callable[[int], Samples]) -> tuple[Playout, list[int], int]:
    """A sender whose clock is faster by `drift`. Returns the playout, what was held back each time, and how
    often what was heard was not what came next."""
    playout, held, sent, jumps = Playout(RATE), [], 0, 0
    turns = int(minutes * 60 * 50)
    for turn in range(turns):
        while sent * 0.02 < (turn + 0.5) * 0.02 * (1 + drift):
            playout.put(sent * FRAME, sound(sent))
            sent += 1
        before = playout.stats.dropped + playout.stats.inserted + playout.stats.concealed
        playout.take()
        jumps += playout.stats.dropped + playout.stats.inserted + playout.stats.concealed - before
        held.append(playout.held)
    return playout, held, jumps


def speech(number: int) -> Samples:
    """A second of a voice, half a second of a pause."""
    return LONG[number % 50 * FRAME :][:FRAME] if number % 75 < 50 else np.zeros(FRAME, np.int16)


@pytest.mark.parametrize("drift", [200e-6, -200e-6])
def test_ten_minutes_of_other_clocks_cost_a_few_pauses_and_no_word(drift: float) -> None:
    playout, held, jumps = ticking(drift, 10, speech)
    assert max(held) <= 2 * FRAME
    assert playout.stats.concealed <= 1
    assert playout.stats.lost == playout.stats.late == 0
    assert 3 <= jumps <= 9


@pytest.mark.parametrize("drift", [200e-6, -200e-6])
def test_who_never_pauses_is_heard_all_the_same(drift: float) -> None:
    playout, held, jumps = ticking(drift, 10, lambda number: LONG[number % 500 * FRAME :][:FRAME])
    assert max(held) <= 2 * FRAME
    assert playout.stats.lost == playout.stats.late == 0
    assert 3 <= jumps <= 9


def test_where_packets_often_come_late_more_is_held_back_until_they_do_not() -> None:
    playout = Playout(RATE)
    sent = 0
    for turn in range(3000):
        late = turn < 1000 and turn % 40 == 0
        while sent <= turn - late:
            playout.put(sent * FRAME, speech(sent))
            sent += 1
        if turn % 400 == 10:
            for _ in range(turn == 10):  # nothing comes for 40 ms, once
                playout.take()
        playout.take()
    assert playout.stats.concealed <= 4
    assert playout.held <= FRAME


@given(st.lists(st.tuples(st.integers(-(2**33), 2**33), st.integers(0, 4000)), max_size=40))
def test_nonsense_does_no_harm(packets: list[tuple[int, int]]) -> None:
    playout = Playout(RATE)
    for position, size in packets:
        playout.put(position, LONG[:size])
        frame = playout.take()
        assert frame is None or len(frame) == FRAME
    assert playout.held <= 2 * FRAME or not packets


def test_a_narrow_line_is_the_same_with_half_the_samples() -> None:
    playout, sound = Playout(8000), tone(500, 1, rate=8000)
    heard = []
    for number, part in enumerate(frames(sound, 160)):
        playout.put(number * 160, part)
        heard.append(playout.take())
    assert peak_of(np.concatenate(heard[1:]), 500, 8000) > 7900  # type: ignore[arg-type]
