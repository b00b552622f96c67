"""Mode `ari`: the contract of bridges, and what may go wrong with a REST interface."""

from collections.abc import AsyncIterator

import pytest

from bridges.errors import MediaFailed, NotSupported, RoomNotFound
from bridges.events import BridgeDown, BridgeUp, LegEnded, LegLeft, LegMuted, RoomClosed
from tests.bridges.asterisk.faults import Faults
from tests.bridges.asterisk.house import SimulatedAsterisk, simulated_stasis
from tests.bridges.contract import Contract
from tests.bridges.simulators.asterisk_ari import AriSimulator
from tests.bridges.stage import OTHER_ROOM, ROOM, Stage

GARBAGE = (
    "nonsense",
    "[1]",
    "{}",
    '{"type": "StasisStart"}',
    '{"type": "StasisStart", "channel": null}',
    '{"type": "ChannelDestroyed", "channel": {"id": "1"}, "cause": "many"}',
    '{"type": "BridgeDestroyed", "bridge": {}}',
    '{"type": "PlaybackFinished"}',
)


class TestStasis(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_stasis() as rig:
            yield rig


class TestFaults(Faults):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedAsterisk]:
        async with simulated_stasis() as rig:
            yield rig

    async def test_nonsense_is_passed_over(self, rig: SimulatedAsterisk, stage: Stage) -> None:
        _, leg = await stage.bring_in()
        for socket in rest(rig).sockets:
            await socket.send_bytes(b"\x00\xff")
            for text in GARBAGE:
                await socket.send_str(text)
        await stage.bridge.set_muted(leg, True)
        await stage.events.next(LegMuted, leg=leg, muted=True)
        assert not [event for event in stage.events.passed if isinstance(event, BridgeDown)]

    async def test_a_message_that_is_too_long_breaks_the_connection_and_it_comes_back(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        for socket in rest(rig).sockets:
            await socket.send_str("x" * (2 << 20))
        await stage.events.next(BridgeDown)
        up = await stage.events.next(BridgeUp)
        assert [found.leg for room in up.rooms for found in room.legs] == [leg]

    async def test_a_call_that_somebody_else_takes_over_has_ended_for_us(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        _, leg = await stage.bring_in()
        (channel,) = rig.pbx.inside(f"meetingserver-{ROOM}")
        rest(rig).redirect(channel)
        await stage.events.next(LegEnded, leg=leg)
        assert not channel.gone.is_set()

    async def test_an_empty_room_is_closed(self, rig: SimulatedAsterisk, stage: Stage) -> None:
        _, leg = await stage.bring_in()
        await stage.bridge.leave(leg)
        await stage.events.next(LegLeft, leg=leg)
        await stage.events.next(RoomClosed, room=ROOM)

    async def test_rooms_that_a_process_left_empty_are_closed_by_the_next(
        self, rig: SimulatedAsterisk, stage: Stage
    ) -> None:
        bridges = rest(rig).bridges
        bridges |= {f"meetingserver-{OTHER_ROOM}": "", "somebody-elses": ""}
        await rig.cut()
        await rig.mend()
        up = await stage.events.next(BridgeUp)
        assert up.rooms == ()
        assert list(bridges) == ["somebody-elses"]

    async def test_sound_that_no_room_takes_is_hung_up(self, rig: SimulatedAsterisk, stage: Stage) -> None:
        await stage.bring_in()
        rest(rig).refuses_media = True
        with pytest.raises(MediaFailed):
            await stage.bridge.attach_media(ROOM)
        for channel in [channel for channel in rig.pbx.channels.values() if "_media_" in channel.id]:
            await channel.gone.wait()
        rest(rig).refuses_media = False
        await stage.bridge.attach_media(ROOM)

    async def test_what_it_cannot_do_is_refused(self, stage: Stage) -> None:
        with pytest.raises(NotSupported):
            await stage.bridge.set_locked(ROOM, True)
        with pytest.raises(RoomNotFound):
            await stage.bridge.announce(ROOM, [stage.sound(440)])


def rest(rig: SimulatedAsterisk) -> AriSimulator:
    assert isinstance(rig.pbx, AriSimulator)
    return rig.pbx
