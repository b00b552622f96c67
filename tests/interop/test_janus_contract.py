"""A real Janus keeps the contract of all bridges."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.bridges.janus.rig import JanusRig
from tests.bridges.janus.suite import JanusContract
from tests.interop.janus import Janus

pytestmark = pytest.mark.interop


@pytest.fixture(scope="session")
def janus() -> Iterator[Janus]:
    with Janus() as janus:
        yield janus


class TestRealJanus(JanusContract):
    @pytest.fixture
    async def rig(self, janus: Janus) -> AsyncIterator[JanusRig]:
        async with JanusRig.of(janus.port) as rig:
            yield rig
