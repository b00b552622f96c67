"""Our connection to a bridge: it is not there, breaks, is tried, and its secret stays one."""

import logging

import pytest

from bridges.errors import BridgeUnavailable
from bridges.events import (
    BridgeDown,
    BridgeUp,
    LegArrived,
)
from tests.bridges.rig import Events, Rig
from tests.bridges.stage import HELLO, ROOM, Stage, Staged


class Connection(Staged):
    async def test_a_bridge_that_is_not_there_is_told_and_found_when_it_comes(self, rig: Rig) -> None:
        await rig.cut()
        bridge = rig.bridge()
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeDown)
        with pytest.raises(BridgeUnavailable):
            await bridge.close_room(ROOM)
        await rig.mend()
        await events.next(BridgeUp)
        await bridge.stop()

    async def test_after_a_break_whoever_waits_waits_on_and_is_led_on(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        await stage.rig.cut()
        await stage.events.next(BridgeDown)
        await stage.rig.mend()
        up = await stage.events.next(BridgeUp)
        if leg not in [waiting.leg for waiting in up.waiting]:
            await stage.events.next(LegArrived, leg=leg)
        await stage.bridge.play(leg, [stage.sound(HELLO, 2)])
        await phone.ear.hears(HELLO)

    async def test_a_check_says_what_was_found(self, stage: Stage) -> None:
        health = await stage.bridge.check()
        assert health.works, health.answer
        assert health.answer

    async def test_the_secret_is_in_no_log(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        again = stage.rig.bridge()
        await again.check()
        assert stage.rig.secret not in caplog.text
