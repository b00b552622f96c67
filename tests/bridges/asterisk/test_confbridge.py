"""Mode `ami` keeps the contract of bridges."""

from collections.abc import AsyncIterator

import pytest

from tests.bridges.asterisk.house import SimulatedAsterisk, simulated_confbridge
from tests.bridges.contract import Contract


class TestConfBridge(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_confbridge() as rig:
            yield rig
