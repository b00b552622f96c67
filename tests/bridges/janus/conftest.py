"""A simulated Janus, and what a bridge of it tells."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges.events import BridgeUp
from tests.bridges.contract import Stage
from tests.bridges.janus.rig import ADMIN_KEY, API_SECRET, JanusRig
from tests.bridges.rig import Events
from tests.bridges.simulators.janus import JanusSimulator


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
    bridge = rig.bridge()
    events = Events(bridge)
    await bridge.start()
    await events.next(BridgeUp)
    yield Stage(rig, bridge, events, tmp_path)
    await bridge.stop()
