"""The adapter of FreeSWITCH keeps the contract of bridges, and what is FreeSWITCH's own besides."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bridges.base import Call
from bridges.errors import BridgeTimeout, BridgeUnavailable, LegGone, MediaFailed, RoomNotFound
from bridges.events import (
    AnyBridgeEvent,
    BridgeDown,
    BridgeUp,
    LegAnswered,
    LegArrived,
    LegDigit,
    LegEnded,
    LegJoined,
    LegLeft,
    LegMuted,
    LegPlayed,
    LegTalking,
    MediaLost,
)
from bridges.freeswitch.adapter import Adapter
from bridges.truth import Truth
from bridges.types import EndCause
from tests.bridges.contract import Contract
from tests.bridges.freeswitch.house import QUICK, SECRET, SimulatedFreeSwitch, simulated
from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee, Events
from tests.bridges.simulators.freeswitch_switch import SimulatedPhone
from tests.bridges.stage import ANNA, DIALLED, HELLO, MUSIC, OTHER_ROOM, ROOM
from tests.bridges.tones import sound_file


class TestFreeSwitch(Contract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedFreeSwitch]:
        async with simulated() as rig:
            yield rig


class TestStutteringFreeSwitch(Contract):
    """Every event comes twice, and all that is said in small pieces: nobody notices."""

    @pytest.fixture
    async def rig(self) -> AsyncIterator[SimulatedFreeSwitch]:
        async with simulated() as rig:
            rig.switch.stutters = rig.switch.chops = True
            yield rig


class House:
    """A started adapter whose server may suffer."""

    def __init__(self, rig: SimulatedFreeSwitch, bridge: Adapter) -> None:
        self.rig, self.bridge, self.switch = rig, bridge, rig.switch
        self.events = Events(bridge)

    async def arrive(self) -> tuple[SimulatedPhone, str]:
        phone = await self.rig.call(caller="+4930777", dialled=DIALLED)
        assert isinstance(phone, SimulatedPhone)
        return phone, (await self.events.next(LegArrived)).leg

    async def bring_in(self) -> tuple[SimulatedPhone, str]:
        phone, leg = await self.arrive()
        await self.bridge.join(leg, ROOM)
        await self.events.next(LegJoined, leg=leg)
        return phone, leg

    def about(self, leg: str) -> list[AnyBridgeEvent]:
        return [event for event in self.events.passed if getattr(event, "leg", "") == leg]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with simulated() as rig:
        house = House(rig, rig.bridge())
        await house.bridge.start()
        await house.events.next(BridgeUp)
        yield house
        await house.bridge.stop()


async def test_how_loud_a_call_hears_is_told_of_each_member_that_it_becomes(house: House) -> None:
    phone, leg = await house.arrive()
    await house.bridge.set_volume(leg, 12)
    assert phone.channel.factor == 1, "FreeSWITCH has it in rooms only"
    for room in (ROOM, OTHER_ROOM):
        await house.bridge.join(leg, room)
        assert phone.channel.factor == 4.3
    await house.bridge.set_volume(leg, 0)
    await house.bridge.join(leg, ROOM)
    told = [command for command in house.switch.asked if "volume_out" in command]
    assert [command.split()[-1] for command in told] == ["4", "4", "0"]


# What the server suffers


@pytest.mark.parametrize(
    "garbage",
    [b"\x00\xff no header\n\n", b"Content-Length: -1\n\n", b"Content-Type: api/response\n\n"],
    ids=range(3),
)
async def test_after_garbage_the_connection_comes_about_anew_and_callers_are_found(
    house: House, garbage: bytes
) -> None:
    phone, leg = await house.bring_in()
    house.switch.says(garbage)
    await house.events.next(BridgeDown)
    up = await house.events.next(BridgeUp)
    assert [found.leg for room in up.rooms for found in room.legs] == [leg]
    await house.bridge.set_muted(leg, True)
    assert phone.channel.muted


async def test_a_server_that_stops_in_the_middle_of_a_line_is_found_out() -> None:
    async with simulated() as rig:
        house = House(rig, rig.bridge(timing=QUICK._replace(answers_within=0.3, ping_every=0.05)))
        await house.bridge.start()
        await house.events.next(BridgeUp)
        rig.switch.says(b"Content-Type: text/ev")
        await house.events.next(BridgeDown)
        await house.events.next(BridgeUp)
        await house.bridge.stop()


async def test_a_server_that_hangs_is_not_waited_for_and_left() -> None:
    async with simulated() as rig:
        house = House(rig, rig.bridge(timing=QUICK._replace(answers_within=0.3, ping_every=1.0)))
        await house.bridge.start()
        await house.events.next(BridgeUp)
        _, leg = await house.arrive()
        rig.switch.is_deaf = True
        with pytest.raises(BridgeTimeout):
            await house.bridge.join(leg, ROOM)
        await house.events.next(BridgeDown)
        rig.switch.is_deaf = False
        up = await house.events.next(BridgeUp)
        assert [waiting.leg for waiting in up.waiting] == [leg]
        await house.bridge.stop()


async def test_a_server_that_restarts_has_lost_all_calls_and_takes_new_ones(house: House) -> None:
    truth = Truth()
    _, leg = await house.bring_in()
    await house.bridge.attach_media(ROOM)
    await house.rig.cut()
    down = await house.events.next(BridgeDown)
    for event in [*house.events.passed, down]:
        truth.observe(event)
    for channel in list(house.switch.channels.values()):
        house.switch.hang_up(channel)
    await house.rig.mend()
    up = await house.events.next(BridgeUp)
    assert (up.rooms, up.waiting) == ((), ())
    assert LegEnded(leg=leg, cause=EndCause.BRIDGE_LOST) in truth.observe(up)
    await house.events.next(MediaLost, room=ROOM)
    with pytest.raises(LegGone):
        await house.bridge.set_muted(leg, True)
    await house.bring_in()
    await house.bridge.attach_media(ROOM)


async def test_joins_and_leaves_that_nobody_told_are_told_after_the_break(house: House) -> None:
    truth = Truth()
    stays, stayed = await house.bring_in()
    _, left_room = await house.bring_in()
    for event in house.events.passed:
        truth.observe(event)
    await house.rig.cut()
    truth.observe(await house.events.next(BridgeDown))
    house.switch.channels[left_room].out.set()
    house.switch.mute(stays.channel, True)
    came = await house.rig.call_by_menu(ROOM)
    assert isinstance(came, SimulatedPhone)
    await house.rig.mend()
    told = truth.observe(await house.events.next(BridgeUp))
    assert LegMuted(leg=stayed, muted=True) in told
    assert LegLeft(leg=left_room) in told
    assert [event.leg for event in told if isinstance(event, LegJoined)] == [came.channel.uuid]


async def test_sound_of_another_life_of_ours_is_ended(house: House) -> None:
    await house.bring_in()
    await house.bridge.attach_media(ROOM)
    (old,) = [channel for channel in house.switch.channels.values() if "_media_" in channel.uuid]
    await house.bridge.stop()
    house.bridge = house.rig.bridge()
    house.events = Events(house.bridge)
    await house.bridge.start()
    await house.events.next(BridgeUp)
    assert old.gone.is_set()
    await house.bridge.attach_media(ROOM)


async def test_without_a_connection_nothing_is_done(house: House) -> None:
    _, leg = await house.arrive()
    await house.rig.cut()
    await house.events.next(BridgeDown)
    for attempt in (
        house.bridge.set_muted(leg, True),
        house.bridge.hang_up(leg),
        house.bridge.join(leg, ROOM),
        house.bridge.dial(Call(leg=str(uuid4()), number="1")),
        house.bridge.attach_media(ROOM),
    ):
        with pytest.raises(BridgeUnavailable):
            await attempt


async def test_a_wrong_password_is_told_in_plain_words_without_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with simulated() as rig:
        bridge = rig.bridge(secret="not-the-secret")
        events = Events(bridge)
        await bridge.start()
        down = await events.next(BridgeDown)
        await bridge.stop()
    assert "refuses the password" in down.reason
    for secret in ("not-the-secret", SECRET):
        assert secret not in down.reason + caplog.text


async def test_a_check_says_which_module_is_missing(house: House) -> None:
    house.switch.modules.discard("mod_httapi")
    health = await house.bridge.check()
    assert (health.works, health.answer) == (False, "This FreeSWITCH has not loaded mod_httapi")


# What FreeSWITCH does not tell


async def test_whom_we_mute_is_muted_by_the_answer_alone(house: House) -> None:
    phone, leg = await house.bring_in()
    phone.talk(ANNA)
    await house.events.next(LegTalking, leg=leg)
    house.switch.forgets = {"mute-member"}
    await house.bridge.set_muted(leg, True)
    await house.events.next(LegMuted, leg=leg, muted=True)
    await house.events.next(LegTalking, leg=leg, level=0)


async def test_a_sound_whose_end_nobody_tells_ended_when_we_stopped_it(house: House, tmp_path: Path) -> None:
    phone, leg = await house.arrive()
    play = await house.bridge.play(leg, [sound_file(tmp_path / "music.wav", MUSIC, 30)])
    await phone.ear.hears(MUSIC)
    house.switch.forgets = {"CHANNEL_EXECUTE_COMPLETE"}
    await house.bridge.stop_playing(leg)
    await house.events.next(LegPlayed, leg=leg, play=play)


async def test_a_sound_that_ended_during_a_break_is_told_and_the_next_stands_alone(
    house: House, tmp_path: Path
) -> None:
    phone, leg = await house.arrive()
    play = await house.bridge.play(leg, [sound_file(tmp_path / "music.wav", MUSIC, 30)])
    await phone.ear.hears(MUSIC)
    await house.rig.cut()
    await house.events.next(BridgeDown)
    await house.rig.mend()
    await house.events.next(LegPlayed, leg=leg, play=play)
    await house.bridge.play(leg, [sound_file(tmp_path / "hello.wav", HELLO, 2)])
    await phone.ear.hears(HELLO)
    await phone.ear.hears_no(MUSIC)


async def test_a_sound_that_freeswitch_cannot_fetch_is_not_tried_for_ever(
    house: House, tmp_path: Path
) -> None:
    _, leg = await house.arrive()
    file = sound_file(tmp_path / "music.wav", MUSIC, 1)
    house.switch.fetches = False
    play = await house.bridge.play(leg, [file], loop=True)
    await house.events.next(LegPlayed, leg=leg, play=play)


# What is FreeSWITCH's own


async def test_who_is_kicked_out_of_a_room_by_others_is_led_again(house: House) -> None:
    phone, leg = await house.bring_in()
    phone.channel.out.set()
    await house.events.next(LegLeft, leg=leg)
    await house.bridge.join(leg, OTHER_ROOM)
    await house.events.next(LegJoined, leg=leg)


async def test_who_came_by_a_menu_may_be_led_from_then_on(house: House) -> None:
    phone = await house.rig.call_by_menu(ROOM)
    leg = (await house.events.next(LegJoined)).leg
    await house.bridge.leave(leg)
    await house.events.next(LegLeft, leg=leg)
    await house.bridge.join(leg, OTHER_ROOM)
    await house.bridge.hang_up(leg, EndCause.KICKED)
    await house.events.next(LegEnded, leg=leg, cause=EndCause.KICKED)
    await phone.over()


async def test_something_is_said_to_one_in_a_room_and_stopped(house: House, tmp_path: Path) -> None:
    phone, leg = await house.bring_in()
    other, _ = await house.bring_in()
    hello = await house.bridge.play(leg, [sound_file(tmp_path / "hello.wav", HELLO, 0.4)])
    await phone.ear.hears(HELLO)
    await house.events.next(LegPlayed, leg=leg, play=hello)
    music = await house.bridge.play(leg, [sound_file(tmp_path / "music.wav", MUSIC, 0.2)], loop=True)
    await phone.ear.hears(MUSIC)
    await other.ear.hears_no(MUSIC)
    await house.bridge.stop_playing(leg)
    await house.events.next(LegPlayed, leg=leg, play=music)
    await phone.ear.hears_no(MUSIC)


async def test_a_room_that_is_not_there_is_told_and_closing_it_is_harmless(
    house: House, tmp_path: Path
) -> None:
    with pytest.raises(RoomNotFound):
        await house.bridge.set_locked(ROOM, True)
    with pytest.raises(RoomNotFound):
        await house.bridge.announce(ROOM, [sound_file(tmp_path / "hello.wav", HELLO, 0.4)])
    await house.bridge.close_room(ROOM)


async def test_a_call_that_is_cancelled_before_it_rings_ends(house: House) -> None:
    leg = str(uuid4())
    await house.bridge.dial(Call(leg=leg, number=house.rig.numbers[Callee.SILENT]))
    await house.bridge.hang_up(leg, EndCause.CANCELLED)
    await house.events.next(LegEnded, leg=leg, cause=EndCause.CANCELLED)
    assert leg not in house.switch.channels


async def test_our_sound_that_cannot_come_about_is_told_and_tried_again(house: House) -> None:
    await house.bring_in()
    house.switch.refuses_sip = True
    with pytest.raises(MediaFailed):
        await house.bridge.attach_media(ROOM)
    house.switch.refuses_sip = False
    await house.bridge.attach_media(ROOM)


async def test_digits_pressed_fast_come_all_and_once(house: House) -> None:
    phone, leg = await house.arrive()
    house.switch.stutters = True
    await phone.press("1123#")
    assert [(await house.events.next(LegDigit, leg=leg)).digit for _ in range(5)] == list("1123#")


async def test_a_placed_call_is_answered_once_it_is_ours(house: House) -> None:
    leg = str(uuid4())
    await house.bridge.dial(Call(leg=leg, number=house.rig.numbers[Callee.ANSWERS]))
    assert (await house.events.next(LegAnswered, leg=leg)).leg == leg
    async with within_patience("it can be moved at once"):
        await house.bridge.join(leg, ROOM)
