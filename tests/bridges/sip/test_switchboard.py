import asyncio
from pathlib import Path

import pytest

from bridges import events as e
from bridges.errors import AlreadyAttached, DialFailed, InvalidValue, LegGone
from bridges.local_leg import LocalMediaLeg
from bridges.sip.stack import Died, Held, Pressed, Registered, Ringing
from bridges.sip.synthetic import SyntheticStack
from bridges.types import EndCause, LegState
from tests.bridges.sip.board import ROOM, Board
from tests.bridges.tones import sound_file


async def test_without_a_server_nobody_is_answered() -> None:
    async with Board.open() as board:
        board.switchboard.is_led = False
        line = board.stack.call("alice")
        await board.settled()
        assert line.refused
        assert board.told == []


async def test_a_call_is_led_from_arrival_to_its_end() -> None:
    async with Board.open() as board:
        line, leg = await board.caller("alice")
        board.switchboard.happened(Pressed(line, "5"))
        board.switchboard.join(leg, ROOM, muted=True)
        board.switchboard.happened(Held(line, held=True))
        (room,) = board.switchboard.snapshot().rooms
        assert (room.room, room.legs[0].state, room.legs[0].muted) == (ROOM, LegState.HELD, True)
        board.switchboard.happened(Held(line, held=False))
        board.switchboard.leave(leg)
        assert [waiting.leg for waiting in board.switchboard.snapshot().waiting] == [leg]
        line.close(EndCause.NORMAL)
        assert board.kinds() == [
            *("LegArrived", "LegDigit", "LegJoined", "LegHeld", "LegHeld", "LegLeft", "LegEnded")
        ]
        assert board.switchboard.calls == 0
        with pytest.raises(LegGone):
            board.switchboard.join(leg, ROOM, muted=False)


async def test_a_placed_call_rings_and_is_given_up_in_time() -> None:
    async with Board.open() as board:
        await board.switchboard.dial("leg", "+4930123", "", 0)
        board.switchboard.happened(Ringing(board.stack.dialled[0]))
        await asyncio.sleep(0.01)
        ended = board.told[-1]
        assert board.kinds() == ["LegRinging", "LegEnded"]
        assert isinstance(ended, e.LegEnded)
        assert ended.cause is EndCause.NO_ANSWER


async def test_a_placed_call_that_is_answered_is_led() -> None:
    async with Board.open() as board:
        await board.switchboard.dial("leg", "4930123", "", 60)
        await board.stack.dialled[0].answer()
        board.switchboard.join("leg", ROOM, muted=False)
        await board.switchboard.close_room(ROOM)
        assert board.kinds() == ["LegAnswered", "LegJoined", "LegEnded", "RoomClosed"]


@pytest.mark.parametrize("number", ["", "1;2", "sip:x", "1\n2", "٣"])
async def test_what_is_no_number_is_not_dialled(number: str) -> None:
    async with Board.open() as board:
        with pytest.raises(InvalidValue):
            await board.switchboard.dial("leg", number, "", 60)


async def test_without_a_trunk_no_call_is_placed() -> None:
    async with Board.open(SyntheticStack(has_trunk=False)) as board:
        with pytest.raises(DialFailed):
            await board.switchboard.dial("leg", "1", "", 60)


async def test_how_loud_a_phone_hears_outlasts_rooms() -> None:
    async with Board.open() as board:
        _, leg = await board.caller("alice")
        board.switchboard.set_volume(leg, 6)
        board.switchboard.join(leg, ROOM, muted=False)
        board.switchboard.leave(leg)
        assert board.switchboard.mixer.legs[0].factor == pytest.approx(2, rel=0.01)
        with pytest.raises(LegGone):
            board.switchboard.set_volume("nobody", 6)


async def test_one_media_leg_a_room() -> None:
    async with Board.open() as board:
        board.switchboard.attach(ROOM, LocalMediaLeg.pair()[0])
        with pytest.raises(AlreadyAttached):
            board.switchboard.attach(ROOM, LocalMediaLeg.pair()[0])
        board.switchboard.detach_all()
        assert board.switchboard.snapshot().rooms == ()


async def test_a_prompt_ends_and_a_bad_file_is_refused(tmp_path: Path) -> None:
    async with Board.open() as board:
        _, leg = await board.caller("alice")
        play = await board.switchboard.play(leg, [str(sound_file(tmp_path / "a.wav", 400, 0.1))], loop=False)
        await board.mix(8)
        assert board.told[-1] == e.LegPlayed(leg=leg, play=play)
        with pytest.raises(InvalidValue):
            await board.switchboard.play(leg, [str(tmp_path / "none.wav")], loop=False)


async def test_trunk_and_death_are_noticed() -> None:
    async with Board.open() as board:
        board.switchboard.happened(Registered(works=False, reason="403 Forbidden"))
        board.switchboard.happened(Died())
        assert not board.switchboard.trunk.works
        assert board.switchboard.died.is_set()
