"""Who publishes, who receives what."""

import pytest

from conferences.media import rtcp
from conferences.media.contract import OfferRefused, Quality, Source, View
from tests.conferences.media.house import Conference, layer_ssrc


async def meeting(*peers: str, audio_slots: int = 4, video_slots: int = 6) -> Conference:
    conference = Conference()
    await conference.enter(*peers, audio_slots=audio_slots, video_slots=video_slots)
    return conference


def everybody_sends(conference: Conference, *peers: str) -> None:
    for _ in range(3):
        for peer in peers:
            conference.send(peer, Source.MICROPHONE)
            conference.send(peer, Source.CAMERA)
        conference.pass_time()


async def test_everybody_sees_and_hears_everybody_else() -> None:
    conference = await meeting("alice", "bob", "carol")
    everybody_sends(conference, "alice", "bob", "carol")
    assert conference.listener.sees("alice") == {
        (peer, source) for peer in ("bob", "carol") for source in (Source.MICROPHONE, Source.CAMERA)
    }


async def test_nothing_is_forwarded_without_permission() -> None:
    conference = await meeting("alice", "bob")
    for source in Source:
        conference.router.permit("bob", source, False)
    everybody_sends(conference, "bob")
    assert conference.wire("alice").packets == []
    assert conference.stats.dropped == {"not_permitted": 6}


async def test_who_is_muted_leaves_the_slots_at_once_and_comes_back_later() -> None:
    conference = await meeting("alice", "bob")
    everybody_sends(conference, "bob")
    conference.router.permit("bob", Source.MICROPHONE, False)
    everybody_sends(conference, "bob")
    assert conference.listener.sees("alice") == {("bob", Source.CAMERA)}
    conference.router.permit("bob", Source.MICROPHONE, True)
    everybody_sends(conference, "bob")
    assert conference.listener.sees("alice") == {("bob", Source.MICROPHONE), ("bob", Source.CAMERA)}


async def test_what_was_said_while_muted_is_not_asked_for_afterwards() -> None:
    conference = await meeting("alice", "bob")
    everybody_sends(conference, "bob")
    conference.router.permit("bob", Source.MICROPHONE, False)
    everybody_sends(conference, "bob")
    conference.router.permit("bob", Source.MICROPHONE, True)
    everybody_sends(conference, "bob")
    assert conference.stats.nacks_sent == 0


async def test_only_the_loudest_are_heard_when_slots_are_few() -> None:
    peers = ("bob", "carol", "dave")
    conference = await meeting("alice", *peers, audio_slots=2)
    for peer in peers:
        conference.send(peer, Source.MICROPHONE, level=100)
    conference.pass_time()
    for _ in range(30):
        conference.send("dave", Source.MICROPHONE, level=5)
    conference.pass_time(0.2)
    for peer in peers:
        conference.send(peer, Source.MICROPHONE, level=100)
    conference.pass_time()
    assert conference.listener.sees("alice") == {("bob", Source.MICROPHONE), ("dave", Source.MICROPHONE)}
    assert ("dave", Source.MICROPHONE) not in conference.listener.sees("dave")
    assert set(conference.listener.levels) == {"dave"}


async def test_a_view_decides_who_is_seen() -> None:
    peers = ("bob", "carol", "dave")
    conference = await meeting("alice", *peers)
    conference.router.view("alice", View(max_videos=1, pinned=("carol",)))
    everybody_sends(conference, *peers)
    assert {peer for peer, source in conference.listener.sees("alice") if source == Source.CAMERA} == {
        "carol"
    }
    conference.router.view("alice", View(hidden=frozenset({"carol"})))
    everybody_sends(conference, *peers)
    assert {peer for peer, source in conference.listener.sees("alice") if source == Source.CAMERA} == {
        "bob",
        "dave",
    }


async def test_a_narrow_network_gets_sound_and_screen_but_no_faces() -> None:
    conference = await meeting("alice", "bob", "carol")
    for _ in range(200):
        for source in (Source.CAMERA, Source.SCREEN):
            conference.send("bob", source)
        conference.send("carol", Source.CAMERA)
        conference.send("carol", Source.MICROPHONE)
        conference.tell("alice", rtcp.bitrate_estimate(1, 150_000, [1]))
        conference.pass_time()
    assert conference.listener.sees("alice") == {("bob", Source.SCREEN), ("carol", Source.MICROPHONE)}
    assert conference.listener.quality["alice"] == Quality.POOR
    assert ("carol", Source.CAMERA) in conference.listener.sees("bob")


async def sharp_meeting() -> Conference:
    """`bob` sends his camera in three sizes for a while, and `alice` sees him as large as can be."""
    conference = await meeting("alice")
    await conference.enter("bob", rids="qhf")
    bob_sends(conference, "qhf", 2.5)
    return conference


def bob_sends(conference: Conference, rids: str, seconds: float) -> None:
    for _ in range(int(seconds * 20)):
        conference.send_layers("bob", rids, [1 + "qhf".index(rid) * 2 for rid in rids])
        conference.pass_time()


def layer_seen(conference: Conference) -> str:
    shown = next(slot.shows for slot in conference.connection("alice").video_slots if slot.shows)
    return next(rid for rid in "qhf" if layer_ssrc(rid) == shown.ssrc)


async def test_a_picture_comes_in_the_layer_that_suits_the_page() -> None:
    conference = await sharp_meeting()
    assert layer_seen(conference) == "f"
    conference.router.view("alice", View(large=0))
    bob_sends(conference, "qhf", 0.2)
    assert layer_seen(conference) == "q"


async def test_a_page_is_not_told_that_the_layer_is_another() -> None:
    conference = await sharp_meeting()
    conference.listener.slots.clear()
    conference.router.view("alice", View(large=0))
    bob_sends(conference, "qhf", 0.2)
    assert conference.listener.slots == {}


async def test_a_layer_that_the_browser_stops_is_replaced_within_a_second() -> None:
    conference = await sharp_meeting()
    bob_sends(conference, "qh", 1.2)
    assert layer_seen(conference) == "h"
    bob_sends(conference, "qhf", 2.5)
    assert layer_seen(conference) == "f"


async def test_a_layer_that_is_only_padded_is_stopped() -> None:
    conference = await sharp_meeting()
    for _ in range(24):
        conference.send_layers("bob", "f", [30], padding=True)
        bob_sends(conference, "qh", 0.05)
    assert layer_seen(conference) == "h"


async def test_a_narrow_network_gets_a_small_picture() -> None:
    conference = await sharp_meeting()
    for _ in range(6):
        conference.tell("alice", rtcp.bitrate_estimate(1, 150_000, [1]))
        bob_sends(conference, "qhf", 1.0)
    assert layer_seen(conference) == "q"


async def test_who_disconnects_leaves_all_pages() -> None:
    conference = await meeting("alice", "bob")
    everybody_sends(conference, "alice", "bob")
    conference.router.disconnect("bob")
    conference.pass_time()
    assert conference.listener.sees("alice") == set()
    assert conference.wire("bob").is_closed


async def test_a_new_connection_replaces_the_old_one_and_keeps_permissions() -> None:
    conference = await meeting("alice", "bob")
    everybody_sends(conference, "alice", "bob")
    before = conference.wire("bob")
    await conference.enter("bob")
    everybody_sends(conference, "alice", "bob")
    assert before.is_closed
    assert conference.listener.failed == []
    assert ("alice", Source.CAMERA) in conference.listener.sees("bob")
    assert ("bob", Source.CAMERA) in conference.listener.sees("alice")


async def test_a_broken_connection_is_told_but_a_goodbye_is_not() -> None:
    conference = await meeting("alice", "bob")
    conference.wire("alice").is_broken = True
    conference.wire("bob").has_left = True
    conference.pass_time()
    assert conference.listener.failed == ["alice"]
    assert conference.wire("bob").is_closed


async def test_a_silent_network_is_lost() -> None:
    conference = await meeting("alice")
    conference.pass_time(12.0)
    assert conference.listener.quality == {"alice": Quality.LOST}


async def test_a_refused_offer_leaves_the_old_connection_alone() -> None:
    conference = await meeting("alice")
    with pytest.raises(OfferRefused):
        await conference.router.connect("alice", "v=0")
    assert not conference.wire("alice").is_closed
