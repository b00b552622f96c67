"""What a browser may send of questions."""

import msgspec
import pytest

from conferences.core.messages import ClientCommand

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize(
    "message",
    [
        {"type": "question.ask", "text": ""},
        {"type": "question.ask", "text": "x" * 501},
        {"type": "question.answer", "question": 1, "reply": "x" * 2001},
        {"type": "question.vote", "question": 0},
    ],
    ids=str,
)
def test_a_question_has_bounds(message: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))
