"""Passing things: bounded as strictly as commands are."""

from typing import get_args

import msgspec
import pytest

from conferences.consumers import MESSAGE_BYTES
from conferences.core import signals as s
from tests.conferences.stories import fields as bounds

decode = msgspec.json.Decoder(s.ClientSignal).decode
LONGEST_OFFER: int = bounds(s.MediaOffer)["sdp"].max_length  # type: ignore[attr-defined] # a StrType
EVERY_SIGNAL = (*get_args(s.ClientSignal), *get_args(s.ServerSignal))


@pytest.mark.parametrize(
    "message",
    [
        {"type": "media.offer", "sdp": ""},
        {"type": "media.offer", "sdp": "x" * (LONGEST_OFFER + 1)},
        {"type": "media.view", "videos": 26},
        {"type": "media.view", "videos": -1},
        {"type": "media.view", "videos": 1, "first": ["bob"] * 26},
        {"type": "media.view", "videos": 1, "first": ["../bob"]},
        {"type": "ping", "at": 1},
        {"type": "pong"},
        {"type": "speaking.levels", "levels": {}},
    ],
    ids=lambda message: f"{message['type']} {len(str(message))}",
)
def test_what_breaks_the_bounds_is_no_signal(message: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_a_browsers_signals_are_understood() -> None:
    assert decode(b'{"type":"ping"}') == s.Ping()
    assert decode(b'{"type":"media.view","videos":4}') == s.MediaView(videos=4)


def test_no_two_signals_are_called_the_same() -> None:
    tags = [signal.__struct_config__.tag for signal in EVERY_SIGNAL]
    assert len(set(tags)) == len(tags)


def test_the_longest_offer_fits_into_a_message() -> None:
    line = f"a={'x' * 58}\r\n"
    offer = s.MediaOffer(sdp=line * (LONGEST_OFFER // len(line)))
    assert len(msgspec.json.encode({"ref": 1, "signal": offer})) <= MESSAGE_BYTES
