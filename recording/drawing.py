"""What was drawn on a page, painted onto its picture: the twin of `ui/drawing.js`, with Pillow.

A sheet is SHEET units wide, whatever the picture's size, so that lines and letters are as thick as on the
page. Highlights lie below all ink and multiply with what is below them.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import atan2, ceil, cos, floor, hypot, pi, sin
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

from conferences.core.board import Shape
from conferences.core.figures import (
    EDGE,
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
from recording.lettering import font_for, is_backwards, width_of, wrapped

SHEET = 1_600
BOARD_RATIO = 1.6
"""Width by height of a whiteboard's pages (`core/board.js`)."""

PENS = {
    Colour.BLACK: "#17201d",
    Colour.GREY: "#7d8984",
    Colour.RED: "#d8343b",
    Colour.ORANGE: "#ec7a1c",
    Colour.YELLOW: "#f4c316",
    Colour.GREEN: "#189a58",
    Colour.BLUE: "#2369d8",
    Colour.VIOLET: "#8444cf",
}
NOTES = {
    Colour.BLACK: "#e9e6de",
    Colour.GREY: "#d5dbd8",
    Colour.RED: "#ffc9c6",
    Colour.ORANGE: "#ffd9b0",
    Colour.YELLOW: "#ffefa3",
    Colour.GREEN: "#c9efcf",
    Colour.BLUE: "#c8e0ff",
    Colour.VIOLET: "#e4d3fb",
}
"""As in `tokens.css`."""

LINE = {Width.THIN: 3, Width.MEDIUM: 6, Width.THICK: 12}
MARKER = {Width.THIN: 18, Width.MEDIUM: 32, Width.THICK: 52}
LETTERS = {Width.THIN: 28, Width.MEDIUM: 42, Width.THICK: 64}
NOTE_LETTERS = {Width.THIN: 24, Width.MEDIUM: 30, Width.THICK: 40}
LEADING = 1.3
NOTE_WIDTH, NOTE_HEIGHT, NOTE_PADDING, NOTE_RADIUS = 280, 180, 22, 6
MARKER_OPACITY, SHADOW_OPACITY = 0.45, 0.14

FINENESS = 4
"""Each pixel of a line's edge is looked at in so many rows and columns."""
CURVE_STEPS = 12

Point = tuple[float, float]


class Box(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def drawn(page: Image.Image, shapes: Iterable[Shape]) -> Image.Image:
    """A copy of the page (RGB, any size) with shapes on it, the lowest first."""
    figures = [shape.figure for shape in shapes]
    marks = [figure for figure in figures if isinstance(figure, Highlight)]
    painted = _marked(page, marks) if marks else page.copy()
    ink = _Paper(painted)
    for figure in figures:
        if not isinstance(figure, Highlight):
            ink.draw(figure)
    return painted


def _marked(page: Image.Image, marks: list[Highlight]) -> Image.Image:
    layer = Image.new("RGB", page.size, "white")
    paper = _Paper(layer)
    for mark in marks:
        paper.draw(mark)
    return ImageChops.multiply(page, layer)


class _Paper:
    """Draws on a picture, in units of the sheet."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture = picture
        self.scale = picture.width / SHEET
        self.height = round(SHEET * picture.height / picture.width)

    def draw(self, figure: AnyFigure) -> None:
        match figure:
            case Stroke():
                self._line([self._curve(figure.points)], LINE[figure.width], PENS[figure.colour])
            case Highlight():
                curve = self._curve(figure.points)
                self._line([curve], MARKER[figure.width], PENS[figure.colour], opacity=MARKER_OPACITY)
            case Text():
                self._text(figure)
            case Note():
                self._note(figure)
            case _:
                self._line(self._outline(figure), LINE[figure.width], PENS[figure.colour])

    def _spot(self, x: float, y: float) -> Point:
        return x * SHEET / EDGE, y * self.height / EDGE

    def _curve(self, points: tuple[int, ...]) -> list[Point]:
        """Through the middles between the points, bent by the points."""
        spots = [self._spot(x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        curve = [spots[0]]
        for bend, after in pairwise(spots[1:]):
            middle = ((bend[0] + after[0]) / 2, (bend[1] + after[1]) / 2)
            curve += _bent(curve[-1], bend, middle)
        return [*curve, spots[-1]]

    def _outline(self, figure: Line | Arrow | Rectangle | Ellipse) -> list[list[Point]]:
        start, end = self._spot(figure.x1, figure.y1), self._spot(figure.x2, figure.y2)
        match figure:
            case Rectangle():
                return [[start, (end[0], start[1]), end, (start[0], end[1]), start]]
            case Ellipse():
                return [_ellipse(start, end)]
            case Arrow():
                return [[start, end], _head(start, end, LINE[figure.width])]
            case Line():
                return [[start, end]]

    def _line(self, lines: list[list[Point]], width: float, colour: str, *, opacity: float = 1.0) -> None:
        """With round ends and corners."""
        points = [point for line in lines for point in line]
        box = self._box(points, width)
        if box is None:
            return
        mask, pen = self._mask(box)
        fine = self.scale * FINENESS
        reach = width * fine / 2
        for line in lines:
            spots = [(x * fine - box.left * FINENESS, y * fine - box.top * FINENESS) for x, y in line]
            for one, other in pairwise(spots):
                pen.polygon(_bar(one, other, reach), fill=255)
            for x, y in spots:
                pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        self._fill(box, mask, colour, opacity)

    def _box(self, points: list[Point], width: float) -> Box | None:
        """Pixels that a line may touch; None: it is off the picture."""
        xs, ys = [x * self.scale for x, _ in points], [y * self.scale for _, y in points]
        reach = width * self.scale / 2 + 1
        box = Box(
            max(0, floor(min(xs) - reach)),
            max(0, floor(min(ys) - reach)),
            min(self.picture.width, ceil(max(xs) + reach)),
            min(self.picture.height, ceil(max(ys) + reach)),
        )
        return box if box.left < box.right and box.top < box.bottom else None

    def _mask(self, box: Box) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        mask = Image.new("L", ((box.right - box.left) * FINENESS, (box.bottom - box.top) * FINENESS))
        return mask, ImageDraw.Draw(mask)

    def _fill(self, box: Box, mask: Image.Image, colour: str, opacity: float) -> None:
        coarse = mask.reduce(FINENESS)
        if opacity < 1:
            coarse = coarse.point([round(opacity * value) for value in range(256)])
        self.picture.paste(colour, box, coarse)

    def _text(self, figure: Text) -> None:
        x, y = self._spot(figure.x, figure.y)
        self._lines(figure.text.split("\n"), (x, y), LETTERS[figure.width], PENS[figure.colour], middle=False)

    def _lines(self, lines: list[str], at: Point, letters: float, colour: str, *, middle: bool) -> None:
        size = max(1, round(letters * self.scale))
        pen = ImageDraw.Draw(self.picture)
        backwards = is_backwards(" ".join(lines))
        for index, line in enumerate(lines):
            spot = at[0] * self.scale, (at[1] + letters * (1 + index * LEADING)) * self.scale
            font = font_for(line, size)
            direction = "rtl" if backwards else "ltr"
            pen.text(spot, line, colour, font, anchor="ms" if middle else "ls", direction=direction)

    def _note(self, figure: Note) -> None:
        letters = NOTE_LETTERS[figure.width]
        room = NOTE_WIDTH - 2 * NOTE_PADDING
        lines = wrapped(figure.text, lambda line: width_of(line, font_for(line, letters)) <= room)
        written = len(lines) * letters * LEADING
        tall = max(NOTE_HEIGHT, written + 2 * NOTE_PADDING)
        left, top = self._spot(figure.x, figure.y)
        self._sheet((left + 3, top + 6), tall, PENS[Colour.BLACK], opacity=SHADOW_OPACITY)
        self._sheet((left, top), tall, NOTES[figure.colour])
        middle = (left + NOTE_WIDTH / 2, top + (tall - written) / 2)
        self._lines(lines, middle, letters, PENS[Colour.BLACK], middle=True)

    def _sheet(self, at: Point, tall: float, colour: str, *, opacity: float = 1.0) -> None:
        """A note's paper."""
        left, top = at
        box = self._box([at, (left + NOTE_WIDTH, top + tall)], 0)
        if box is None:
            return
        mask, pen = self._mask(box)
        fine = self.scale * FINENESS
        x, y = left * fine - box.left * FINENESS, top * fine - box.top * FINENESS
        far = (x + NOTE_WIDTH * fine - 1, y + tall * fine - 1)
        pen.rounded_rectangle((x, y, *far), NOTE_RADIUS * fine, fill=255)
        self._fill(box, mask, colour, opacity)


def _bent(start: Point, bend: Point, end: Point) -> list[Point]:
    """A quadratic Bézier curve without its first point."""
    curve = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        curve.append((a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]))
    return curve


def _bar(one: Point, other: Point, reach: float) -> list[Point]:
    """A line as a rectangle, `reach` to either side."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = hypot(dx, dy) or 1.0
    x, y = -dy * reach / length, dx * reach / length
    return [
        (one[0] + x, one[1] + y),
        (other[0] + x, other[1] + y),
        (other[0] - x, other[1] - y),
        (one[0] - x, one[1] - y),
    ]


def _ellipse(start: Point, end: Point) -> list[Point]:
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    rx, ry = abs(end[0] - start[0]) / 2, abs(end[1] - start[1]) / 2
    steps = max(24, ceil((rx + ry) / 6))
    turns = (2 * pi * step / steps for step in range(steps + 1))
    return [(x + rx * cos(turn), y + ry * sin(turn)) for turn in turns]


def _head(start: Point, end: Point, width: float) -> list[Point]:
    """Of an arrow."""
    angle, length = atan2(end[1] - start[1], end[0] - start[0]) + pi, 14 + 3 * width
    sides = [
        (end[0] + length * cos(angle + turn), end[1] + length * sin(angle + turn)) for turn in (0.5, -0.5)
    ]
    return [sides[0], end, sides[1]]
