"""A call outside of rooms: what it hears, presses, and how it ends."""

import pytest

from bridges.errors import LegGone
from bridges.events import (
    CdrReady,
    LegDigit,
    LegEnded,
    LegJoined,
    LegPlayed,
    LegRecorded,
    LegRinging,
)
from bridges.spoken_names import name_of
from bridges.types import EndCause
from tests.bridges.rig import Callee
from tests.bridges.stage import ANNA, CODE, HELLO, MUSIC, OTHER_CALLER, ROOM, Stage, Staged


class Calls(Staged):
    async def test_digits_come_while_something_plays_and_do_not_stop_it(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        play = await stage.bridge.play(leg, [stage.sound(HELLO), stage.sound(CODE)])
        await phone.ear.hears(HELLO)
        await phone.press("7")
        await stage.events.next(LegDigit, leg=leg, digit="7")
        await phone.ear.hears(CODE)
        await stage.events.next(LegPlayed, leg=leg, play=play)

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

    async def test_what_a_caller_says_is_recorded_until_it_is_enough(self, stage: Stage) -> None:
        stage.needs("listens")
        phone, leg = await stage.arrive()
        _, other = await stage.arrive(OTHER_CALLER)
        phone.talk(ANNA)
        await stage.bridge.record(leg)
        await stage.bridge.play(other, [stage.sound(HELLO, 0.8)])
        await stage.events.next(LegPlayed, leg=other)
        await stage.bridge.stop_recording(leg)
        await stage.bridge.stop_recording(leg)
        recorded = await stage.events.next(LegRecorded, leg=leg)
        assert name_of(recorded.sound)
        await stage.bridge.join(leg, ROOM)

    async def test_who_hangs_up_while_recorded_is_gone(self, stage: Stage) -> None:
        stage.needs("listens")
        phone, leg = await stage.arrive()
        await stage.bridge.record(leg)
        await phone.hang_up()
        await stage.events.next(LegEnded, leg=leg)
        with pytest.raises(LegGone):
            await stage.bridge.record(leg)

    async def test_a_caller_hangs_up_while_something_plays(self, stage: Stage) -> None:
        stage.needs("answer")
        phone, leg = await stage.arrive()
        await stage.bridge.play(leg, [stage.sound(MUSIC, 30)])
        await phone.ear.hears(MUSIC)
        await phone.hang_up()
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.NORMAL)
        with pytest.raises(LegGone):
            await stage.bridge.join(leg, ROOM)

    async def test_a_call_that_rings_is_cancelled(self, stage: Stage) -> None:
        stage.needs("dial_out")
        leg = await stage.dial(Callee.SILENT)
        phone = await stage.rig.called(Callee.SILENT)
        await stage.events.next(LegRinging, leg=leg)
        await stage.bridge.hang_up(leg, EndCause.CANCELLED)
        await stage.events.next(LegEnded, leg=leg, cause=EndCause.CANCELLED)
        await phone.over()

    async def test_the_bridge_reports_a_record_of_a_call(self, stage: Stage) -> None:
        stage.needs("records")
        phone, leg = await stage.bring_in()
        await phone.hang_up()
        record = await stage.events.next(CdrReady, leg=leg)
        assert 0 < record.started_at <= record.answered_at <= record.ended_at
        assert record.cause == EndCause.NORMAL
        assert stage.rig.secret not in str(record.raw)
