from bridges.sip.intake import Intake
from bridges.sip.surplus import WINDOW

FRAME = bytes(range(4))


def test_a_little_is_held_back_before_the_first_frame() -> None:
    intake = Intake(4)
    assert intake.take(FRAME) is None
    assert intake.take(FRAME) == FRAME
    assert intake.take(FRAME) == FRAME


def test_after_a_gap_it_is_filled_again() -> None:
    intake = Intake(4)
    intake.take(2 * FRAME)
    intake.take(b"")
    assert intake.take(b"") is None
    assert intake.missing == 1
    assert intake.take(FRAME) is None
    assert intake.take(FRAME) == FRAME


def test_what_piles_up_is_skipped() -> None:
    intake = Intake(4)
    assert intake.take(20 * FRAME) == FRAME
    assert intake.skipped == 16


def test_pieces_are_put_together() -> None:
    intake = Intake(4)
    assert intake.take(FRAME + FRAME[:1]) is None
    assert intake.take(FRAME[1:]) == FRAME


def test_what_is_left_over_all_the_time_is_skipped() -> None:
    intake = Intake(4)
    intake.take(2 * bytes(4))
    for _ in range(2 * WINDOW):
        intake.take(bytes(4))
    assert (intake.skipped, intake.missing) == (1, 0)
