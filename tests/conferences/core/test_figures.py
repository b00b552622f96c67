"""Figures: their bounds, where they lie, and what they weigh."""

import msgspec
import pytest

from conferences.core import figures as f
from tests.conferences.histories_board import FIGURES

decode = msgspec.json.Decoder(f.AnyFigure).decode
LINE = {"kind": "line", "colour": "red", "width": "thin", "x1": 0, "y1": 0, "x2": 10, "y2": 10}
STROKE = {"kind": "stroke", "colour": "red", "width": "thin"}


@pytest.mark.parametrize(
    "figure",
    [
        LINE | {"x1": -1},
        LINE | {"y2": 10_001},
        LINE | {"x1": 1e300},
        LINE | {"x1": "0"},
        LINE | {"colour": "#ff0000"},
        LINE | {"width": 5},
        LINE | {"kind": "script"},
        LINE | {"onclick": "alert()"},
        STROKE | {"points": []},
        STROKE | {"points": [1, 2, 3]},
        STROKE | {"points": [1, 2, 3, 99_999]},
        STROKE | {"points": [1, 1] * 2_001},
        STROKE | {"kind": "text", "x": 0, "y": 0, "text": ""},
        STROKE | {"kind": "note", "x": 0, "y": 0, "text": "x" * 501},
    ],
    ids=lambda figure: str(figure)[:90],
)
def test_what_breaks_the_bounds_is_no_figure(figure: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(figure))


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_every_figure_survives_the_wire(figure: f.AnyFigure) -> None:
    assert decode(msgspec.json.encode(figure)) == figure


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_what_is_moved_lies_beside_where_it_lay(figure: f.AnyFigure) -> None:
    left, top, right, bottom = f.box_of(figure)
    assert f.box_of(f.moved(figure, 3, -2)) == (left + 3, top - 2, right + 3, bottom - 2)
    assert f.moved(f.moved(figure, 3, -2), -3, 2) == figure


def test_ink_is_measured_by_what_must_be_told() -> None:
    stroke, note = FIGURES["stroke"], FIGURES["note"]
    assert (f.ink_of(stroke), f.ink_of(FIGURES["line"]), f.ink_of(note)) == (36, 40, 38)
