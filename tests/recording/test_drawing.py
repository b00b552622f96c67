"""Shapes on pictures of pages, pixel by pixel; `tests/e2e/test_drawn_pages.py` compares with a browser."""

import re
from pathlib import Path

import numpy
import pytest
from PIL import Image

from conferences.core.board import Shape
from conferences.core.figures import (
    AnyFigure,
    Arrow,
    Colour,
    Ellipse,
    Highlight,
    Line,
    Note,
    Rectangle,
    Stroke,
    Text,
    Width,
)
from recording.drawing import LETTERS, LINE, MARKER, NOTE_LETTERS, NOTES, PENS, drawn

STATIC = Path("conferences/static/conferences")
RED = (216, 52, 59)
WHITE = (255, 255, 255)
EVERYWHERE = {"x1": 2_000, "y1": 2_000, "x2": 8_000, "y2": 8_000}


def page(*figures: AnyFigure, ground: tuple[int, int, int] = WHITE, width: int = 800) -> Image.Image:
    blank = Image.new("RGB", (width, width * 5 // 8), ground)
    return drawn(blank, [Shape(f"s{number}", "p1", number, figure) for number, figure in enumerate(figures)])


def at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """The colour at a spot, in ten-thousandths."""
    found = picture.getpixel((x * picture.width // 10_000, y * picture.height // 10_000))
    assert isinstance(found, tuple)
    return found


def test_a_line_leads_from_one_end_to_the_other() -> None:
    picture = page(Line(Colour.RED, Width.THICK, **EVERYWHERE))
    assert [at(picture, spot, spot) for spot in (2_000, 5_000, 8_000)] == [RED] * 3
    assert at(picture, 5_000, 6_000) == WHITE


@pytest.mark.parametrize("kind", [Rectangle, Ellipse], ids=["rectangle", "ellipse"])
def test_what_encloses_is_empty_within(kind: type[Rectangle | Ellipse]) -> None:
    picture = page(kind(Colour.RED, Width.THICK, **EVERYWHERE))
    assert [at(picture, *spot) for spot in ((2_000, 5_000), (5_000, 2_000), (8_000, 5_000))] == [RED] * 3
    assert at(picture, 5_000, 5_000) == WHITE


def test_an_arrow_has_its_head_where_one_ended() -> None:
    flat = {"x1": 2_000, "y1": 5_000, "x2": 8_000, "y2": 5_000}
    line, arrow = (page(kind(Colour.RED, Width.THIN, **flat)) for kind in (Line, Arrow))
    differences = [
        x for x in range(800) if any(line.getpixel((x, y)) != arrow.getpixel((x, y)) for y in (245, 255))
    ]
    assert 620 < min(differences) < max(differences) < 640


def test_a_stroke_is_bent_by_its_points_and_a_single_spot_is_a_dot() -> None:
    picture = page(Stroke(Colour.BLUE, Width.THICK, (1_000, 5_000, 5_000, 1_000, 9_000, 5_000)))
    assert at(picture, 1_000, 5_000) == at(picture, 9_000, 5_000) == (35, 105, 216)
    assert at(picture, 5_000, 1_000) == WHITE
    assert at(page(Stroke(Colour.RED, Width.THICK, (5_000, 5_000))), 5_000, 5_000) == RED


def test_a_highlight_darkens_what_is_below_and_lies_below_ink() -> None:
    line = Line(Colour.RED, Width.THICK, 0, 5_000, 10_000, 5_000)
    mark = Highlight(Colour.YELLOW, Width.THICK, (5_000, 1_000, 5_000, 9_000))
    picture = page(line, mark, ground=(100, 100, 100))
    assert at(picture, 5_000, 5_000) == RED
    assert at(picture, 5_000, 2_000) == pytest.approx((98, 90, 59), abs=2)
    assert at(picture, 1_000, 2_000) == (100, 100, 100)


def test_lines_are_as_thick_on_every_size_of_picture() -> None:
    line = Line(Colour.BLACK, Width.THICK, 0, 5_000, 10_000, 5_000)
    for width in (400, 800, 1_600):
        picture = page(line, width=width)
        column = numpy.asarray(picture.convert("L"))[:, width // 2]
        dark = int((column < 128).sum())
        assert dark == pytest.approx(12 * width / 1_600, abs=1)


def test_text_begins_at_its_corner_in_every_direction_of_writing() -> None:
    for text in ("Hello", "שלום"):
        picture = page(Text(Colour.BLACK, Width.THICK, 5_000, 5_000, text))
        left, top, right, bottom = _inked(picture)
        assert 400 <= left <= 406
        assert 250 <= top < bottom <= 295
        assert right > 440


def test_a_note_is_a_sheet_with_its_text_in_the_middle() -> None:
    picture = page(Note(Colour.YELLOW, Width.MEDIUM, 1_000, 1_000, "Buy arrows and a target"))
    paper = (255, 239, 163)
    assert at(picture, 1_100, 1_200) == paper
    inside = (
        picture.crop((80, 50, 220, 140)).convert("L").point([255 * (value < 100) for value in range(256)])
    )
    left, top, right, bottom = inside.getbbox() or (0, 0, 0, 0)
    assert abs((left + right) / 2 - 70) < 4
    assert abs((top + bottom) / 2 - 45) < 8


def test_shapes_beyond_the_edge_do_no_harm() -> None:
    picture = page(
        Note(Colour.RED, Width.THIN, 10_000, 10_000, "far"),
        Text(Colour.RED, Width.THICK, 10_000, 10_000, "far"),
        Stroke(Colour.RED, Width.THICK, (0, 0, 10_000, 10_000)),
    )
    assert at(picture, 5_000, 5_000) == RED


def test_the_page_itself_is_left_alone() -> None:
    blank = Image.new("RGB", (160, 100), "white")
    drawn(blank, [Shape("s", "p1", 1, Line(Colour.RED, Width.THICK, **EVERYWHERE))])
    assert blank.getcolors() == [(16_000, WHITE)]


def test_colours_are_those_of_the_page() -> None:
    tokens = dict(re.findall(r"--((?:pen|note)-\w+): (#\w+);", (STATIC / "tokens.css").read_text()))
    assert tokens == {f"pen-{name}": value for name, value in PENS.items()} | {
        f"note-{name}": value for name, value in NOTES.items()
    }


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("LINE", LINE), ("MARKER", MARKER), ("LETTERS", LETTERS)],
    ids=["line", "marker", "letters"],
)
def test_widths_are_those_of_the_page(name: str, sizes: dict[Width, int]) -> None:
    script = (STATIC / "ui/drawing.js").read_text()
    values = ", ".join(f"{width}: {size}" for width, size in sizes.items())
    assert f"const {name} = {{ {values} }};" in script
    assert "letters: { " + ", ".join(f"{width}: {size}" for width, size in NOTE_LETTERS.items()) in script


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    dark = picture.convert("L").point([255 * (value < 128) for value in range(256)])
    return dark.getbbox() or (0, 0, 0, 0)
