"""What every adapter must do, whatever the vendor: one suite, run over each against its simulator and, where
there is one, against the real bridge.

    class TestMyVendor(Contract):
        @pytest.fixture
        async def rig(self) -> AsyncIterator[Rig]: ...

Tests ask the phones, not the adapter, what is heard. What a bridge cannot do by its `Capabilities` is tested
to be refused.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from bridges.base import AudioBridge, Call
from bridges.errors import AlreadyAttached, BridgeUnavailable, InvalidValue, LegGone, NotSupported
from bridges.events import (
    BridgeDown,
    BridgeUp,
    CdrReady,
    LegAnswered,
    LegArrived,
    LegDigit,
    LegEnded,
    LegHeld,
    LegJoined,
    LegLeft,
    LegMuted,
    LegPlayed,
    LegRinging,
    LegTalking,
    MediaLost,
    RoomClosed,
)
from bridges.types import Direction, EndCause, LegState
from tests.bridges.rig import Callee, Events, Phone, Rig, speaking
from tests.bridges.tones import sound_file

ROOM = "123456789"
OTHER_ROOM = "987654321"
CALLER = "+493012345678"
OTHER_CALLER = "+33123456789"
DIALLED = "5550100"
WEB, ANNA, BERT = 440, 700, 1000
"""Who says which tone, in Hz."""
HELLO, CODE, MUSIC = 1300, 1600, 1900
HARMFUL = ("1\r\nAction: Logoff", "1\n2", "a{b=c}", "x,y", "a&b", "../1", "1 2", "a|b", "${EXTEN}", "")


class Stage:
    """A started adapter, its events, and how callers come into its rooms."""

    def __init__(self, rig: Rig, bridge: AudioBridge, events: Events, sounds: Path) -> None:
        self.rig, self.bridge, self.events, self._sounds = rig, bridge, events, sounds

    async def arrive(self, caller: str = CALLER) -> tuple[Phone, str]:
        phone = await self.rig.call(caller=caller, dialled=DIALLED)
        arrived = await self.events.next(LegArrived)
        return phone, arrived.leg

    async def bring_in(self, room: str = ROOM, caller: str = CALLER) -> tuple[Phone, str]:
        if not self.bridge.capabilities.answer:
            phone = await self.rig.call(caller=caller, dialled=room)
            return phone, (await self.events.next(LegJoined)).leg
        phone, leg = await self.arrive(caller)
        await self.bridge.join(leg, room)
        await self.events.next(LegJoined, leg=leg)
        return phone, leg

    async def dial(self, callee: Callee, *, timeout_s: int = 20) -> str:
        leg = str(uuid4())
        await self.bridge.dial(
            Call(leg=leg, number=self.rig.numbers[callee], caller_id="5550100", timeout_s=timeout_s)
        )
        return leg

    def sound(self, hz: int, seconds: float = 0.4, rate: int = 16_000) -> Path:
        return sound_file(self._sounds / f"{hz}-{rate}-{seconds}.wav", hz, seconds, rate)

    def needs(self, capability: str) -> None:
        if not getattr(self.bridge.capabilities, capability):
            pytest.skip(f"This bridge cannot: {capability}")


class Contract:
    @pytest.fixture
    async def stage(self, rig: Rig, tmp_path: Path) -> AsyncIterator[Stage]:
        bridge = rig.bridge()
        events = Events(bridge)
        await bridge.start()
        await events.next(BridgeUp)
        stage = Stage(rig, bridge, events, tmp_path)
        yield stage
        await stage.bridge.stop()

    # A call that arrives

    async def test_a_call_arrives_is_led_and_joins_a_room(self, stage: Stage) -> None:
        stage.needs("answer")
        phone = await stage.rig.call(caller=CALLER, dialled=DIALLED)
        arrived = await stage.events.next(LegArrived)
        assert (arrived.info.caller, arrived.info.dialled) == (CALLER, DIALLED)
        assert (arrived.info.direction, arrived.info.state) == (Direction.IN, LegState.ARRIVED)

        play = await stage.bridge.play(arrived.leg, [stage.sound(HELLO), stage.sound(CODE)])
        await phone.ear.hears(HELLO)
        await phone.ear.hears(CODE)
        await stage.events.next(LegPlayed, leg=arrived.leg, play=play)

        await phone.press("1#")
        await stage.events.next(LegDigit, leg=arrived.leg, digit="1")
        await stage.events.next(LegDigit, leg=arrived.leg, digit="#")

        await stage.bridge.join(arrived.leg, ROOM)
        joined = await stage.events.next(LegJoined, leg=arrived.leg)
        assert (joined.info.room, joined.info.state, joined.info.muted) == (ROOM, LegState.JOINED, False)
        assert joined.info.caller == CALLER

    async def test_digits_come_while_something_plays_and_do_not_stop_it(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        play = await stage.bridge.play(leg, [stage.sound(HELLO), stage.sound(CODE)])
        await phone.ear.hears(HELLO)
        await phone.press("7")
        await stage.events.next(LegDigit, leg=leg, digit="7")
        await phone.ear.hears(CODE)
        await stage.events.next(LegPlayed, leg=leg, play=play)

    async def test_what_is_played_next_takes_the_place_of_what_was_playing(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        music = await stage.bridge.play(leg, [stage.sound(MUSIC)], loop=True)
        await phone.ear.hears(MUSIC)
        hello = await stage.bridge.play(leg, [stage.sound(HELLO, rate=8000)])
        await stage.events.next(LegPlayed, leg=leg, play=music)
        await phone.ear.hears(HELLO)
        await stage.events.next(LegPlayed, leg=leg, play=hello)
        await phone.ear.hears_no(MUSIC, HELLO)

    async def test_playing_stops_when_told_so(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        music = await stage.bridge.play(leg, [stage.sound(MUSIC, 30)])
        await phone.ear.hears(MUSIC)
        await stage.bridge.stop_playing(leg)
        await stage.events.next(LegPlayed, leg=leg, play=music)
        await phone.ear.hears_no(MUSIC)

    async def test_joining_ends_the_music(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        music = await stage.bridge.play(leg, [stage.sound(MUSIC, 2)], loop=True)
        await phone.ear.hears(MUSIC)
        await stage.bridge.join(leg, ROOM)
        await stage.events.next(LegPlayed, leg=leg, play=music)
        await stage.events.next(LegJoined, leg=leg)
        await phone.ear.hears_no(MUSIC)

    async def test_who_waits_may_go_in_and_out_and_into_another_room(self, stage: Stage) -> None:
        stage.needs("transfer")
        phone, leg = await stage.bring_in()
        await stage.bridge.leave(leg)
        await stage.events.next(LegLeft, leg=leg)
        await stage.bridge.play(leg, [stage.sound(MUSIC, 2)], loop=True)
        await phone.ear.hears(MUSIC)
        await stage.bridge.join(leg, OTHER_ROOM)
        joined = await stage.events.next(LegJoined, leg=leg)
        assert joined.info.room == OTHER_ROOM

    # In a room

    async def test_callers_hear_each_other_and_not_themselves(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna.talk(ANNA)
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await bert.ear.hears(ANNA)
        await anna.ear.hears_no(ANNA)
        await bert.ear.hears_no(BERT)

    async def test_who_talks_is_told(self, stage: Stage) -> None:
        stage.needs("talkers")
        anna, leg = await stage.bring_in()
        anna.talk(ANNA)
        assert (await stage.events.next(LegTalking, leg=leg)).level > 0
        anna.talk(0)
        await stage.events.next(LegTalking, leg=leg, level=0)

    async def test_whom_we_mute_is_silent_to_all_and_counts_as_not_talking(self, stage: Stage) -> None:
        stage.needs("mute")
        anna, leg = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna.talk(ANNA)
        await bert.ear.hears(ANNA)
        await stage.bridge.set_muted(leg, True)
        await stage.events.next(LegMuted, leg=leg, muted=True)
        if stage.bridge.capabilities.talkers:
            await stage.events.next(LegTalking, leg=leg, level=0)
        await bert.ear.hears_no(ANNA)
        await stage.bridge.set_muted(leg, False)
        await stage.events.next(LegMuted, leg=leg, muted=False)
        await bert.ear.hears(ANNA)

    async def test_who_joins_muted_is_not_heard(self, stage: Stage) -> None:
        stage.needs("answer")
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna, leg = await stage.arrive()
        anna.talk(ANNA)
        await stage.bridge.join(leg, ROOM, muted=True)
        joined = await stage.events.next(LegJoined, leg=leg)
        assert joined.info.muted
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await bert.ear.hears_no(ANNA)
        await stage.bridge.set_muted(leg, False)
        await bert.ear.hears(ANNA)

    async def test_who_is_deaf_hears_nothing(self, stage: Stage) -> None:
        stage.needs("deafen")
        anna, leg = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await stage.bridge.set_deaf(leg, True)
        await anna.ear.hears_no(BERT)
        await stage.bridge.set_deaf(leg, False)
        await anna.ear.hears(BERT)

    async def test_digits_come_from_inside_a_room(self, stage: Stage) -> None:
        stage.needs("dtmf")
        phone, leg = await stage.bring_in()
        await phone.press("*6")
        await stage.events.next(LegDigit, leg=leg, digit="*")
        await stage.events.next(LegDigit, leg=leg, digit="6")

    async def test_who_came_by_the_vendors_menu_is_told_and_may_mute_himself_there(
        self, stage: Stage
    ) -> None:
        if not stage.rig.has_menu:
            pytest.skip("This bridge has no menu of its own")
        phone = await stage.rig.call_by_menu(ROOM)
        joined = await stage.events.next(LegJoined)
        assert joined.info.room == ROOM
        await phone.press("*6")
        await stage.events.next(LegMuted, leg=joined.leg, muted=True)

    async def test_a_phone_puts_us_on_hold_and_takes_us_back(self, stage: Stage) -> None:
        stage.needs("hold")
        phone, leg = await stage.bring_in()
        await phone.hold(held=True)
        await stage.events.next(LegHeld, leg=leg, held=True)
        await phone.hold(held=False)
        await stage.events.next(LegHeld, leg=leg, held=False)

    async def test_an_announcement_is_heard_by_all_of_a_room(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.announce(ROOM, [stage.sound(HELLO, 3)])
        await anna.ear.hears(HELLO)
        await bert.ear.hears(HELLO)
        await anna.ear.hears_no(HELLO)

    async def test_a_locked_room_still_takes_whom_we_bring(self, stage: Stage) -> None:
        """Who may enter is decided at our own door; a vendor's lock is for those who come without us."""
        stage.needs("lock")
        await stage.bring_in()
        await stage.bridge.set_locked(ROOM, True)
        await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.set_locked(ROOM, False)

    # The end of a call

    async def test_a_caller_hangs_up(self, stage: Stage) -> None:
        phone, leg = await stage.bring_in()
        await phone.hang_up()
        ended = await stage.events.next(LegEnded, leg=leg)
        assert ended.cause == EndCause.NORMAL

    async def test_a_caller_hangs_up_while_something_plays(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        await stage.bridge.play(leg, [stage.sound(MUSIC, 30)])
        await phone.ear.hears(MUSIC)
        await phone.hang_up()
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.NORMAL)
        with pytest.raises(LegGone):
            await stage.bridge.join(leg, ROOM)

    async def test_whom_we_kick_is_gone(self, stage: Stage) -> None:
        phone, leg = await stage.bring_in()
        await stage.bridge.hang_up(leg, EndCause.KICKED)
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.KICKED)
        await phone.over()
        await stage.bridge.hang_up(leg)

    async def test_whoever_is_in_a_room_that_we_close_is_hung_up_on(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.attach_media(ROOM)
        await stage.bridge.close_room(ROOM)
        await anna.over()
        await bert.over()
        await stage.events.next(RoomClosed, room=ROOM)
        assert not [event for event in stage.events.passed if isinstance(event, MediaLost)]

    async def test_the_bridge_reports_a_record_of_a_call(self, stage: Stage) -> None:
        stage.needs("records")
        phone, leg = await stage.bring_in()
        await phone.hang_up()
        record = await stage.events.next(CdrReady, leg=leg)
        assert 0 < record.started_at <= record.answered_at <= record.ended_at
        assert record.cause == EndCause.NORMAL
        assert stage.rig.secret not in str(record.raw)

    # Calls that we place

    async def test_a_called_phone_rings_answers_and_is_led_like_one_that_arrived(self, stage: Stage) -> None:
        stage.needs("dial_out")
        leg = await stage.dial(Callee.ANSWERS)
        phone = await stage.rig.called(Callee.ANSWERS)
        await stage.events.next(LegRinging, leg=leg)
        await stage.events.next(LegAnswered, leg=leg)
        play = await stage.bridge.play(leg, [stage.sound(HELLO)])
        await phone.ear.hears(HELLO)
        await stage.events.next(LegPlayed, leg=leg, play=play)
        await stage.bridge.join(leg, ROOM)
        joined = await stage.events.next(LegJoined, leg=leg)
        assert joined.info.direction == Direction.OUT
        await phone.hang_up()
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.NORMAL)

    @pytest.mark.parametrize(
        ("callee", "cause"),
        [
            (Callee.BUSY, EndCause.BUSY),
            (Callee.REFUSES, EndCause.REJECTED),
            (Callee.SILENT, EndCause.NO_ANSWER),
        ],
    )
    async def test_a_call_comes_to_nothing(self, stage: Stage, callee: Callee, cause: EndCause) -> None:
        stage.needs("dial_out")
        leg = await stage.dial(callee, timeout_s=1)
        ended = await stage.events.next(LegEnded, leg=leg)
        assert ended.cause == cause

    async def test_a_call_that_rings_is_cancelled(self, stage: Stage) -> None:
        stage.needs("dial_out")
        leg = await stage.dial(Callee.SILENT)
        phone = await stage.rig.called(Callee.SILENT)
        await stage.events.next(LegRinging, leg=leg)
        await stage.bridge.hang_up(leg, EndCause.CANCELLED)
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.CANCELLED)
        await phone.over()

    # Our media leg

    async def test_our_media_leg_hears_the_phones_and_is_heard_and_does_not_hear_itself(
        self, stage: Stage
    ) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna.talk(ANNA)
        bert.talk(BERT)
        media = await stage.bridge.attach_media(ROOM)
        async with speaking(media, WEB) as ear:
            await ear.hears(ANNA, BERT)
            await ear.hears_no(WEB)
            await anna.ear.hears(BERT, WEB)
            await bert.ear.hears(ANNA, WEB)
            await anna.ear.hears_no(ANNA)
        await stage.bridge.detach_media(ROOM)
        await anna.ear.hears_no(WEB)
        legs = [event for event in stage.events.passed if isinstance(event, LegJoined)]
        assert len({event.leg for event in legs}) == 2, "the media leg is no caller"

    async def test_a_second_media_leg_in_one_room_is_refused(self, stage: Stage) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        with pytest.raises(AlreadyAttached):
            await stage.bridge.attach_media(ROOM)
        await stage.bridge.detach_media(ROOM)
        await stage.bridge.attach_media(ROOM)
        await stage.bridge.detach_media(ROOM)
        await stage.bridge.detach_media(ROOM)

    async def test_a_media_leg_that_the_bridge_throws_out_is_told_and_may_be_attached_again(
        self, stage: Stage
    ) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        await stage.rig.end_media(ROOM)
        await stage.events.next(MediaLost, room=ROOM)
        await stage.bridge.attach_media(ROOM)

    # The connection

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

    async def test_after_a_break_those_who_stayed_are_found_and_those_who_left_are_not(
        self, stage: Stage
    ) -> None:
        _, stayed = await stage.bring_in()
        leaving, left = await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.attach_media(ROOM)
        if stage.bridge.capabilities.mute:
            await stage.bridge.set_muted(stayed, True)
        await stage.rig.cut()
        await stage.events.next(BridgeDown)
        await leaving.hang_up()
        await stage.rig.mend()
        up = await stage.events.next(BridgeUp)
        assert [room.room for room in up.rooms] == [ROOM]
        assert [leg.leg for leg in up.rooms[0].legs] == [stayed]
        assert up.rooms[0].legs[0].muted or not stage.bridge.capabilities.mute
        assert left not in [leg.leg for leg in up.waiting]

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

    async def test_a_new_process_finds_the_calls_of_the_old_one_by_the_same_names(self, stage: Stage) -> None:
        phone, leg = await stage.bring_in()
        await stage.bridge.stop()
        stage.bridge = stage.rig.bridge()
        stage.events = Events(stage.bridge)
        await stage.bridge.start()
        up = await stage.events.next(BridgeUp)
        assert [found.leg for room in up.rooms for found in room.legs] == [leg]
        await stage.bridge.hang_up(leg, EndCause.KICKED)
        await stage.events.next(LegEnded, leg=leg)
        await phone.over()

    async def test_a_check_says_what_was_found(self, stage: Stage) -> None:
        health = await stage.bridge.check()
        assert health.works, health.answer
        assert health.answer

    async def test_a_check_with_a_wrong_secret_says_so_without_telling_it(
        self, rig: Rig, caplog: pytest.LogCaptureFixture
    ) -> None:
        health = await rig.bridge(secret="not-the-secret").check()
        assert not health.works
        assert "not-the-secret" not in health.answer + caplog.text

    async def test_the_secret_is_in_no_log(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        again = stage.rig.bridge()
        await again.check()
        assert stage.rig.secret not in caplog.text

    # What is refused

    @pytest.mark.parametrize("value", HARMFUL, ids=range(len(HARMFUL)))
    async def test_values_that_the_protocol_cannot_carry_are_refused(self, stage: Stage, value: str) -> None:
        _, leg = await stage.bring_in()
        if stage.bridge.capabilities.transfer:
            with pytest.raises(InvalidValue):
                await stage.bridge.join(leg, value)
        with pytest.raises(InvalidValue):
            await stage.bridge.attach_media(value)
        with pytest.raises(InvalidValue):
            await stage.bridge.close_room(value)
        if stage.bridge.capabilities.dial_out:
            with pytest.raises(InvalidValue):
                await stage.bridge.dial(Call(leg=str(uuid4()), number=value))

    async def test_a_caller_id_that_breaks_the_line_is_refused(self, stage: Stage) -> None:
        stage.needs("dial_out")
        with pytest.raises(InvalidValue):
            await stage.bridge.dial(Call(leg=str(uuid4()), number="5550100", caller_id="1\r\nAction: Logoff"))

    async def test_who_is_not_there_cannot_be_led(self, stage: Stage) -> None:
        nobody = str(uuid4())
        await stage.bridge.hang_up(nobody)
        with pytest.raises(LegGone):
            await stage.bridge.set_muted(nobody, True)

    async def test_what_it_cannot_do_is_refused_by_name(self, stage: Stage) -> None:
        able, nobody = stage.bridge.capabilities, str(uuid4())
        attempts: dict[str, Callable[[], Awaitable[None]]] = {
            "deafen": lambda: stage.bridge.set_deaf(nobody, True),
            "lock": lambda: stage.bridge.set_locked(ROOM, True),
            "dial_out": lambda: stage.bridge.dial(Call(leg=nobody, number="5550100")),
            "mute": lambda: stage.bridge.set_muted(nobody, True),
        }
        for capability, attempt in attempts.items():
            if not getattr(able, capability):
                with pytest.raises(NotSupported) as refused:
                    await attempt()
                assert refused.value.capability == capability
