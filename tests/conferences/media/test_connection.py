"""What one peer may send, and what it is told."""

from hypothesis import given
from hypothesis import strategies as st

from conferences.media import rtcp
from conferences.media.connection import Connection
from conferences.media.contract import MediaStats, Source
from conferences.media.sdp import parse
from tests.conferences.media.house import MID_ID, SSRCS, Conference, Wire, layer_ssrc, offer, packet


def connection() -> Connection:
    made = Connection("alice", parse(offer()), MediaStats())
    made.attach(Wire(0.0))
    return made


async def test_an_unannounced_stream_is_recognised_by_its_mid() -> None:
    conference = Conference()
    await conference.enter("alice")
    data = bytearray(packet(Source.MICROPHONE, 1))
    data[8:12] = (4711).to_bytes(4)
    data[16] = MID_ID << 4
    data[17:18] = b"0"
    conference.connection("alice").rtp_received(memoryview(data), 1.0)
    assert conference.connection("alice").layers[Source.MICROPHONE][0].ssrc == 4711


async def test_an_unannounced_stream_without_mid_is_dropped() -> None:
    conference = Conference()
    await conference.enter("alice")
    data = bytearray(packet(Source.MICROPHONE, 1))
    data[8:12] = (4711).to_bytes(4)
    conference.connection("alice").rtp_received(memoryview(data), 1.0)
    assert conference.stats.dropped == {"unannounced": 1}


async def test_the_layers_of_a_camera_are_recognised_by_their_rid() -> None:
    conference = Conference()
    await conference.enter("alice", rids="qhf")
    conference.send_layers("alice", "fq", (1, 1))
    layers = conference.connection("alice").layers[Source.CAMERA]
    assert [layer.ssrc for layer in layers] == [layer_ssrc("q"), 0, layer_ssrc("f")]


async def test_the_publisher_is_told_what_arrived_and_how_much_it_may_send() -> None:
    conference = Conference()
    await conference.enter("alice")
    conference.send("alice", Source.CAMERA)
    conference.pass_time(1.1)
    report, estimate = rtcp.parse(conference.wire("alice").rtcp[-1])
    assert isinstance(report, rtcp.Report)
    assert (report.ssrc, report.lost) == (SSRCS[Source.CAMERA], 0.0)
    assert isinstance(estimate, rtcp.BitrateEstimate)


@given(st.binary(max_size=100))
def test_hostile_media_is_dropped_and_counted(data: bytes) -> None:
    alice = connection()
    alice.rtp_received(memoryview(data), 1.0)
    alice.rtcp_received(data, 1.0)
    alice.flush(1.0)
    assert alice.layers[Source.CAMERA][0].is_live is False


@given(st.binary(max_size=20))
def test_hostile_payloads_do_no_harm(payload: bytes) -> None:
    alice = connection()
    for publication in alice.publications:
        publication.permit(allowed=True)
    header = packet(Source.CAMERA, 1)[:20]
    alice.rtp_received(memoryview(header + payload), 1.0)
    alice.flush(1.0)
    assert alice.layers[Source.CAMERA][0].is_live == (payload != b""), "but padding is nothing"
