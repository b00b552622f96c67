"""What a browser may ask: bounds on every field, and nothing undeclared."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.core import commands as c
from tests.conferences.stories import client_commands, fields

CLIENT_COMMANDS = get_args(c.ClientCommand)
decode = msgspec.json.Decoder(c.ClientCommand).decode


@given(client_commands())
def test_every_command_survives_the_wire(command: c.ClientCommand) -> None:
    assert decode(msgspec.json.encode(command)) == command


@pytest.mark.parametrize("command", CLIENT_COMMANDS, ids=lambda command: command.__name__)
def test_nothing_undeclared_comes_in(command: type[c.Command]) -> None:
    tag = command.__struct_config__.tag
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": tag, "admin": True}))


@pytest.mark.parametrize("command", CLIENT_COMMANDS, ids=lambda command: command.__name__)
def test_no_command_names_its_sender(command: type[c.Command]) -> None:
    assert not {"by", "sender", "author", "role_of_sender"} & set(fields(command))


@pytest.mark.parametrize("command", [c.JoinParticipant, c.DropLeg, c.Tick])
def test_no_browser_gives_the_commands_of_the_server(command: type[c.Command]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": command.__struct_config__.tag}))


@pytest.mark.parametrize(
    "message",
    [
        {"type": "chat.send", "text": ""},
        {"type": "chat.send", "text": "x" * 4001},
        {"type": "chat.send", "text": "x", "to": "x" * 33},
        {"type": "chat.send", "text": "x", "to": "../x"},
        {"type": "participant.rename", "name": "x" * 61},
        {"type": "participant.remove", "participant": ""},
        {"type": "reaction.send", "reaction": "🍆"},
        {"type": "role.set", "participant": "bob", "role": "owner"},
        {"type": "hand.wave"},
        {},
        [],
        None,
        7,
    ],
    ids=str,
)
def test_what_breaks_the_bounds_is_no_command(message: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode(message))


def test_who_is_not_named_is_oneself() -> None:
    assert decode(b'{"type":"microphone.mute","participant":""}') == c.MuteMicrophone()


@given(st.binary(max_size=200))
def test_noise_is_no_command(noise: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(noise)
