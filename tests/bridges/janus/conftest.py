"""A simulated Janus, and what a bridge of it tells."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bridges.janus.rig import ADMIN_KEY, API_SECRET, JanusRig
from tests.bridges.simulators.janus import JanusSimulator
from tests.bridges.stage import Stage


@pytest.fixture
async def janus() -> AsyncIterator[JanusSimulator]:
    janus = JanusSimulator(api_secret=API_SECRET, admin_key=ADMIN_KEY)
    await janus.open()
    yield janus
    await janus.close()


@pytest.fixture
async def rig(janus: JanusSimulator) -> AsyncIterator[JanusRig]:
    async with JanusRig.of(janus.port) as rig:
        yield rig


@pytest.fixture
async def stage(rig: JanusRig, tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage.started(rig, rig.bridge(), tmp_path) as stage:
        yield stage
