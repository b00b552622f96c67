"""What every bridge must do, first of all: a call from its arrival to its end, who hears whom, and what is
known after a break. Real bridges prove it in every run of the tests; the rest they prove in campaigns."""

import pytest

from bridges.events import (
    BridgeDown,
    BridgeUp,
    LegAnswered,
    LegArrived,
    LegDigit,
    LegEnded,
    LegJoined,
    LegMuted,
    LegPlayed,
    LegRinging,
    LegTalking,
    MediaLost,
    RoomClosed,
)
from bridges.types import Direction, EndCause, LegState
from tests.bridges.rig import Callee, Events, Rig, speaking
from tests.bridges.stage import (
    ANNA,
    BERT,
    CALLER,
    CODE,
    DIALLED,
    HELLO,
    MUSIC,
    OTHER_CALLER,
    ROOM,
    WEB,
    Stage,
    Staged,
)


class Essentials(Staged):
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

    async def test_callers_hear_each_other_and_not_themselves(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna.talk(ANNA)
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await bert.ear.hears(ANNA)
        await anna.ear.hears_no(ANNA)
        await bert.ear.hears_no(BERT)

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

    async def test_digits_come_from_inside_a_room(self, stage: Stage) -> None:
        stage.needs("dtmf")
        phone, leg = await stage.bring_in()
        await phone.press("*6")
        await stage.events.next(LegDigit, leg=leg, digit="*")
        await stage.events.next(LegDigit, leg=leg, digit="6")

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

    async def test_a_caller_hangs_up(self, stage: Stage) -> None:
        phone, leg = await stage.bring_in()
        await phone.hang_up()
        ended = await stage.events.next(LegEnded, leg=leg)
        assert ended.cause == EndCause.NORMAL

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

    async def test_a_check_with_a_wrong_secret_says_so_without_telling_it(
        self, rig: Rig, caplog: pytest.LogCaptureFixture
    ) -> None:
        health = await rig.bridge(secret="not-the-secret").check()
        assert not health.works
        assert "not-the-secret" not in health.answer + caplog.text
