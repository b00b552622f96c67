"""The simulated bridge keeps the contract of `AudioBridge`, and its dials do what they say."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridges import events as e
from bridges.base import Call
from bridges.errors import AlreadyAttached, BridgeUnavailable, LegGone
from bridges.events import AnyBridgeEvent
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.types import EndCause

ROOM = "123456789"
PATIENCE_S = 20.0


class Ear:
    """Reads the one stream of events."""

    def __init__(self, bridge: Adapter) -> None:
        self._stream = bridge.events()

    async def hears(self) -> AnyBridgeEvent:
        async with asyncio.timeout(PATIENCE_S):
            return await anext(self._stream)

    async def hears_of(self, *kinds: type[AnyBridgeEvent]) -> list[AnyBridgeEvent]:
        heard = [await self.hears() for _ in kinds]
        assert [type(event) for event in heard] == list(kinds)
        return heard


@pytest.fixture
async def bridge() -> AsyncIterator[Adapter]:
    bridge = Adapter("sim", Config(answers_after_s=0))
    await bridge.start()
    yield bridge
    await bridge.stop()


@pytest.fixture
async def ear(bridge: Adapter) -> Ear:
    ear = Ear(bridge)
    await ear.hears_of(e.BridgeUp)
    return ear


async def test_a_call_arrives_hears_prompts_and_joins(bridge: Adapter, ear: Ear) -> None:
    leg = bridge.phones.calls_us("+4930111", "+4930222").leg
    await ear.hears_of(e.LegArrived)
    play = await bridge.play(leg, [Path("welcome.wav"), Path("code.wav")])
    (played,) = await ear.hears_of(e.LegPlayed)
    assert played == e.LegPlayed(leg=leg, play=play)
    assert bridge.phones.calls[leg].hears == ["welcome", "code"]
    await bridge.play(leg, [Path("music.wav")], loop=True)
    await bridge.stop_playing(leg)
    await bridge.join(leg, ROOM, muted=True)
    await bridge.set_muted(leg, False)
    await bridge.leave(leg)
    await bridge.hang_up(leg, EndCause.KICKED)
    heard = await ear.hears_of(e.LegPlayed, e.LegJoined, e.LegMuted, e.LegLeft, e.LegEnded)
    assert isinstance(heard[-1], e.LegEnded)
    assert heard[-1].cause is EndCause.KICKED


async def test_a_phone_that_is_called_rings_and_answers(bridge: Adapter, ear: Ear) -> None:
    await bridge.dial(Call(leg="o", number="+4930123"))
    await ear.hears_of(e.LegRinging, e.LegAnswered)


async def test_a_busy_phone_does_not(bridge: Adapter, ear: Ear) -> None:
    await bridge.dial(Call(leg="o", number="+4930486"))
    _, ended = await ear.hears_of(e.LegRinging, e.LegEnded)
    assert isinstance(ended, e.LegEnded)
    assert ended.cause is EndCause.BUSY


async def test_a_room_has_one_media_leg(bridge: Adapter, ear: Ear) -> None:
    await bridge.attach_media(ROOM)
    with pytest.raises(AlreadyAttached):
        await bridge.attach_media(ROOM)
    await bridge.detach_media(ROOM)
    await bridge.detach_media(ROOM)
    await bridge.attach_media(ROOM)
    bridge.loses_media(ROOM)
    await ear.hears_of(e.MediaLost)


async def test_who_is_muted_or_on_hold_is_not_in_the_sound(bridge: Adapter, ear: Ear) -> None:
    media = await bridge.attach_media(ROOM)
    leg = bridge.phones.calls_us("+4930111", "+4930222").leg
    bridge.phones.talks(leg)
    await bridge.join(leg, ROOM)
    silence = bytes(640)
    assert media.pull() != silence
    await bridge.set_muted(leg, True)
    assert media.pull() == silence
    await bridge.set_muted(leg, False)
    bridge.phones.holds(leg, True)
    assert media.pull() == silence
    bridge.phones.holds(leg, False)
    assert media.pull() != silence
    await bridge.leave(leg)
    assert media.pull() == silence


async def test_while_it_is_down_it_does_nothing_and_its_callers_talk_on(bridge: Adapter, ear: Ear) -> None:
    stays, leaves = (bridge.phones.calls_us(f"+4930{n}", "+4930222").leg for n in (1, 2))
    await bridge.join(stays, ROOM)
    bridge.goes_down("unplugged")
    assert not (await bridge.check()).works
    with pytest.raises(BridgeUnavailable):
        await bridge.hang_up(stays)
    bridge.phones.hangs_up(leaves)
    bridge.comes_back()
    assert (await bridge.check()).works
    heard = await ear.hears_of(e.LegArrived, e.LegArrived, e.LegJoined, e.BridgeDown, e.BridgeUp)
    assert isinstance(heard[-1], e.BridgeUp)
    assert [(room.room, room.legs[0].leg) for room in heard[-1].rooms] == [(ROOM, stays)]


async def test_a_bridge_that_is_down_at_the_start_says_so() -> None:
    bridge = Adapter("sim", Config())
    bridge.goes_down()
    await bridge.start()
    await Ear(bridge).hears_of(e.BridgeDown)


async def test_it_stutters_when_told_to(bridge: Adapter, ear: Ear) -> None:
    bridge.stutters = True
    bridge.phones.calls_us("+4930111", "+4930222")
    await ear.hears_of(e.LegArrived, e.LegArrived)


async def test_whoever_is_in_a_room_that_is_closed_is_hung_up_on(bridge: Adapter, ear: Ear) -> None:
    leg = bridge.phones.calls_us("+4930111", "+4930222").leg
    await bridge.join(leg, ROOM)
    await bridge.close_room(ROOM)
    await ear.hears_of(e.LegArrived, e.LegJoined, e.LegEnded, e.RoomClosed)
    with pytest.raises(LegGone):
        await bridge.set_muted(leg, True)


async def test_it_keeps_how_loud_a_phone_hears(bridge: Adapter) -> None:
    phone = bridge.phones.calls_us("+4930111", "+4930222")
    await bridge.set_volume(phone.leg, 12)
    await bridge.join(phone.leg, ROOM)
    await bridge.leave(phone.leg)
    assert phone.volume == 12
    with pytest.raises(LegGone):
        await bridge.set_volume("nobody", 6)


async def test_it_locks_announces_and_deafens(bridge: Adapter) -> None:
    leg = bridge.phones.calls_us("+4930111", "+4930222").leg
    await bridge.set_locked(ROOM, True)
    await bridge.announce(ROOM, [Path("recorded.wav")])
    await bridge.set_deaf(leg, True)
    assert bridge.locked == {ROOM}
    assert bridge.announced == [(ROOM, ("recorded",))]
    assert bridge.phones.calls[leg].deaf


async def test_what_is_announced_is_heard_by_the_phones_of_that_room(bridge: Adapter, ear: Ear) -> None:
    inside, outside = (bridge.phones.calls_us(f"+493011{number}", "+4930222") for number in (1, 2))
    await bridge.join(inside.leg, ROOM)
    await bridge.announce(ROOM, [Path("entry.wav")])
    assert (inside.hears, outside.hears) == (["entry"], [])
