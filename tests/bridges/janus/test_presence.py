"""Where we are in the rooms of a Janus."""

from collections.abc import AsyncIterator

import pytest
from msgspec import structs

from bridges.errors import BridgeAuthFailed, MediaFailed, RoomNotFound
from bridges.janus.config import Codec
from bridges.janus.presence import Presence
from bridges.janus.session import Message, Session
from tests.bridges.janus.rig import IMPATIENT, JanusRig
from tests.bridges.simulators.janus import JanusSimulator

ROOM, OTHER, THIRD = "123456789", "987654321", "555666777"


@pytest.fixture
async def presence(rig: JanusRig) -> AsyncIterator[Presence]:
    config = rig.config()
    async with Session(config, IMPATIENT) as session:
        presence = Presence("janus", config, session)
        await presence.begin()
        yield presence


async def test_looking_makes_rooms_and_watches_all_that_are_ours_once(
    rig: JanusRig, presence: Presence
) -> None:
    await rig.gateway.make(THIRD)
    await rig.gateway.make("demo")
    await rig.gateway.ask("mute_room", room=THIRD)
    assert await presence.look() == {THIRD: True, ROOM: False, OTHER: False}
    assert presence.watched == {ROOM, OTHER, THIRD}
    assert await presence.look() == {}


async def test_only_what_watchers_are_told_counts(presence: Presence) -> None:
    await presence.look()
    one = await presence.speak(ROOM, "media")
    told = [presence.is_told_to_watcher(message) for message in presence.session.waiting()]
    assert True in told
    assert not presence.is_told_to_watcher(Message(one.handle, {}))
    await presence.leave(one)
    await presence.leave(one)


async def test_sound_needs_a_room_a_port_and_the_pin(
    rig: JanusRig, janus: JanusSimulator, presence: Presence
) -> None:
    with pytest.raises(RoomNotFound):
        await presence.speak(THIRD, "media")
    await rig.gateway.make(THIRD)
    janus.rooms[THIRD].takes_rtp = False
    with pytest.raises(MediaFailed):
        await presence.speak(THIRD, "media")
    janus.rooms[THIRD].pin = "another"
    with pytest.raises(BridgeAuthFailed):
        await presence.speak(THIRD, "media")
    elsewhere = structs.replace(rig.config(), listen_address="198.51.100.1", codec=Codec.ALAW)
    with pytest.raises(MediaFailed):
        await Presence("janus", elsewhere, presence.session).speak(THIRD, "media")
    assert not janus.rooms[THIRD].inside


async def test_whom_janus_throws_out_is_lost_by_kick_by_handle_and_by_room(presence: Presence) -> None:
    await presence.look()
    kicked, detached, destroyed = [await presence.speak(ROOM, "media") for _ in range(3)]
    assert presence.loses(Message(1, {"room": OTHER, "kicked": kicked.name})) == []
    assert presence.loses(Message(1, {"room": ROOM, "kicked": kicked.name})) == [kicked]
    assert presence.loses(Message(detached.handle, {})) == [detached]
    assert [presence.has(one) for one in (kicked, detached, destroyed)] == [False, False, True]
    lost = presence.loses(Message(1, {"room": ROOM, "audiobridge": "destroyed"}))
    assert destroyed in lost
    assert {one.leg is None for one in lost} == {True, False}
    assert presence.watched == {OTHER}


async def test_strangers_are_those_who_are_called_like_ours(presence: Presence) -> None:
    await presence.look()
    one = await presence.speak(ROOM, "media")
    names = [one.name, "meetingserver:janus:media:old", "meetingserver:janus-2:media:x", "anna", 5]
    found = [{"id": name} for name in names]
    assert presence.strangers({"participants": [*found, "odd"]}) == ["meetingserver:janus:media:old"]
    assert presence.strangers({"participants": "odd"}) == []
    await presence.throw_out(ROOM, "nobody")
    await presence.leave(one)
