"""What one caller says, for a moment."""

import numpy as np

from bridges.base import FRAME_BYTES, FRAME_SAMPLES, LONGEST_RECORDED_S
from bridges.events import LegRecorded
from bridges.sip.protocol import LONGEST_LINE, encode, told
from bridges.sip.recording import MOST_FRAMES, Recording
from bridges.spoken_names import name_of
from tests.bridges.sip.board import Board

ROOM = "123456789"


def test_it_is_full_after_a_while() -> None:
    recording = Recording()
    for _ in range(MOST_FRAMES + 9):
        recording.add(np.full(FRAME_SAMPLES, 40_000, np.float32))
    assert recording.is_full
    assert len(recording.sound) == MOST_FRAMES * FRAME_BYTES == 32_000 * LONGEST_RECORDED_S
    assert recording.sound[:2] == b"\xff\x7f"


def test_the_longest_fits_into_a_line_of_the_wire() -> None:
    longest = LegRecorded(leg="1" * 64, sound=bytes(MOST_FRAMES * FRAME_BYTES))
    assert len(encode(told(longest))) < LONGEST_LINE


async def test_a_caller_is_recorded_until_it_is_enough() -> None:
    async with Board.open() as board:
        _, leg = await board.caller("alice", 500)
        board.switchboard.record(leg)
        await board.mix(20)
        board.switchboard.stop_recording(leg)
        board.switchboard.stop_recording(leg)
        recorded = [event for event in board.told if isinstance(event, LegRecorded)]
        assert [event.leg for event in recorded] == [leg]
        assert name_of(recorded[0].sound)


async def test_it_ends_by_itself_and_for_who_goes_in() -> None:
    async with Board.open() as board:
        _, leg = await board.caller("alice", 500)
        board.switchboard.record(leg)
        await board.mix(MOST_FRAMES)
        assert [len(event.sound) for event in board.told if isinstance(event, LegRecorded)] == [
            MOST_FRAMES * FRAME_BYTES
        ]
        board.switchboard.record(leg)
        board.switchboard.join(leg, ROOM, muted=False)
        await board.mix(MOST_FRAMES)
        assert len([event for event in board.told if isinstance(event, LegRecorded)]) == 1
