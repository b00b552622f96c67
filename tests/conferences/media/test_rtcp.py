"""Reports and requests, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.media import rtcp

REPORT = rtcp.Report(7, 0.25, 12, 70_000, 33, 0x12345678, 65_536)


def test_a_receiver_report_survives_the_wire() -> None:
    assert rtcp.parse(rtcp.receiver_report(1, [REPORT, REPORT])) == [REPORT, REPORT]


def test_a_sender_report_survives_the_wire_beside_a_name() -> None:
    report = rtcp.SenderReport(9, 1 << 40, 4711, 10, 1000)
    assert rtcp.parse(rtcp.sender_report(report) + rtcp.source_description(9, "name")) == [report]


def test_requests_survive_the_wire_in_one_compound_packet() -> None:
    packet = (
        rtcp.keyframe_request(1, 5)
        + rtcp.nack(1, 6, [1, 2, 18, 40])
        + rtcp.bitrate_estimate(1, 2_500_000, [5])
    )
    keyframe, nack, estimate = rtcp.parse(packet)
    assert keyframe == rtcp.KeyframeRequest(5)
    assert nack == rtcp.Nack(6, (1, 2, 18, 40))
    assert isinstance(estimate, rtcp.BitrateEstimate)
    assert estimate.bitrate == pytest.approx(2_500_000, rel=0.001)


def test_a_full_intra_request_asks_for_a_keyframe_of_each_stream() -> None:
    fir = b"\x84\xce\x00\x06" + bytes(8) + (5).to_bytes(4) + bytes(4) + (6).to_bytes(4) + bytes(4)
    assert rtcp.parse(fir) == [rtcp.KeyframeRequest(5), rtcp.KeyframeRequest(6)]


def test_unknown_kinds_are_skipped() -> None:
    goodbye = b"\x81\xcb\x00\x01" + (5).to_bytes(4)
    assert rtcp.parse(goodbye + rtcp.keyframe_request(1, 5)) == [rtcp.KeyframeRequest(5)]


def test_a_nack_names_a_bounded_number_of_packets() -> None:
    (message,) = rtcp.parse(rtcp.nack(1, 5, range(2000)))
    assert isinstance(message, rtcp.Nack)
    assert message.sequences == tuple(range(rtcp.MAX_NACKED))


@pytest.mark.parametrize(
    "data", [b"\x80", b"\x80\xc8\x00\x01", b"\x80\xc8\x00\x00", b"\x00\xc8\x00\x00", b"\x81\xc9\x00\x01abcd"]
)
def test_what_is_cut_off_is_malformed(data: bytes) -> None:
    with pytest.raises(rtcp.MalformedRtcp):
        rtcp.parse(data)


@given(
    st.lists(st.tuples(st.integers(0x80, 0x9F), st.integers(199, 207), st.binary(max_size=40)), max_size=3)
)
def test_hostile_compounds_are_read_or_malformed(packets: list[tuple[int, int, bytes]]) -> None:
    data = b""
    for first, kind, body in packets:
        body += bytes(-len(body) % 4)
        data += bytes([first, kind]) + (len(body) // 4).to_bytes(2) + body
    try:
        messages = rtcp.parse(data)
    except rtcp.MalformedRtcp:
        return
    assert all(message is not None for message in messages)


@given(st.sets(st.integers(0, 0xFFFF), min_size=1, max_size=100))
def test_every_lost_packet_is_named(lost: set[int]) -> None:
    (message,) = rtcp.parse(rtcp.nack(1, 5, lost))
    assert isinstance(message, rtcp.Nack)
    assert set(message.sequences) == lost
