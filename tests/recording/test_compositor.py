"""Scenes painted: probed pixel by pixel, and what does not change is not painted again."""

import numpy
from av import VideoFrame
from PIL import Image

from conferences.core.board import Shape
from conferences.core.figures import Colour, Highlight, Line, Width
from conferences.core.slides import Document, DocumentKind, Shown
from recording.compositor import Compositor
from recording.labels import ACCENT
from recording.stage import GAP, Look, Scene, Slide, Tile

LOOK = Look(640, 360)
PAGE = Document(id="d1", name="plans", owner="p1", url="bundle:documents/d1/", pages=2)
BOARD = Document(id="d2", name="Board", owner="p1", url="", kind=DocumentKind.BOARD, pages=1)
LINE = Shape("s1", "p1", 1, Line(Colour.RED, Width.THICK, 0, 5_000, 10_000, 5_000))
MARK = Shape("s2", "p1", 2, Highlight(Colour.YELLOW, Width.THICK, (0, 2_500, 10_000, 2_500)))


def yellow(_document: Document) -> Image.Image | None:
    return Image.new("RGB", (800, 500), (250, 240, 160))


def camera(red: int, green: int, blue: int, size: tuple[int, int] = (320, 180)) -> VideoFrame:
    pixels = numpy.empty((size[1], size[0], 3), dtype=numpy.uint8)
    pixels[:] = (red, green, blue)
    return VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")


def tile(id: str, *, video: bool = True, talking: bool = False, source: str = "camera") -> Tile:
    return Tile(id, source, id.title(), video, talking=talking)


def alone(*tiles: Tile) -> Scene:
    return Scene(None, None, tiles)


def near(pixel: numpy.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool(numpy.abs(pixel.astype(int) - colour).max() <= 12)


def rgb(frame: VideoFrame) -> numpy.ndarray:
    return frame.to_ndarray(format="rgb24")


def test_cameras_fill_their_tiles() -> None:
    pictures = {"p1": camera(200, 30, 30), "p2": camera(40, 50, 200, (240, 240))}
    painted = rgb(Compositor(LOOK, yellow).paint(alone(tile("p1"), tile("p2")), lambda id, _: pictures[id]))
    assert near(painted[180, 160], (200, 30, 30))
    assert near(painted[120, 350], (40, 50, 200))


def test_who_shows_no_camera_has_initials_in_their_colour() -> None:
    painted = rgb(Compositor(LOOK, yellow).paint(alone(tile("alice", video=False)), lambda *_: None))
    middle = painted[150:210, 290:350].reshape(-1, 3)
    assert (middle.min(axis=1) > 200).any()
    assert not near(painted[100, 100], (11, 14, 13))


def test_who_talks_has_a_ring() -> None:
    compositor = Compositor(LOOK, yellow)
    quiet = rgb(compositor.paint(alone(tile("p1")), lambda *_: camera(0, 0, 0)))
    loud = rgb(compositor.paint(alone(tile("p1", talking=True)), lambda *_: camera(0, 0, 0)))
    assert near(loud[GAP + 2, 320], ACCENT)
    assert not near(quiet[GAP + 2, 320], ACCENT)


def test_a_screen_is_shown_whole() -> None:
    scene = Scene(None, tile("p1", source="screen"), ())
    painted = rgb(Compositor(LOOK, yellow).paint(scene, lambda *_: camera(255, 255, 255, (200, 800))))
    assert near(painted[180, 320], (255, 255, 255))
    assert near(painted[180, 100], (22, 27, 25))


def test_a_slide_is_large_with_what_was_drawn() -> None:
    scene = Scene(Slide(PAGE, Shown("d1", "p1"), (LINE,)), None, ())
    painted = rgb(Compositor(LOOK, yellow).paint(scene, lambda *_: None))
    assert near(painted[100, 320], (250, 240, 160))
    assert near(painted[180, 320], (216, 52, 59))
    assert near(painted[180, 20], (11, 14, 13))


def test_what_is_added_later_is_there_too_above_or_below() -> None:
    compositor = Compositor(LOOK, lambda _document: None)
    sight = Shown("d2", "p1")
    frames = [
        compositor.paint(Scene(Slide(BOARD, sight, shapes), None, ()), lambda *_: None)
        for shapes in ((), (LINE,), (LINE, MARK))
    ]
    painted = rgb(frames[-1])
    assert near(painted[180, 320], (216, 52, 59))
    assert painted[94, 320, 2] < 190
    cleared = compositor.paint(Scene(Slide(BOARD, sight, ()), None, ()), lambda *_: None)
    assert near(rgb(cleared)[180, 320], (255, 255, 255))


def test_zoomed_everyone_sees_a_part_of_the_page() -> None:
    def halves(_document: Document) -> Image.Image:
        picture = Image.new("RGB", (800, 500), "white")
        picture.paste((0, 0, 200), (400, 0, 800, 500))
        return picture

    sight = Shown("d1", "p1", x=8_000, y=5_000, zoom=400)
    painted = rgb(Compositor(LOOK, halves).paint(Scene(Slide(PAGE, sight, ()), None, ()), lambda *_: None))
    assert near(painted[180, 40], (0, 0, 200))


def test_the_next_page_is_another_picture() -> None:
    pages = {1: (250, 0, 0), 2: (0, 250, 0)}
    compositor = Compositor(LOOK, lambda document: Image.new("RGB", (800, 500), pages[document.page]))
    for page in (1, 2):
        document = Document(id="d1", name="x", owner="p1", url="u", pages=2, page=page)
        painted = rgb(
            compositor.paint(Scene(Slide(document, Shown("d1", "p1"), ()), None, ()), lambda *_: None)
        )
        assert near(painted[180, 320], pages[page])


def test_other_places_leave_nothing_behind() -> None:
    compositor = Compositor(LOOK, yellow)
    compositor.paint(alone(*(tile(f"p{n}") for n in range(4))), lambda *_: camera(250, 250, 250))
    painted = rgb(compositor.paint(Scene(None, None, ()), lambda *_: None))
    assert painted.max() < 30
