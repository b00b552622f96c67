import numpy as np

from bridges.sip.surplus import MOST, PATIENCE, PEACE, WINDOW, Surplus

QUIET = bytes(320)
LOUD = np.full(160, 9000, np.int16).tobytes()


def left_out(surplus: Surplus, frame: bytes, left: int, frames: int) -> int:
    return sum(surplus.leaves_out(frame, left) for _ in range(frames))


def test_what_is_left_over_all_the_time_is_left_out_once_in_two_seconds() -> None:
    surplus = Surplus()
    assert left_out(surplus, QUIET, 1, WINDOW - 1) == 0
    assert surplus.leaves_out(QUIET, 1)
    assert left_out(surplus, QUIET, 1, WINDOW) == 1


def test_what_is_needed_now_and_then_is_not_left_out() -> None:
    surplus = Surplus()
    for _ in range(5):
        assert left_out(surplus, QUIET, 1, WINDOW - 1) + left_out(surplus, QUIET, 0, 1) == 0


def test_a_quiet_place_is_waited_for_but_not_for_ever() -> None:
    surplus = Surplus()
    assert left_out(surplus, LOUD, 1, WINDOW + 1) == 0
    assert surplus.leaves_out(QUIET, 1)
    assert left_out(surplus, LOUD, 1, PATIENCE) == 1


def test_after_a_shortage_a_frame_stays_for_a_while() -> None:
    surplus = Surplus()
    surplus.ran_short()
    assert left_out(surplus, QUIET, 1, PEACE - 1) == 0
    assert left_out(surplus, QUIET, 2, WINDOW) == 1
    assert left_out(surplus, QUIET, 1, WINDOW) == 1


def test_a_heap_is_left_out_at_once() -> None:
    assert Surplus().leaves_out(LOUD, MOST + 1)


def test_who_looks_now_and_then_sees_the_same() -> None:
    surplus = Surplus(every=5)
    assert left_out(surplus, QUIET, 1, WINDOW // 5) == 1
