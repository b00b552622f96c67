"""Failed assertions of the contract suite are explained like those of any test; and the rooms callers call."""

import pytest

from tests.conferences import conftest as conferences

pytest.register_assert_rewrite("tests.bridges.contract")

aroom = conferences.aroom
room = conferences.room
