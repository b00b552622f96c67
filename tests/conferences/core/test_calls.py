"""What a browser may send of phones, and what it is told of their numbers."""

import msgspec
import pytest

from bridges.types import EndCause
from conferences.core import calls as k
from conferences.core.messages import ClientCommand
from tests.conferences.meeting import Meeting

decode = msgspec.json.Decoder(ClientCommand).decode


@pytest.mark.parametrize(
    "message",
    [
        {"type": "call.dial", "number": "1"},
        {"type": "call.dial", "number": "1" * 41},
        {"type": "call.dial", "number": "110", "name": "x" * 61},
        {"type": "call.cancel", "call": ""},
        {"type": "call.merge", "participant": "bob"},
        {"type": "call.split", "participant": "../x"},
        {"type": "call.end", "call": "one", "cause": "normal"},
        {"type": "call.place", "call": "one"},
    ],
    ids=str,
)
def test_what_a_browser_says_of_phones_has_bounds(message: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_bridges_and_conferences_have_the_same_words_for_ends() -> None:
    assert {cause.value for cause in k.CallCause} == {cause.value for cause in EndCause}


def test_nobody_is_told_a_number(meeting: Meeting) -> None:
    meeting.dials("alice", "one")
    meeting.phones("mallory")
    told = [event for event in meeting.events if meeting.hearers_of(event)]
    assert b"+4917155542" not in msgspec.json.encode(told)
    assert b"+4917155542" not in msgspec.json.encode(meeting.state.seen_by("alice"))
