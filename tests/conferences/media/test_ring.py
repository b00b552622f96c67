"""The last second of a sound, by its place."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media.ring import SoundRing
from tests.sounds import tone

FRAME = tone(500, 0.02)


def test_a_frame_is_there_when_all_of_it_is() -> None:
    ring = SoundRing(320)
    ring.write(0, FRAME[:160])
    assert ring.begins(0)
    assert not ring.has(0)
    ring.write(160, FRAME[160:])
    assert ring.has(0)
    assert ring.read(0).tolist() == FRAME.tolist()


@given(st.integers(0, 10_000))
def test_it_goes_round_without_a_seam(turns: int) -> None:
    ring = SoundRing(320)
    at = turns * 40
    ring.write(at, FRAME)
    assert ring.has(at)
    assert not ring.has(at + 40)
    assert ring.read(at).tolist() == FRAME.tolist()
    ring.forget(at, at + 320)
    assert not ring.begins(at)


def test_what_is_cleared_is_not_there() -> None:
    ring = SoundRing(320)
    ring.write(0, FRAME)
    ring.clear()
    assert not ring.has(0)
