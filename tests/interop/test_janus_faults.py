"""A real Janus is killed in a conference, comes back, and tells who talks."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bridges.events import BridgeDown
from tests.bridges.janus.rig import JanusRig
from tests.bridges.janus.suite import is_found_again
from tests.bridges.stage import ROOM, Stage
from tests.interop.janus import Janus

pytestmark = pytest.mark.interop


@pytest.fixture
def janus() -> Iterator[Janus]:
    with Janus() as janus:
        yield janus


@pytest.fixture
async def rig(janus: Janus) -> AsyncIterator[JanusRig]:
    async with JanusRig.of(janus.port) as rig:
        yield rig


@pytest.fixture
async def stage(rig: JanusRig, tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage.started(rig, rig.bridge(), tmp_path) as stage:
        yield stage


async def test_a_janus_that_is_killed_in_a_conference_is_found_again(
    janus: Janus, rig: JanusRig, stage: Stage
) -> None:
    await stage.bring_in()
    await stage.bridge.attach_media(ROOM)
    janus.end(suddenly=True)
    await stage.events.next(BridgeDown)
    janus.start()
    await rig.gateway.open()
    await is_found_again(stage)
