"""Janus keeps the contract of all bridges, and suffers what networks and servers do. Its simulator is in
tests/bridges/simulators/janus.py; tests/interop/test_janus_contract.py asks the real one the same."""

from collections.abc import AsyncIterator

import pytest

from tests.bridges.janus.suite import JanusContract
from tests.bridges.janus.rig import ADMIN_KEY, API_SECRET, JanusRig
from tests.bridges.simulators.janus import JanusSimulator


@pytest.fixture
async def janus() -> AsyncIterator[JanusSimulator]:
    janus = JanusSimulator(api_secret=API_SECRET, admin_key=ADMIN_KEY)
    await janus.open()
    yield janus
    await janus.close()


class TestJanus(JanusContract):
    @pytest.fixture
    async def rig(self, janus: JanusSimulator) -> AsyncIterator[JanusRig]:
        async with JanusRig.of(janus.port) as rig:
            yield rig
