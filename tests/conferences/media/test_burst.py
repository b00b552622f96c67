"""How packets lie in the arena."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media.burst import ARENA_SIZE, HEADER, Burst, Run
from conferences.media.rtp import Packet
from conferences.media.srtp import Arena

TAG = 16
ARENA = Arena(ARENA_SIZE)


def burst(*sizes: int) -> Burst:
    return Burst([Packet(96, 0, number, 0, 1, bytes(size)) for number, size in enumerate(sizes)], ARENA, TAG)


def test_equal_packets_and_a_shorter_last_one_go_in_one_call() -> None:
    size = HEADER.size + 100 + TAG
    assert burst(100, 100, 60).runs == [Run(0, 3 * size - 40, size)]


def test_a_packet_after_a_shorter_one_needs_another_call() -> None:
    assert [run.size - HEADER.size - TAG for run in burst(100, 60, 60, 80).runs] == [100, 60, 80]


def test_packets_that_differ_by_a_byte_are_padded_into_one_call() -> None:
    laid_out = burst(99, 100, 97)
    size = HEADER.size + 100 + TAG
    assert laid_out.runs == [Run(0, 3 * size, size)]
    assert [first_byte for _, _, first_byte in laid_out.placed] == [0xB0, 0x90, 0xB0]
    padded = laid_out.layout[2 * size + HEADER.size : 3 * size - TAG]
    assert padded[-3:] == bytes([0, 0, 3])
    assert laid_out.octets == 296


@given(st.lists(st.sampled_from([0, 50, 80, 100]), min_size=1, max_size=32))
def test_runs_are_cut_into_the_packets_they_were_made_of(sizes: list[int]) -> None:
    cut: list[int] = []
    laid_out = burst(*sizes)
    for start, end, size in laid_out.runs:
        cut += [min(size, end - at) for at in range(start, end, size)]
    assert cut == [HEADER.size + size + TAG for size in sizes]
    assert sum(cut) == laid_out.size == len(laid_out.layout)
    assert laid_out.octets == sum(sizes)
