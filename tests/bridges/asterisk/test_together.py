"""From a telephone at an Asterisk into a conference, with the simulated one."""

from collections.abc import AsyncIterator

import pytest

from tests.bridges.asterisk.house import SimulatedAsterisk, simulated_confbridge, simulated_stasis
from tests.bridges.asterisk.together import Together


class TestConfBridge(Together):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_confbridge() as rig:
            yield rig


class TestStasis(Together):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_stasis() as rig:
            yield rig
