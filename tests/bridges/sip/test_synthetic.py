from bridges.sip.synthetic import NARROW, SyntheticStack, tone
from tests.bridges.sip.board import Board


async def test_its_callers_call_again_until_they_are_taken() -> None:
    async with Board.open(SyntheticStack(3)) as board:
        await board.settled()
        assert board.kinds() == ["LegArrived"] * 3


def test_a_tone_is_a_second_long() -> None:
    assert len(tone(NARROW, 440, 8000)) == 2 * NARROW.rate
