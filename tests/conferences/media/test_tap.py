"""Recording's place to listen: which tracks it is told of, and that it gets places to start at."""

from conferences.media import rtcp
from conferences.media.contract import PublicationKey, Source
from conferences.media.publication import TAPPED_KEYFRAME_INTERVAL
from conferences.media.tap import Tap, Track
from tests.conferences.media.house import OPUS, SSRCS, VP8, Conference, layer_ssrc
from tests.conferences.media.test_publication import Recorder, asked

CAMERA = SSRCS[Source.CAMERA]


async def test_a_tap_may_come_and_go_while_people_talk() -> None:
    conference = Conference()
    await conference.enter("bob")
    tap: Tap = Recorder()
    conference.router.tap = tap
    assert all(p.taps == (tap,) for p in conference.connection("bob").publications)
    conference.router.tap = None
    assert all(p.taps == () for p in conference.connection("bob").publications)


async def test_a_tap_is_told_once_what_begins() -> None:
    conference = Conference()
    await conference.enter("bob")
    for _ in range(2):
        conference.router.tap = tap = Recorder()
        for source in (Source.MICROPHONE, Source.CAMERA) * 3:
            conference.send("bob", source)
            conference.router.permit("bob", Source.SCREEN, False)
        assert tap.tracks == [
            Track(PublicationKey("bob", Source.MICROPHONE), 11, "opus", 48_000, OPUS, 0),
            Track(PublicationKey("bob", Source.CAMERA), 22, "vp8", 90_000, VP8, 0),
        ]
        assert len(tap.heard) == 6


async def test_every_size_of_a_camera_is_a_track() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder()
    await conference.enter("bob", rids="qhf")
    for _ in range(2):
        conference.send_layers("bob", "qhf", [1, 2, 3])
    assert {(track.ssrc, track.layer) for track in tap.tracks} == {
        (layer_ssrc(rid), layer) for layer, rid in enumerate("qhf")
    }
    assert len(tap.tracks) == 3
    assert len(tap.heard) == 12


async def test_who_comes_back_with_another_connection_is_another_track() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder()
    for _ in range(3):
        await conference.enter("bob")
        conference.send("bob", Source.MICROPHONE)
    assert len(tap.tracks) == len(tap.heard) == 3


async def test_what_is_unwanted_is_not_given_and_not_asked_keyframes_for() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder(Source.CAMERA)
    await conference.enter("bob")
    conference.send("bob", Source.CAMERA)
    conference.tell("bob", rtcp.sender_report(rtcp.SenderReport(CAMERA, 1, 1, 1, 1)))
    conference.pass_time()
    assert (len(tap.tracks), tap.heard, keyframes_asked(conference)) == (1, [], 0)


async def test_a_voice_comes_with_its_loudness() -> None:
    conference = Conference()
    conference.router.tap = tap = Recorder()
    await conference.enter("bob")
    conference.send("bob", Source.MICROPHONE, level=30)
    conference.send("bob", Source.CAMERA)
    assert tap.levels == [30, 255]


def keyframes_asked(conference: Conference) -> int:
    return asked(conference, "bob").count(rtcp.KeyframeRequest(CAMERA))


async def test_a_keyframe_is_asked_for_at_the_start_and_then_now_and_then() -> None:
    conference = Conference()
    await conference.enter("bob")
    conference.send("bob", Source.CAMERA)
    conference.router.tap = Recorder()
    conference.send("bob", Source.CAMERA, keyframe=False)
    conference.pass_time()
    assert keyframes_asked(conference) == 1
    conference.send("bob", Source.CAMERA)
    before = keyframes_asked(conference)
    for _ in range(int(TAPPED_KEYFRAME_INTERVAL) - 1):
        conference.send("bob", Source.CAMERA, keyframe=False)
        conference.pass_time(1.0)
    assert keyframes_asked(conference) == before
    for _ in range(2):
        conference.send("bob", Source.CAMERA, keyframe=False)
        conference.pass_time(0.8)
    assert keyframes_asked(conference) > before


async def test_a_layer_that_its_browser_has_stopped_is_asked_for_nothing() -> None:
    conference = Conference()
    conference.router.tap = Recorder()
    await conference.enter("bob")
    conference.send("bob", Source.CAMERA)
    conference.pass_time(3 * TAPPED_KEYFRAME_INTERVAL)
    assert keyframes_asked(conference) == 0


async def test_while_nobody_listens_nothing_is_asked() -> None:
    conference = Conference()
    conference.router.tap = Recorder()
    await conference.enter("bob")
    conference.send("bob", Source.CAMERA)
    conference.router.tap = None
    for _ in range(20):
        conference.send("bob", Source.CAMERA, keyframe=False)
        conference.pass_time(1.0)
    assert keyframes_asked(conference) == 0
