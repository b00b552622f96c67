"""Mode `ami`: the contract of bridges, and what may go wrong with a manager interface."""

from collections.abc import AsyncIterator

import pytest

from bridges.events import BridgeDown, BridgeUp, LegJoined, LegLeft, LegMuted
from bridges.truth import Truth
from tests.bridges.asterisk.faults import Faults
from tests.bridges.asterisk.house import SimulatedAsterisk, simulated_confbridge
from tests.bridges.contract import Contract
from tests.bridges.simulators.asterisk_ami import AmiSimulator
from tests.bridges.stage import ROOM, Stage

GARBAGE = (
    b"\x00\xff\xfe nonsense without a colon\r\n\r\n",
    b"\r\n\r\n",
    b"Event: CEL\r\nEventName: CHAN_START\r\nTimestamp: yesterday\r\n\r\n",
    b"Event: Hangup\r\nCause: many\r\nTechCause: SIP none\r\n\r\n",
    b"Event: ConfbridgeJoin\r\n\r\n",
    b"Event: DTMFEnd\r\nDirection: Received\r\nDigit: X\r\n\r\n",
    b"Response: Success\r\nActionID: nobody asked\r\n\r\n",
)


class TestConfBridge(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_confbridge() as rig:
            yield rig


class TestFaults(Faults):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_confbridge() as rig:
            yield rig

    async def test_nonsense_is_passed_over(self, rig: SimulatedAsterisk, stage: Stage) -> None:
        _, leg = await stage.bring_in()
        for session in manager(rig).sessions:
            for piece in GARBAGE:
                session.say_raw(piece)
        await stage.bridge.set_muted(leg, True)
        await stage.events.next(LegMuted, leg=leg, muted=True)
        assert not [event for event in stage.events.passed if isinstance(event, BridgeDown)]

    async def test_a_message_without_end_breaks_the_connection_and_it_comes_back(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        for session in manager(rig).sessions:
            session.say_raw(b"Event: " + bytes(2 << 20))
        await stage.events.next(BridgeDown)
        up = await stage.events.next(BridgeUp)
        assert [found.leg for room in up.rooms for found in room.legs] == [leg]

    async def test_whom_an_admin_throws_out_of_a_room_is_led_again(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        (channel,) = rig.pbx.inside(ROOM)
        rig.pbx.leave(channel)
        await stage.events.next(LegLeft, leg=leg)
        await stage.bridge.join(leg, ROOM)
        await stage.events.next(LegJoined, leg=leg)

    async def test_who_came_by_the_menu_while_we_were_away_is_told_by_comparison(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        await rig.cut()
        await stage.events.next(BridgeDown)
        await rig.call_by_menu(ROOM)
        await rig.mend()
        await stage.events.next(BridgeUp)
        truth = Truth()
        told = [news for event in stage.events.passed for news in truth.observe(event)]
        (joined,) = [event for event in told if isinstance(event, LegJoined)]
        assert (joined.info.room, joined.info.caller) == (ROOM, "+4930777")

    async def test_a_locked_room_keeps_out_who_comes_by_the_menu(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        await stage.bring_in()
        await stage.bridge.set_locked(ROOM, True)
        phone = await rig.call_by_menu(ROOM)
        await phone.over()

    async def test_a_check_says_what_the_manager_user_may_not(self, rig: SimulatedAsterisk) -> None:
        manager(rig).deny("Originate")
        health = await rig.bridge().check()
        assert (health.works, health.answer) == (False, "The manager user may not: Originate")

    async def test_calls_that_others_bring_by_fastagi_are_refused(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        """Of a MeetingServer that has been here before."""
        channel = rig.pbx.make("Local/lead", rig.pbx.silent(), id="pbx_hear_0")
        rig.pbx.goes_up(channel)
        await channel.gone.wait()


def manager(rig: SimulatedAsterisk) -> AmiSimulator:
    assert isinstance(rig.pbx, AmiSimulator)
    return rig.pbx
