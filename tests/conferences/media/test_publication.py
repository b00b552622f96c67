"""What is asked of publishers, and what is kept of them."""

from collections.abc import Sequence
from itertools import pairwise

from conferences.media import rtcp
from conferences.media.contract import PublicationKey, Source
from conferences.media.rtp import Packet
from conferences.media.tap import Track
from tests.conferences.media.house import SSRCS, Conference


def asked(conference: Conference, peer: str) -> list[rtcp.Message]:
    return [message for packet in conference.wire(peer).rtcp for message in rtcp.parse(packet)]


async def test_a_hole_is_asked_for_and_the_repeat_forwarded() -> None:
    conference = Conference()
    await conference.enter("alice", "bob")
    conference.send("bob", Source.CAMERA)
    conference.pass_time()
    conference.send("bob", Source.CAMERA)
    sequence = conference.send("bob", Source.CAMERA, skip=1)
    assert rtcp.Nack(SSRCS[Source.CAMERA], (sequence - 1,)) in asked(conference, "bob")
    conference.resend("bob", Source.CAMERA, sequence - 1)
    after, before = conference.wire("alice").packets[-2:]
    assert after.sequence - before.sequence == 1


async def test_padding_is_not_forwarded_and_leaves_no_hole() -> None:
    conference = Conference()
    await conference.enter("alice")
    await conference.enter("bob", rids="q")
    for _ in range(3):
        conference.send_layers("bob", "q", [2])
        conference.pass_time()
        conference.send_layers("bob", "q", [5], padding=True)
    packets = conference.wire("alice").packets
    assert all(packet.payload for packet in packets)
    assert {after.sequence - before.sequence & 0xFFFF for before, after in pairwise(packets)} == {1}
    conference.tell("alice", rtcp.nack(1, packets[-1].ssrc, [packets[-1].sequence]))
    assert conference.stats.packets_retransmitted == 1


async def test_a_keyframe_is_asked_for_when_somebody_begins_to_watch_but_not_too_often() -> None:
    conference = Conference()
    await conference.enter("alice", "bob")
    conference.send("bob", Source.CAMERA, keyframe=False)
    conference.pass_time(0.3)
    request = rtcp.KeyframeRequest(SSRCS[Source.CAMERA])
    assert asked(conference, "bob").count(request) == 1
    conference.pass_time(1.0)
    assert asked(conference, "bob").count(request) in (2, 3)


async def test_a_receivers_request_for_a_keyframe_is_passed_on() -> None:
    conference = Conference()
    await conference.enter("alice", "bob")
    conference.send("bob", Source.CAMERA)
    conference.pass_time()
    conference.send("bob", Source.CAMERA)
    conference.pass_time(1.0)
    conference.wire("bob").rtcp.clear()
    for _ in range(5):
        conference.tell("alice", rtcp.keyframe_request(1, conference.wire("alice").packets[-1].ssrc))
    assert asked(conference, "bob") == [rtcp.KeyframeRequest(SSRCS[Source.CAMERA])]


class Recorder:
    """A tap that remembers. Dial: `unwanted`."""

    def __init__(self, *unwanted: Source) -> None:
        self.unwanted = unwanted
        self.tracks: list[Track] = []
        self.heard: list[tuple[PublicationKey, bytes]] = []
        self.levels: list[int] = []

    def track_began(self, track: Track) -> "TrackRecorder | None":
        self.tracks.append(track)
        return None if track.key.source in self.unwanted else TrackRecorder(self, track.key)


class TrackRecorder:
    def __init__(self, recorder: Recorder, key: PublicationKey) -> None:
        self.recorder, self.key = recorder, key

    def packets_received(self, packets: Sequence[Packet], now: float) -> None:
        self.recorder.heard += [(self.key, packet.payload) for packet in packets]
        self.recorder.levels += [packet.level for packet in packets]

    def report_received(self, report: rtcp.SenderReport, now: float) -> None:
        self.recorder.heard.append((self.key, b"report"))


async def test_a_tap_hears_what_is_permitted_and_nothing_else() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder()
    await conference.enter("bob")
    conference.send("bob", Source.MICROPHONE)
    conference.tell("bob", rtcp.sender_report(rtcp.SenderReport(SSRCS[Source.MICROPHONE], 1, 1, 1, 1)))
    conference.router.permit("bob", Source.MICROPHONE, False)
    conference.send("bob", Source.MICROPHONE)
    key = PublicationKey("bob", Source.MICROPHONE)
    assert tap.heard == [(key, b"opus"), (key, b"report")]


async def test_a_tap_is_told_of_the_track_anew_when_it_is_permitted_again() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder()
    await conference.enter("bob")
    conference.send("bob", Source.MICROPHONE)
    for allowed in (False, True, True):
        conference.router.permit("bob", Source.MICROPHONE, allowed)
    conference.send("bob", Source.MICROPHONE)
    assert [track.ssrc for track in tap.tracks] == [SSRCS[Source.MICROPHONE]] * 2
