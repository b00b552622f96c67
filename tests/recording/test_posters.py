"""Tests of recording/posters.py."""

from pathlib import Path

from PIL import Image

from recording.aligned import AlignedTracks
from recording.chapters import Shown
from recording.desk import Desk
from recording.manifest import Track
from recording.posters import SIZE, write_poster
from recording.remux import Packing, read_index
from tests.recording import takes

BEGIN = 1_790_000_000_000


def colour_of(path: Path) -> str:
    with Image.open(path) as image:
        assert image.width <= SIZE[0]
        middle = image.convert("RGB").getpixel((image.width // 2, image.height // 3))
    assert isinstance(middle, tuple)
    return min(
        takes.COLOURS, key=lambda c: sum(abs(a - b) for a, b in zip(takes.COLOURS[c], middle, strict=True))
    )


def camera(folder: Path) -> Track:
    desk = Desk(folder)
    takes.picture(desk.raw, "alice", "blue", begin=BEGIN, seconds=5)
    list(Packing(desk, AlignedTracks(desk, BEGIN), BEGIN).pack(None))
    (master,) = read_index(desk).masters
    return Track("alice", "camera", f"masters/{master.file}", 0, 5_000, 320, 180)


def test_the_first_slide_stands_for_a_recording(tmp_path: Path) -> None:
    (tmp_path / "documents" / "plans").mkdir(parents=True)
    Image.new("RGB", (1_600, 900), takes.COLOURS["green"]).save(tmp_path / "documents" / "plans" / "2.webp")
    write_poster(tmp_path, [Shown(0, "gone", 1), Shown(9_000, "plans", 2)], [camera(tmp_path)])
    assert colour_of(tmp_path / "poster.webp") == "green"


def test_without_slides_a_moment_of_a_camera_does(tmp_path: Path) -> None:
    write_poster(tmp_path, [], [camera(tmp_path)])
    assert colour_of(tmp_path / "poster.webp") == "blue"


def test_of_sound_alone_there_is_no_picture(tmp_path: Path) -> None:
    write_poster(tmp_path, [], [])
    assert not (tmp_path / "poster.webp").exists()
