"""A real Janus keeps the contract of all bridges."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bridges.events import BridgeUp
from bridges.janus.adapter import Adapter
from tests.bridges.janus.rig import JanusRig
from tests.bridges.janus.suite import JanusContract
from tests.bridges.rig import Events, speaking
from tests.bridges.stage import ROOM, Stage
from tests.interop.janus import Janus

pytestmark = pytest.mark.interop

HIGH, HIGHER = 5000, 6000
"""Tones that G.711 cannot carry."""


@pytest.fixture(scope="session")
def janus() -> Iterator[Janus]:
    with Janus() as janus:
        yield janus


class TestRealJanus(JanusContract):
    @pytest.fixture
    async def rig(self, janus: Janus) -> AsyncIterator[JanusRig]:
        async with JanusRig.of(janus.port) as rig:
            yield rig

    async def test_its_rooms_carry_what_telephones_cannot(self, rig: JanusRig, stage: Stage) -> None:
        other = Adapter("other", rig.config())
        events = Events(other)
        await other.start()
        await events.next(BridgeUp)
        ours, theirs = await stage.bridge.attach_media(ROOM), await other.attach_media(ROOM)
        async with speaking(ours, HIGH) as here, speaking(theirs, HIGHER) as there:
            await here.hears(HIGHER)
            await there.hears(HIGH)
            await here.hears_no(HIGH)
        await other.stop()
