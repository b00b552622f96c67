"""The vocabulary of drawing: bounds, and who is told."""

from typing import Any, get_args

import msgspec
import pytest

from conferences.core import board as b
from conferences.core.events import Audience
from conferences.core.figures import ink_of
from conferences.core.messages import ClientCommand
from tests.conferences.histories_board import FIGURES

decode = msgspec.json.Decoder(ClientCommand).decode
PLACE: dict[str, Any] = {"document": "plans", "page": 1}


@pytest.mark.parametrize("event", get_args(b.BoardEvent), ids=lambda event: event.__name__)
def test_drawings_are_the_business_of_those_inside(event: type[b.BoardEvent]) -> None:
    assert event.heard_by is Audience.ROOM


@pytest.mark.parametrize(
    "message",
    [
        {"type": "board.open", "name": ""},
        {"type": "board.permit", "who": "bob"},
        {"type": "shape.add", **PLACE, "shape": "s1"},
        {"type": "shape.add", **PLACE, "shape": "../s1", "figure": {}},
        {"type": "shapes.erase", **PLACE, "shapes": []},
        {"type": "shapes.erase", **PLACE, "shapes": ["s1"] * 2_001},
        {"type": "shapes.move", **PLACE, "shapes": ["s1"], "dx": 10_001, "dy": 0},
        {"type": "shape.reword", **PLACE, "shape": "s1", "text": "x" * 501},
    ],
    ids=lambda message: str(message)[:80],
)
def test_a_browser_cannot_say_it(message: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_a_welcome_with_all_the_ink_there_may_be_stays_below_three_megabytes() -> None:
    stroke = FIGURES["stroke"]
    shape = b.Shape(id="x" * 12, participant="y" * 12, z=99_999, figure=stroke)
    each = len(msgspec.json.encode({shape.id: shape}))
    assert each * b.INK_KEPT / ink_of(stroke) < 3_000_000
