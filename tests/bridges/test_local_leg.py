"""Two ends in memory."""

from bridges.base import FRAME_BYTES
from bridges.local_leg import LocalMediaLeg

FIRST, SECOND, THIRD = (bytes([number]) * FRAME_BYTES for number in (1, 2, 3))


def test_what_is_pushed_at_one_end_is_pulled_at_the_other() -> None:
    near, far = LocalMediaLeg.pair()
    near.push(FIRST)
    far.push(SECOND)
    assert far.pull() == FIRST
    assert near.pull() == SECOND
    assert near.pull() is None
    assert near.stats == {"received": 1, "sent": 1, "lost": 0, "late": 0, "concealed": 0, "dropped": 0}


def test_who_did_not_listen_hears_nothing_older_than_40_ms() -> None:
    near, far = LocalMediaLeg.pair()
    for frame in (FIRST, SECOND, THIRD):
        near.push(frame)
    assert [far.pull(), far.pull(), far.pull()] == [SECOND, THIRD, None]
    assert near.stats["dropped"] == 1


def test_a_closed_leg_is_silent() -> None:
    near, far = LocalMediaLeg.pair()
    near.push(FIRST)
    near.close()
    near.push(SECOND)
    assert far.pull() is None
