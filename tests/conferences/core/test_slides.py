"""The vocabulary of documents: bounds, and who is told."""

from typing import get_args

import msgspec
import pytest

from conferences.core import slides as s
from conferences.core.events import Audience
from conferences.core.messages import ClientCommand

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize("event", get_args(s.SlideEvent), ids=lambda event: event.__name__)
def test_documents_are_the_business_of_those_inside(event: type[s.SlideEvent]) -> None:
    assert event.heard_by is Audience.ROOM


@pytest.mark.parametrize(
    "message",
    [
        {"type": "document.offer", "document": "plans", "name": "Plans", "url": "/"},
        {"type": "document.add", "document": "plans", "pages": 3},
        {"type": "document.present", "document": "../etc"},
        {"type": "page.turn", "document": "plans", "page": 0},
        {"type": "page.turn", "document": "plans", "page": -1},
        {"type": "page.focus", "document": "plans", "page": 1, "x": 10_001, "y": 0, "zoom": 100},
        {"type": "page.focus", "document": "plans", "page": 1, "x": 0, "y": 0, "zoom": 99},
    ],
    ids=str,
)
def test_a_browser_cannot_say_it(message: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))
