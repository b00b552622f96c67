"""RTP as it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.media import rtp


def test_a_packet_is_read_without_padding_and_extensions() -> None:
    header = bytes([0xB1, 0x80 | 96]) + (7).to_bytes(2) + (90).to_bytes(4) + (5).to_bytes(4) + b"csrc"
    extensions = b"\xbe\xde\x00\x02" + b"\x10\x55" + b"\x31ab" + b"\x00\x00\x00"
    packet = rtp.parse(memoryview(header + extensions + b"payload" + b"\x00\x00\x03"))
    assert packet == rtp.Packet(96, rtp.MARKER, 7, 90, 5, b"payload", {1: b"\x55", 3: b"ab"})


def test_two_byte_extensions_are_read_too() -> None:
    assert rtp.parse_extensions(0x1000, b"\x01\x02ab\x00\x14\x00\x15\x01c") == {
        1: b"ab",
        0x14: b"",
        0x15: b"c",
    }


def test_extensions_beyond_their_block_are_left_out() -> None:
    assert rtp.parse_extensions(0xBEDE, b"\x10a\x2fabc") == {1: b"a"}
    assert rtp.parse_extensions(0x1000, b"\x01\x01a\x02\x09b") == {1: b"a"}


@pytest.mark.parametrize(
    "data",
    [b"", b"\x80" * 11, bytes(12), b"\x8f" + bytes(11), b"\x90" + bytes(11), b"\xa0" + bytes(10) + b"\x0d"],
)
def test_contradicting_lengths_are_malformed(data: bytes) -> None:
    with pytest.raises(rtp.MalformedRtp):
        rtp.parse(memoryview(data))


@given(st.binary(max_size=200))
def test_hostile_packets_are_malformed_or_shorter_than_they_came(data: bytes) -> None:
    try:
        packet = rtp.parse(memoryview(data))
    except rtp.MalformedRtp:
        return
    assert len(packet.payload) <= len(data) - 12


@given(st.integers(0, 0xFFFF), st.integers(1, 0x7FFF))
def test_newer_is_newer_across_the_wrap(sequence: int, ahead: int) -> None:
    assert rtp.is_newer(sequence + ahead & 0xFFFF, sequence)
    assert not rtp.is_newer(sequence, sequence + ahead & 0xFFFF)
    assert not rtp.is_newer(sequence, sequence)


@given(st.integers(0, 2**32 - 1), st.integers(-(2**31) + 1, 2**31 - 1))
def test_timestamps_are_counted_on_over_their_wrap(last: int, step: int) -> None:
    assert rtp.counted_on(last, (last + step) % 2**32) == last + step
