"""Janus keeps the contract of all bridges, and suffers what networks and servers do. Its simulator is in
tests/bridges/simulators/janus.py; tests/interop/test_janus_contract.py asks the real one the same."""

import logging
from collections.abc import AsyncIterator

import pytest

from bridges.errors import BridgeTimeout, BridgeUnavailable, LegGone, RoomNotFound
from bridges.events import (
    BridgeDown,
    BridgeUp,
    LegEnded,
    LegJoined,
    LegMuted,
    LegTalking,
    MediaLost,
    RoomClosed,
)
from bridges.janus.adapter import Adapter
from bridges.types import EndCause
from tests.bridges.janus.phones import JanusPhone
from tests.bridges.janus.rig import ADMIN_KEY, IMPATIENT, PIN, ROOM_SECRET, JanusRig
from tests.bridges.janus.suite import JanusContract, is_found_again
from tests.bridges.rig import Events, speaking
from tests.bridges.simulators.janus import JanusSimulator
from tests.bridges.stage import ANNA, CALLER, HELLO, OTHER_CALLER, ROOM, WEB, Stage

NEW_ROOM = "555666777"
GARBAGE = (
    "", "{", '{"janus": "event", "plug', "[]", "5", "null", "\x00\x01", '{"janus": []}',
    '{"janus": "event", "sender": "x", "plugindata": 5}', '{"janus": "success", "transaction": []}',
)  # fmt: skip


class TestJanus(JanusContract):
    @pytest.fixture
    async def rig(self, janus: JanusSimulator) -> AsyncIterator[JanusRig]:
        async with JanusRig.of(janus.port) as rig:
            yield rig


async def restarted(rig: JanusRig, janus: JanusSimulator) -> None:
    await janus.restart()
    await rig.gateway.open()


# What Janus tells


async def test_who_comes_by_webrtc_and_talks_is_told(janus: JanusSimulator, stage: Stage) -> None:
    phone, leg = await stage.bring_in()
    assert isinstance(phone, JanusPhone)
    janus.talks(ROOM, phone.name, talking=True)
    await stage.events.next(LegTalking, leg=leg, level=5)
    await stage.bridge.set_muted(leg, True)
    await stage.events.next(LegTalking, leg=leg, level=0)


async def test_what_janus_says_twice_is_told_once(janus: JanusSimulator, stage: Stage) -> None:
    janus.doubles = True
    phone, leg = await stage.bring_in()
    await stage.bridge.set_muted(leg, True)
    await stage.bridge.set_muted(leg, True)
    await stage.bridge.set_muted(leg, False)
    await phone.hang_up()
    await stage.events.next(LegEnded, leg=leg)
    told = [type(event) for event in stage.events.passed[1:]]
    assert told == [LegJoined, LegMuted, LegMuted, LegEnded]


async def test_who_mutes_a_room_mutes_all_in_it(rig: JanusRig, stage: Stage) -> None:
    _, leg = await stage.bring_in()
    await rig.gateway.ask("mute_room", room=ROOM)
    await stage.events.next(LegMuted, leg=leg, muted=True)
    await rig.gateway.ask("unmute_room", room=ROOM)
    await stage.events.next(LegMuted, leg=leg, muted=False)


async def test_whom_others_throw_out_is_told_as_such(rig: JanusRig, stage: Stage) -> None:
    phone, leg = await stage.bring_in()
    assert isinstance(phone, JanusPhone)
    await rig.gateway.ask("kick", room=ROOM, id=phone.name)
    await stage.events.next(LegEnded, leg=leg, cause=EndCause.KICKED)
    with pytest.raises(LegGone):
        await stage.bridge.set_muted(leg, True)


async def test_rooms_that_others_make_are_followed(rig: JanusRig, stage: Stage) -> None:
    await rig.gateway.make(NEW_ROOM)
    await rig.call(caller=CALLER, dialled=NEW_ROOM)
    joined = await stage.events.next(LegJoined)
    assert (joined.info.room, joined.info.caller) == (NEW_ROOM, CALLER)


async def test_a_room_with_another_secret_is_left_alone_and_the_rest_works(
    rig: JanusRig, janus: JanusSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    await rig.gateway.make(NEW_ROOM)
    janus.rooms[NEW_ROOM].secret = "another"
    bridge = rig.bridge()
    events = Events(bridge)
    await bridge.start()
    await events.next(BridgeUp)
    await rig.call(caller=CALLER, dialled=ROOM)
    await events.next(LegJoined)
    await bridge.stop()
    assert caplog.text.count(NEW_ROOM) == 1
    janus.rooms[NEW_ROOM].secret = ROOM_SECRET


async def test_a_room_that_others_destroy_is_closed_and_made_anew(rig: JanusRig, stage: Stage) -> None:
    _, leg = await stage.bring_in()
    await stage.bridge.attach_media(ROOM)
    await rig.gateway.ask("destroy", room=ROOM)
    await stage.events.next(LegEnded, leg=leg, cause=EndCause.NORMAL)
    await stage.events.next(RoomClosed, room=ROOM)
    await stage.events.next(MediaLost, room=ROOM)
    await stage.bridge.attach_media(ROOM)
    await stage.bring_in(caller=OTHER_CALLER)


async def test_a_watcher_that_is_thrown_out_comes_back_and_sees_what_it_missed(
    rig: JanusRig, janus: JanusSimulator, stage: Stage
) -> None:
    leaving, left = await stage.bring_in()
    (watcher,) = janus.ours(ROOM, "watch")
    await rig.gateway.ask("kick", room=ROOM, id=watcher)
    await leaving.hang_up()
    await rig.call(caller=OTHER_CALLER, dialled=ROOM)
    await stage.events.next(LegEnded, leg=left)
    await stage.events.next(LegJoined)
    assert watcher not in janus.ours(ROOM, "watch")


async def test_who_is_called_like_ours_is_thrown_out(rig: JanusRig, stage: Stage) -> None:
    former = await rig.gateway.call(ROOM, "", "meetingserver:janus:media:of-our-former-self")
    await former.over()


async def test_a_room_that_is_not_there_is_made_for_our_sound_and_gone_when_closed(
    rig: JanusRig, janus: JanusSimulator, stage: Stage
) -> None:
    with pytest.raises(RoomNotFound):
        await stage.bridge.announce(NEW_ROOM, [stage.sound(HELLO)])
    media = await stage.bridge.attach_media(NEW_ROOM)
    phone = await rig.call(caller=CALLER, dialled=NEW_ROOM)
    async with speaking(media, WEB):
        await phone.ear.hears(WEB)
    await stage.bridge.close_room(NEW_ROOM)
    await phone.over()
    assert NEW_ROOM not in janus.rooms
    await stage.bridge.close_room(NEW_ROOM)


# What networks and servers do


async def test_garbage_and_half_messages_are_passed_over(janus: JanusSimulator, stage: Stage) -> None:
    for text in GARBAGE:
        janus.says(text)
    anna, leg = await stage.bring_in()
    await stage.bridge.set_muted(leg, True)
    await anna.hang_up()
    await stage.events.next(LegEnded, leg=leg)
    assert not [event for event in stage.events.passed if isinstance(event, BridgeDown)]


async def test_a_janus_that_restarts_in_a_conference_is_found_again_without_its_callers(
    rig: JanusRig, janus: JanusSimulator, stage: Stage
) -> None:
    await stage.bring_in()
    await stage.bridge.attach_media(ROOM)
    await restarted(rig, janus)
    await stage.events.next(BridgeDown)
    await is_found_again(stage)


async def test_a_janus_that_hangs_is_told_and_found_when_it_wakes(
    janus: JanusSimulator, stage: Stage
) -> None:
    _, leg = await stage.bring_in()
    janus.is_mute = True
    with pytest.raises((BridgeTimeout, BridgeUnavailable)):
        await stage.bridge.set_muted(leg, True)
    await stage.events.next(BridgeDown)
    janus.is_mute = False
    up = await stage.events.next(BridgeUp)
    assert [found.leg for room in up.rooms for found in room.legs] == [leg]


async def test_who_came_and_who_left_while_we_were_away_is_in_the_snapshot(
    rig: JanusRig, stage: Stage
) -> None:
    leaving, left = await stage.bring_in()
    await rig.cut()
    await stage.events.next(BridgeDown)
    await leaving.hang_up()
    came, listening = [await rig.gateway.call(ROOM, caller) for caller in (OTHER_CALLER, CALLER)]
    came.talk(ANNA)
    await listening.ear.hears(ANNA)
    await rig.mend()
    up = await stage.events.next(BridgeUp)
    callers = {leg.vendor: leg.caller for leg in up.rooms[0].legs}
    assert callers == {came.name: OTHER_CALLER, listening.name: CALLER}
    assert left not in {leg.leg for leg in up.rooms[0].legs}


async def test_a_session_that_janus_ended_is_begun_anew(janus: JanusSimulator, stage: Stage) -> None:
    janus.says('{"janus": "timeout", "session_id": 1}')
    await stage.events.next(BridgeDown)
    await stage.events.next(BridgeUp)


async def test_a_lock_is_known_after_a_break(rig: JanusRig, stage: Stage) -> None:
    await stage.bring_in()
    await stage.bridge.set_locked(ROOM, True)
    await rig.cut()
    await stage.events.next(BridgeDown)
    await rig.mend()
    up = await stage.events.next(BridgeUp)
    assert up.rooms[0].locked


async def test_a_locked_room_is_locked_after_janus_was_restarted(
    rig: JanusRig, janus: JanusSimulator, stage: Stage
) -> None:
    await stage.bridge.set_locked(ROOM, True)
    await restarted(rig, janus)
    await stage.events.next(BridgeUp)
    with pytest.raises(PermissionError, match="not in the allowed list"):
        await rig.call(caller=CALLER, dialled=ROOM)


@pytest.mark.parametrize(
    ("field", "words"),
    [("api_secret", "API secret"), ("admin_key", "admin_key"), ("room_secret", "secret"), ("pin", "pin")],
)
async def test_each_wrong_secret_is_named_and_not_shown(
    rig: JanusRig, stage: Stage, field: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    health = await Adapter("other", rig.config(**{field: "not-the-secret"}), IMPATIENT).check()
    assert not health.works
    assert words in health.answer
    for secret in ("not-the-secret", ADMIN_KEY, ROOM_SECRET, PIN):
        assert secret not in health.answer + caplog.text
