"""The adapter of FreeSWITCH keeps the contract of bridges."""

from collections.abc import AsyncIterator

import pytest

from tests.bridges.contract import Contract
from tests.bridges.freeswitch.house import SimulatedFreeSwitch, simulated


class TestFreeSwitch(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedFreeSwitch]:
        async with simulated() as rig:
            yield rig
