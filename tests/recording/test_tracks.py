"""Cameras of a bundle, decoded: the right picture at each moment, forward and by leaps."""

from pathlib import Path

import pytest

from recording.manifest import Track
from recording.tracks import Tracks
from tests.recording.bundles import write_track

STEPS = ((200, 30, 30), (30, 180, 40), (40, 50, 200))
NAMES = ("red", "green", "blue")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracks")
    write_track(folder / "a.webm", lambda ms: STEPS[min(2, ms // 3_000)], 9_000)
    return folder


@pytest.fixture
def tracks(folder: Path) -> Tracks:
    return Tracks(folder, [Track("p1", "camera", "a.webm", 1_000, 10_000, 320, 180)])


def colour(tracks: Tracks, t: int) -> str | None:
    frame = tracks.picture("p1", "camera", t)
    if frame is None:
        return None
    pixel = frame.to_ndarray(format="rgb24")[90, 160].astype(int)
    return NAMES[min(range(3), key=lambda index: abs(pixel - STEPS[index]).sum())]


def test_pictures_are_shown_when_they_were_sent(tracks: Tracks) -> None:
    times = range(0, 11_000, 500)
    found = {t: colour(tracks, t) for t in times}
    assert [found[t] for t in (0, 1_000, 3_500, 4_500, 6_500, 7_500, 9_500, 10_000)] == [
        None, "red", "red", "green", "green", "blue", "blue", None,
    ]  # fmt: skip


def test_leaps_forward_and_back_find_the_right_picture(tracks: Tracks) -> None:
    assert [colour(tracks, t) for t in (9_000, 2_000, 5_000, 4_960, 8_000)] == [
        "blue", "red", "green", "green", "blue",
    ]  # fmt: skip


def test_of_others_there_is_none(tracks: Tracks) -> None:
    assert tracks.picture("p2", "camera", 2_000) is None
    assert tracks.picture("p1", "screen", 2_000) is None


def test_a_file_that_is_damaged_shows_what_it_can(folder: Path, tmp_path: Path) -> None:
    data = bytearray((folder / "a.webm").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = bytes(200)
    (tmp_path / "a.webm").write_bytes(data)
    tracks = Tracks(tmp_path, [Track("p1", "camera", "a.webm", 0, 9_000, 320, 180)])
    assert colour(tracks, 500) == "red"
    tracks.close()
