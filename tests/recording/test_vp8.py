"""Tests of recording/vp8.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recording.vp8 import Size, depacketised, key_size


@pytest.mark.parametrize(
    ("descriptor", "starts"),
    [
        ("10", True),
        ("00", False),
        ("11", False),
        ("90 80 07", True),
        ("90 e0 8007 01 20", True),
        ("80 30 11", False),
    ],
)
def test_the_descriptor_is_taken_off(descriptor: str, starts: bool) -> None:
    assert depacketised(bytes.fromhex(descriptor) + b"frame") == (starts, b"frame")


def test_an_empty_packet_has_nothing() -> None:
    assert depacketised(b"") == (False, b"")


@given(st.binary(max_size=12))
def test_anything_may_come(payload: bytes) -> None:
    depacketised(payload)
    key_size(payload)


def test_a_keyframe_says_its_size() -> None:
    key = (
        bytes((0x10, 0, 0))
        + b"\x9d\x01\x2a"
        + (320 | 1 << 14).to_bytes(2, "little")
        + (180).to_bytes(2, "little")
    )
    assert key_size(key) == Size(320, 180)
    assert key_size(b"\x11" + key[1:]) is None
