"""Where keyframes start."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media import vp8
from tests.conferences.media.house import vp8_payload


def test_a_keyframe_is_recognised_by_its_first_packet() -> None:
    assert vp8.parse(vp8_payload(0x1234, keyframe=True)) == vp8.Descriptor(True, 0x1234, 2, 0x34, 4)
    assert not vp8.parse(vp8_payload(0x1234, keyframe=False)).keyframe
    assert not vp8.parse(b"\x80\x80\x80\x01\x10").keyframe


def test_a_payload_without_extensions_has_no_picture_id() -> None:
    assert vp8.parse(b"\x10\x10") == vp8.Descriptor(True)


def test_a_seven_bit_picture_id_is_left_alone() -> None:
    assert vp8.parse(b"\x90\x80\x12\x11") == vp8.Descriptor(False)


@given(st.binary(max_size=12))
def test_hostile_payloads_are_malformed_or_read_within_their_length(payload: bytes) -> None:
    try:
        descriptor = vp8.parse(payload)
    except vp8.MalformedVp8:
        return
    assert descriptor.picture_id_at < len(payload)
    assert descriptor.layer_index_at < len(payload)
