"""A real Janus is killed in a conference, comes back, and tells who talks."""

from collections.abc import Iterator

import pytest

from bridges.events import BridgeDown
from tests.bridges.janus.conftest import rig, stage
from tests.bridges.janus.rig import JanusRig
from tests.bridges.janus.suite import is_found_again
from tests.bridges.stage import ROOM, Stage
from tests.interop.janus import Janus

__all__ = ["rig", "stage"]

pytestmark = pytest.mark.interop


@pytest.fixture
def janus() -> Iterator[Janus]:
    with Janus() as janus:
        yield janus


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
