"""All messages of all namespaces, gathered."""

from typing import get_args

from conferences.core.commands import Command
from conferences.core.events import Event
from conferences.core.messages import AnyCommand, AnyEvent, ClientCommand


def test_no_two_messages_have_the_same_name() -> None:
    for union in (AnyCommand, AnyEvent):
        names = [message.__struct_config__.tag for message in get_args(union)]
        assert len(names) == len(set(names))


def test_what_browsers_may_ask_is_a_part_of_all_that_may_be_asked() -> None:
    assert set(get_args(ClientCommand)) < set(get_args(AnyCommand))


def test_every_message_is_of_its_kind() -> None:
    assert all(issubclass(command, Command) for command in get_args(AnyCommand))
    assert all(issubclass(event, Event) for event in get_args(AnyEvent))
