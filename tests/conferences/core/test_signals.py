"""Passing things: bounded as strictly as commands are."""

from typing import get_args

import msgspec
import pytest

from conferences.core import signals as s

decode = msgspec.json.Decoder(s.ClientSignal).decode
EVERY_SIGNAL = (*get_args(s.ClientSignal), *get_args(s.ServerSignal))


@pytest.mark.parametrize(
    "message",
    [
        {"type": "media.offer", "sdp": ""},
        {"type": "media.offer", "sdp": "x" * 64_001},
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
