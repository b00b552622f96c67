from collections.abc import AsyncIterator

import pytest

from bridges.errors import BridgeUnavailable, NotSupported
from bridges.events import BridgeUp, LegArrived, LegJoined
from bridges.sip.adapter import Adapter
from bridges.sip.settings import Config
from tests.bridges.rig import Events


@pytest.fixture
async def bridge() -> AsyncIterator[Adapter]:
    bridge = Adapter("sip", Config(), synthetic_callers=2)
    await bridge.start()
    yield bridge
    await bridge.stop()


async def test_it_starts_its_process_which_takes_calls(bridge: Adapter) -> None:
    events = Events(bridge)
    await events.next(BridgeUp)
    leg = (await events.next(LegArrived)).leg
    await bridge.join(leg, "1")
    await events.next(LegJoined, leg=leg)
    assert (await bridge.check()).works
    assert bridge.process_id > 0


async def test_before_it_is_connected_nothing_can_be_asked() -> None:
    bridge = Adapter("sip", Config())
    assert not bridge.capabilities.dial_out
    with pytest.raises(BridgeUnavailable):
        await bridge.close_room("1")
    with pytest.raises(NotSupported):
        await bridge.set_locked("1", True)
