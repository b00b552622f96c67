"""The protocol as it is written down for people and for browsers."""

from typing import get_args

import pytest
from msgspec import Struct

from conferences.core.messages import AnyEvent, ClientCommand
from conferences.core.rules import Reason
from conferences.protocol import tables, typescript


@pytest.mark.parametrize("message", [*get_args(ClientCommand), *get_args(AnyEvent)], ids=lambda m: m.__name__)
def test_every_message_is_written_down(message: type[Struct]) -> None:
    assert f"export interface {message.__name__} " in typescript()
    assert f"| `{message.__struct_config__.tag}` |" in tables()


def test_every_reason_is_written_down() -> None:
    for reason in Reason:
        assert f'"{reason}"' in typescript()
        assert f"`{reason}`" in tables()


def test_what_may_be_left_out_is_marked_in_commands_and_always_there_in_events() -> None:
    chat = typescript().partition("export interface SendChat {")[2].partition("}")[0]
    joined = typescript().partition("export interface ParticipantJoined {")[2].partition("}")[0]
    assert "to?: string;" in chat
    assert "entitled: boolean;" in joined
