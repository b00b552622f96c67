"""All messages of all namespaces, gathered: each has a name of its own, and nothing is left out."""

from typing import get_args

import msgspec
import pytest

from conferences.core.commands import Command
from conferences.core.events import Event
from conferences.core.messages import AnyCommand, AnyEvent


@pytest.mark.parametrize(("union", "base"), [(AnyCommand, Command), (AnyEvent, Event)])
def test_every_message_is_gathered(union: object, base: type[msgspec.Struct]) -> None:
    assert set(get_args(union)) == set(base.__subclasses__())


@pytest.mark.parametrize("union", [AnyCommand, AnyEvent])
def test_every_message_has_a_name_of_its_own(union: object) -> None:
    names = [message.__struct_config__.tag for message in get_args(union)]
    assert len(names) == len(set(names))
