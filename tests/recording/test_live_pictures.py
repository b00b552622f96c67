"""Pictures of those on the stage, as they come."""

from pathlib import Path

import pytest

from recording.aligned import AlignedTracks
from recording.desk import Desk
from recording.live_pictures import STILL_US, LivePictures
from tests.recording import takes

BEGIN = 1_790_000_000_000
ALICE, BOB = ("alice", "camera"), ("bob", "camera")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    takes.picture(desk.raw, "alice", "red", begin=BEGIN, seconds=8)
    takes.picture(desk.raw, "bob", "blue", begin=BEGIN, seconds=20, network=takes.Network(loss=0.03, seed=3))
    return desk


def us(after_ms: int) -> int:
    return (BEGIN + after_ms) * 1_000


def shown(
    pictures: LivePictures, desk: Desk, after_ms: int, *keys: tuple[str, str]
) -> list[tuple[str, int] | None]:
    """Two seconds later than before."""
    pictures.load(AlignedTracks(desk, BEGIN), keys, us(after_ms))
    found = [pictures.picture(*key, us(after_ms - 100)) for key in keys]
    return [takes.seen(frame) if frame else None for frame in found]


def test_each_moment_has_its_picture(desk: Desk) -> None:
    pictures = LivePictures()
    for after in (2_000, 4_000, 6_000):
        (found,) = shown(pictures, desk, after, ALICE)
        assert found is not None
        assert found[0] == "red"
        assert abs(found[1] * 100 - (after - 100)) <= 100


def test_who_comes_on_the_stage_is_shown_at_once(desk: Desk) -> None:
    pictures = LivePictures()
    takes.picture(desk.raw, "carol", "green", begin=BEGIN, seconds=8)
    shown(pictures, desk, 2_000, ALICE)
    assert None not in shown(pictures, desk, 4_000, ALICE, ("carol", "camera"))


def test_after_a_loss_it_goes_on_with_the_next_keyframe(desk: Desk) -> None:
    pictures = LivePictures()
    seen = [shown(pictures, desk, after, BOB)[0] for after in range(2_000, 20_000, 2_000)]
    assert sum(one is not None for one in seen) >= 5


def test_a_camera_that_sends_no_more_is_not_shown(desk: Desk) -> None:
    pictures = LivePictures()
    assert shown(pictures, desk, 8_000, ALICE) != [None]
    after = 8_000 + STILL_US // 1_000 + 1_000
    assert shown(pictures, desk, after, ALICE) == [None]


def test_of_several_sizes_the_largest_that_flows_is_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    takes.picture(desk.raw, "alice", "red", begin=BEGIN, seconds=8, ssrc=1, layer=0)
    takes.picture(desk.raw, "alice", "green", begin=BEGIN, seconds=4, ssrc=2, layer=1, size=(640, 360))
    pictures = LivePictures()
    colours = [shown(pictures, desk, after, ALICE)[0] for after in (2_000, 4_000, 8_000)]
    assert [found[0] if found else "" for found in colours] == ["green", "green", "red"]
