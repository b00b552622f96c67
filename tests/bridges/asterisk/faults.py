"""What goes wrong between an adapter and its Asterisk: one suite for both modes, like `contract.Contract`."""

import logging
from collections import Counter
from pathlib import Path

import pytest

from bridges.asterisk import bridge as asterisk
from bridges.asterisk.counting import CODEC, COUNTED
from bridges.errors import BridgeUnavailable, LegGone
from bridges.events import (
    AnyBridgeEvent,
    BridgeDown,
    BridgeUp,
    LegAnswered,
    LegArrived,
    LegEnded,
    LegEvent,
    LegJoined,
    LegLeft,
    LegMeasured,
    LegMuted,
    LegTalking,
    MediaLost,
)
from bridges.truth import Truth
from bridges.types import EndCause
from tests.bridges.asterisk.house import SECRET, SimulatedAsterisk
from tests.bridges.rig import Callee, Events
from tests.bridges.stage import ANNA, OTHER_CALLER, ROOM, Stage, Staged

ONCE = (LegArrived, LegAnswered, LegJoined, LegMuted, LegTalking, LegLeft, LegEnded)


def said(events: list[AnyBridgeEvent]) -> Counter[str]:
    return Counter(str(event) for event in events if isinstance(event, ONCE))


class Faults(Staged):
    async def test_what_is_said_twice_is_told_once(self, rig: SimulatedAsterisk, stage: Stage) -> None:
        rig.pbx.stutters = True
        phone, leg = await stage.bring_in()
        phone.talk(ANNA)
        await stage.events.next(LegTalking, leg=leg)
        await stage.bridge.set_muted(leg, True)
        await stage.bridge.set_muted(leg, True)
        await stage.events.next(LegMuted, leg=leg)
        await stage.bridge.leave(leg)
        await stage.events.next(LegLeft, leg=leg)
        called = await stage.dial(Callee.ANSWERS)
        await stage.events.next(LegAnswered, leg=called)
        await phone.hang_up()
        await stage.events.next(LegEnded, leg=leg)
        await stage.bridge.hang_up(called)
        await stage.events.next(LegEnded, leg=called)
        assert {text: times for text, times in said(stage.events.passed).items() if times > 1} == {}

    async def test_who_went_while_we_were_away_is_told_by_comparison(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        leaving, left = await stage.bring_in()
        await stage.bring_in(caller=OTHER_CALLER)
        await rig.cut()
        await stage.events.next(BridgeDown)
        await leaving.hang_up()
        await rig.mend()
        await stage.events.next(BridgeUp)
        truth = Truth()
        told = [news for event in stage.events.passed for news in truth.observe(event)]
        since = told[[type(event) for event in told].index(BridgeDown) :]
        lost = LegEnded(leg=left, cause=EndCause.BRIDGE_LOST)
        assert [event for event in since if isinstance(event, LegEvent)] == [lost]

    async def test_asterisk_restarts_in_the_middle_of_a_conference(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        _, waiting = await stage.arrive()
        await stage.bridge.attach_media(ROOM)
        rig.pbx.restart()
        await stage.events.next(BridgeDown)
        up = await stage.events.next(BridgeUp)
        assert (up.rooms, up.waiting) == ((), ())
        await stage.events.next(MediaLost, room=ROOM)
        for gone in (leg, waiting):
            with pytest.raises(LegGone):
                await stage.bridge.set_muted(gone, True)
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)

    async def test_media_that_ends_while_we_are_away_is_told_afterwards(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        await rig.cut()
        await stage.events.next(BridgeDown)
        await rig.end_media(ROOM)
        with pytest.raises(BridgeUnavailable):
            await stage.bridge.attach_media(ROOM)
        await rig.mend()
        await stage.events.next(BridgeUp)
        await stage.events.next(MediaLost, room=ROOM)
        await stage.bridge.attach_media(ROOM)

    async def test_media_of_a_process_that_died_is_hung_up(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        await stage.bridge.stop()
        bridge = stage.bridge = rig.bridge()
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeUp)
        assert [channel for channel in rig.pbx.channels if "_media_" in channel] == []
        await bridge.attach_media(ROOM)
        await bridge.stop()

    async def test_a_call_that_rings_while_we_are_away_rings_on(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        leg = await stage.dial(Callee.SILENT, timeout_s=60)
        await rig.called(Callee.SILENT)
        await rig.cut()
        await stage.events.next(BridgeDown)
        await rig.mend()
        up = await stage.events.next(BridgeUp)
        assert [found.leg for found in up.waiting] == [leg]
        await stage.bridge.hang_up(leg, EndCause.CANCELLED)
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.CANCELLED)

    async def test_a_wrong_password_is_told_plainly_once_and_nowhere_written(
        self, rig: SimulatedAsterisk, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        bridge = rig.bridge(secret="not-the-secret")
        events = Events(bridge)
        await bridge.start()
        down = await events.next(BridgeDown)
        assert "refuses" in down.reason
        assert "password" in down.reason
        with pytest.raises(BridgeUnavailable):
            await bridge.attach_media(ROOM)
        await bridge.stop()
        assert "not-the-secret" not in down.reason + caplog.text
        assert SECRET not in caplog.text

    async def test_a_caller_of_another_context_is_none_of_ours(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        channel = rig.pbx.make("PJSIP/other", rig.pbx.silent(), caller="+49301", dialled="100")
        rig.pbx.hang_up(channel)
        _, leg = await stage.bring_in()
        told = {event.leg for event in stage.events.passed if isinstance(event, ONCE)}
        assert told == {leg}

    async def test_how_a_call_sounds_is_asked_and_told(
        self, rig: SimulatedAsterisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asterisk, "MEASURED_EVERY_S", 0.02)
        async with Stage.started(rig, rig.bridge(), tmp_path) as stage:
            phone, leg = await stage.bring_in()
            (channel,) = rig.pbx.channels.values()
            channel.variables |= {COUNTED: "lp=10;rxjitter=0.002;rxcount=90", CODEC: "(ulaw)"}
            measured = await stage.events.next(LegMeasured, leg=leg)
            await phone.hang_up()
            ended = await stage.events.next(LegEnded, leg=leg)
        for quality in (measured.quality, ended.quality):
            assert (quality.loss_percent, quality.jitter_ms, quality.codec) == (10.0, 2.0, "ulaw")
