"""Failed assertions of the contract suite are explained like those of any test; and rooms to call."""

import pytest

from tests.conferences import conftest as conferences

pytest.register_assert_rewrite("tests.bridges.contract")

meeting = conferences.meeting
lobby = conferences.lobby
aroom = conferences.aroom
room = conferences.room
