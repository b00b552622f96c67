"""One stream that runs on while publications change in it."""

from conferences.media import rtcp, vp8
from conferences.media.contract import Source
from tests.conferences.media.house import Conference


async def switched_from_bob_to_carol() -> Conference:
    """`alice` has one video slot; it showed `bob` and then `carol`, who began to speak."""
    conference = Conference()
    await conference.enter("alice", "bob", "carol", video_slots=1)
    for _ in range(3):
        conference.send("bob", Source.CAMERA)
        conference.pass_time()
    conference.send("carol", Source.CAMERA)
    for _ in range(60):
        conference.send("carol", Source.MICROPHONE, level=10)
        conference.send("bob", Source.MICROPHONE, level=127)
    conference.pass_time(1.0)
    conference.send("bob", Source.CAMERA, keyframe=False)
    conference.send("carol", Source.CAMERA, keyframe=False)
    conference.send("carol", Source.CAMERA)
    conference.send("carol", Source.CAMERA, keyframe=False)
    return conference


def video(conference: Conference, peer: str = "alice") -> list[vp8.Descriptor]:
    return [
        vp8.parse(packet.payload) for packet in conference.wire(peer).packets if packet.payload_type == 96
    ]


async def test_numbers_run_on_over_a_switch() -> None:
    conference = await switched_from_bob_to_carol()
    packets = [packet for packet in conference.wire("alice").packets if packet.payload_type == 96]
    first = packets[0]
    assert {packet.ssrc for packet in packets} == {first.ssrc}
    numbers = [packet.sequence - first.sequence & 0xFFFF for packet in packets]
    assert numbers == list(range(len(packets)))
    times = [packet.timestamp - first.timestamp & 0xFFFFFFFF for packet in packets]
    assert times == sorted(times)
    pictures = [
        descriptor.picture_id - video(conference)[0].picture_id & 0x7FFF for descriptor in video(conference)
    ]
    assert pictures == list(range(len(packets)))


async def test_video_is_switched_at_a_keyframe_only() -> None:
    conference = await switched_from_bob_to_carol()
    assert [descriptor.keyframe for descriptor in video(conference)][-3:] == [False, True, False]
    conference.pass_time()
    assert conference.listener.sees("alice") >= {("carol", Source.CAMERA)}
    assert ("bob", Source.CAMERA) not in conference.listener.sees("alice")


async def test_every_packet_says_when_it_was_sent() -> None:
    conference = await switched_from_bob_to_carol()
    assert all(len(packet.extensions[2]) == 3 for packet in conference.wire("alice").packets)


async def test_a_lost_packet_is_repeated_as_it_was() -> None:
    conference = await switched_from_bob_to_carol()
    wire = conference.wire("alice")
    lost = wire.packets[-1]
    conference.tell("alice", rtcp.nack(1, lost.ssrc, [lost.sequence]))
    repeated = wire.packets[-1]
    assert repeated is not lost
    assert (repeated.sequence, repeated.timestamp, repeated.payload) == (
        lost.sequence,
        lost.timestamp,
        lost.payload,
    )
    assert conference.stats.packets_retransmitted == 1


async def test_what_was_sent_before_the_switch_is_not_repeated() -> None:
    conference = await switched_from_bob_to_carol()
    wire = conference.wire("alice")
    old = next(packet for packet in wire.packets if packet.payload_type == 96)
    conference.tell("alice", rtcp.nack(1, old.ssrc, [old.sequence, old.sequence + 2000 & 0xFFFF]))
    assert conference.stats.packets_retransmitted == 0


async def test_packets_are_repeated_also_after_the_numbers_wrapped() -> None:
    conference = await switched_from_bob_to_carol()
    for skipped in (20_000, 20_000, 0, 0):
        conference.send("carol", Source.CAMERA, keyframe=False, skip=skipped)
    lost = conference.wire("alice").packets[-2]
    conference.tell("alice", rtcp.nack(1, lost.ssrc, [lost.sequence]))
    assert conference.stats.packets_retransmitted == 1


async def test_repeats_are_bounded() -> None:
    conference = await switched_from_bob_to_carol()
    lost = conference.wire("alice").packets[-1]
    for _ in range(500):
        conference.tell("alice", rtcp.nack(1, lost.ssrc, [lost.sequence]))
    assert conference.stats.packets_retransmitted == 100


async def test_the_publishers_clock_is_passed_on_in_the_slots_numbers() -> None:
    conference = await switched_from_bob_to_carol()
    wire = conference.wire("alice")
    wire.rtcp.clear()
    last = wire.packets[-1]
    sent = conference.connection("carol").layers[Source.CAMERA][0].newest
    report = rtcp.SenderReport(sent.ssrc, 1 << 40, sent.timestamp, 1, 1)
    conference.tell("carol", rtcp.sender_report(report))
    (passed_on,) = rtcp.parse(wire.rtcp[0])
    assert isinstance(passed_on, rtcp.SenderReport)
    assert (passed_on.ssrc, passed_on.ntp, passed_on.timestamp) == (last.ssrc, 1 << 40, last.timestamp)
