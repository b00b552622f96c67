import numpy as np
import pytest

from bridges.base import FRAME_BYTES
from bridges.events import LegTalking
from bridges.local_leg import LocalMediaLeg
from bridges.sip.legs import PhoneLeg
from bridges.sip.mixer import IDLE, Mixer, has_sound, listen
from bridges.sip.sounds import Playing
from bridges.sip.stack import Sound
from bridges.sip.synthetic import NARROW, SyntheticLine
from bridges.types import Direction
from tests.bridges.sip.board import ROOM, Board, heard_by
from tests.sounds import peak_of, tone

WIDE, OPUS = Sound(16_000, 1), Sound(48_000, 2)


async def test_each_hears_the_others_whatever_their_codecs_and_nobody_himself() -> None:
    async with Board.open() as board:
        callers = [
            await board.caller(str(hz), hz, sound) for hz, sound in ((500, NARROW), (900, WIDE), (1300, OPUS))
        ]
        for _, leg in callers:
            board.switchboard.join(leg, ROOM, muted=False)
        await board.mix()
        for own, (line, _) in zip((500, 900, 1300), callers, strict=True):
            loud = {hz: heard_by(line, hz) for hz in (500, 900, 1300)}
            assert loud.pop(own) < 100
            assert all(amplitude == pytest.approx(8000, rel=0.1) for amplitude in loud.values())


async def test_rooms_do_not_hear_each_other_and_who_waits_hears_nothing() -> None:
    async with Board.open() as board:
        (one, first), (other, second), (waiting, _) = [
            await board.caller(str(hz), hz) for hz in (500, 900, 1300)
        ]
        board.switchboard.join(first, "1", muted=False)
        board.switchboard.join(second, "2", muted=False)
        await board.mix()
        for line in (one, other, waiting):
            assert all(heard_by(line, hz) < 1 for hz in (500, 900, 1300))


async def test_the_conference_is_in_the_room_without_hearing_itself() -> None:
    async with Board.open() as board:
        line, leg = await board.caller("alice", 500)
        board.switchboard.join(leg, ROOM, muted=False)
        ours, theirs = LocalMediaLeg.pair()
        board.switchboard.attach(ROOM, ours)
        heard, spoken = [], tone(2000, 1).tobytes()
        for turn in range(50):
            theirs.push(spoken[turn * FRAME_BYTES :][:FRAME_BYTES])
            await board.mix(1)
            heard.append(theirs.pull() or b"")
        assert heard_by(line, 2000) == pytest.approx(8000, rel=0.1)
        phones = np.frombuffer(b"".join(heard[20:]), np.int16)
        assert peak_of(phones, 500) == pytest.approx(8000, rel=0.1)
        assert peak_of(phones, 2000) < 100


def test_the_noise_of_an_idle_line_is_not_mixed() -> None:
    lines = [SyntheticLine(str(peak), hz=500, amplitude=peak) for peak in (IDLE - 5, IDLE + 5)]
    legs = [PhoneLeg(line.name, line, Direction.IN, caller="", dialled="") for line in lines]
    assert all(has_sound(leg) for leg in legs)
    listen(legs, NARROW)
    idle, faint = listen(legs, NARROW)
    assert not idle.any()
    assert faint.any()


async def test_a_prompt_is_louder_than_the_room_behind_it() -> None:
    async with Board.open() as board:
        (line, leg), (_, other) = await board.caller("alice"), await board.caller("bob", 500)
        for one in (leg, other):
            board.switchboard.join(one, ROOM, muted=False)
        found = next(found for found in board.switchboard.mixer.legs if found.leg == leg)
        found.playing = Playing("p", [tone(1700, 2)])
        await board.mix()
        assert heard_by(line, 1700) == pytest.approx(8000, rel=0.1)
        assert heard_by(line, 500) == pytest.approx(2000, rel=0.1)


@pytest.mark.parametrize(("db", "amplitude"), [(0, 4000), (6, 8000), (12, 16_000), (-6, 2000)])
async def test_who_wishes_it_hears_all_louder_or_quieter_and_nobody_else_does(
    db: int, amplitude: float
) -> None:
    async with Board.open() as board:
        (line, leg), (other, second) = await board.caller("alice"), await board.caller("bob")
        ours, theirs = LocalMediaLeg.pair()
        board.switchboard.attach(ROOM, ours)
        for one in (leg, second):
            board.switchboard.join(one, ROOM, muted=False)
        board.switchboard.set_volume(leg, db)
        spoken = (tone(500, 1) // 2).tobytes()
        for turn in range(50):
            theirs.push(spoken[turn * FRAME_BYTES :][:FRAME_BYTES])
            await board.mix(1)
        assert heard_by(line, 500) == pytest.approx(amplitude, rel=0.1)
        assert heard_by(other, 500) == pytest.approx(4000, rel=0.1)


async def test_who_hears_louder_hears_prompts_louder_too() -> None:
    async with Board.open() as board:
        line, leg = await board.caller("alice")
        board.switchboard.set_volume(leg, 6)
        board.switchboard.mixer.legs[0].playing = Playing("p", [tone(1700, 2) // 2])
        await board.mix()
        assert heard_by(line, 1700) == pytest.approx(8000, rel=0.1)


async def test_who_talks_is_told() -> None:
    async with Board.open() as board:
        _, leg = await board.caller("alice", 500)
        board.switchboard.join(leg, ROOM, muted=False)
        await board.mix(10)
        assert [event.leg for event in board.told if isinstance(event, LegTalking) and event.level] == [leg]


def test_its_thread_counts_and_ends() -> None:
    mixer = Mixer(lambda _leg, _level: None, lambda _leg, _play: None, lambda _leg, _sound: None)
    assert mixer.figures().busy == 0
    mixer.start()
    mixer.end()
    assert mixer.figures().ticks >= 0
