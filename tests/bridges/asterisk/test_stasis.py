"""Mode `ari` keeps the contract of bridges."""

from collections.abc import AsyncIterator

import pytest

from tests.bridges.asterisk.house import SimulatedAsterisk, simulated_stasis
from tests.bridges.contract import Contract


class TestStasis(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_stasis() as rig:
            yield rig
