"""What a browser may send of the chat."""

import msgspec
import pytest

from conferences.core.chat import ChatLine
from conferences.core.messages import ClientCommand

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "chat.edit", "line": 3, "text": ""},
        {"type": "chat.edit", "line": 3, "text": "x" * 4001},
        {"type": "chat.edit", "line": 0, "text": "x"},
        {"type": "chat.send", "reply": -1, "text": "x"},
        {"type": "chat.react", "line": 3, "reaction": "🍆"},
        {"type": "chat.delete", "line": "3"},
        {"type": "chat.attach", "to": ""},
        {
            "type": "chat.send",
            "text": "x",
            "file": {"id": "f", "name": "n", "url": "//evil.example", "size": 1},
        },
    ],
    ids=str,
)
def test_what_breaks_the_bounds_is_no_command(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(wrong))


def test_a_conversation_is_the_same_both_ways() -> None:
    there = ChatLine(id=1, at=1, participant="bob", name="Bob", text="x", to="carol")
    back = ChatLine(id=2, at=1, participant="carol", name="Carol", text="x", to="bob")
    public = ChatLine(id=3, at=1, participant="bob", name="Bob", text="x")
    assert there.between == back.between != public.between
