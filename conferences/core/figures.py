"""What one draws: figures on a page, in ten-thousandths of its width and height. The browser's twin is
`core/figures.js`."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from conferences.core.slides import Spot

EDGE = 10_000
MOST_POINTS = 2_000
"""Of one stroke; browsers simplify what was drawn before they send it."""

Points = Annotated[tuple[Spot, ...], Meta(min_length=2, max_length=2 * MOST_POINTS)]
"""x, y, x, y, …"""
FigureText = Annotated[str, Meta(min_length=1, max_length=500)]
Step = Annotated[int, Meta(ge=-EDGE, le=EDGE)]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class Colour(StrEnum):
    """Names, not values: what they look like is the page's business (`tokens.css`)."""

    BLACK = "black"
    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    VIOLET = "violet"


class Width(StrEnum):
    """Of a line; of a text, how large it is written."""

    THIN = "thin"
    MEDIUM = "medium"
    THICK = "thick"


class Figure(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """Something drawn; its kinds are `AnyFigure`."""

    colour: Colour
    width: Width


class _Freehand(Figure, frozen=True):
    points: Points

    def __post_init__(self) -> None:
        if len(self.points) % 2:
            raise ValueError("half a point")


class Stroke(_Freehand, frozen=True, tag="stroke"):
    pass


class Highlight(_Freehand, frozen=True, tag="highlight"):
    pass


class _Spanned(Figure, frozen=True):
    """Between where one began and where one ended."""

    x1: Spot
    y1: Spot
    x2: Spot
    y2: Spot


class Line(_Spanned, frozen=True, tag="line"):
    pass


class Arrow(_Spanned, frozen=True, tag="arrow"):
    """Points to where one ended."""


class Rectangle(_Spanned, frozen=True, tag="rectangle"):
    pass


class Ellipse(_Spanned, frozen=True, tag="ellipse"):
    pass


class _Written(Figure, frozen=True):
    """Its upper left corner, and what it says."""

    x: Spot
    y: Spot
    text: FigureText


class Text(_Written, frozen=True, tag="text"):
    pass


class Note(_Written, frozen=True, tag="note"):
    """A sticky one."""


AnyFigure = Stroke | Highlight | Line | Arrow | Rectangle | Ellipse | Text | Note


def box_of(figure: AnyFigure) -> Box:
    """The smallest box around its points."""
    match figure:
        case Stroke() | Highlight():
            xs, ys = figure.points[::2], figure.points[1::2]
            return min(xs), min(ys), max(xs), max(ys)
        case Text() | Note():
            return figure.x, figure.y, figure.x, figure.y
        case _:
            (left, right), (top, bottom) = sorted((figure.x1, figure.x2)), sorted((figure.y1, figure.y2))
            return left, top, right, bottom


def moved(figure: AnyFigure, dx: int, dy: int) -> AnyFigure:
    match figure:
        case Stroke() | Highlight():
            steps = (dx, dy) * (len(figure.points) // 2)
            points = tuple(spot + step for spot, step in zip(figure.points, steps, strict=True))
            return replace(figure, points=points)
        case Text() | Note():
            return replace(figure, x=figure.x + dx, y=figure.y + dy)
        case _:
            ends = {"x1": figure.x1 + dx, "y1": figure.y1 + dy, "x2": figure.x2 + dx, "y2": figure.y2 + dy}
            return replace(figure, **ends)


def ink_of(figure: AnyFigure) -> int:
    """What it takes to keep and tell it: about a fifth of its bytes."""
    match figure:
        case Stroke() | Highlight():
            return 30 + len(figure.points)
        case Text() | Note():
            return 30 + len(figure.text)
        case _:
            return 40
