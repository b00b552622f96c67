"""What goes on in a room: callers, announcements, locks and our media leg."""

import pytest

from bridges.errors import AlreadyAttached
from bridges.events import (
    LegHeld,
    LegJoined,
    LegLeft,
    LegMuted,
    LegTalking,
    MediaLost,
)
from bridges.pcm import factor
from tests.bridges.stage import ANNA, BERT, HELLO, MUSIC, OTHER_CALLER, OTHER_ROOM, ROOM, Stage, Staged
from tests.bridges.tones import LOUD


class Rooms(Staged):
    async def test_who_waits_may_go_in_and_out_and_into_another_room(self, stage: Stage) -> None:
        stage.needs("transfer")
        phone, leg = await stage.bring_in()
        await stage.bridge.leave(leg)
        await stage.events.next(LegLeft, leg=leg)
        await stage.bridge.play(leg, [stage.sound(MUSIC, 2)], loop=True)
        await phone.ear.hears(MUSIC)
        await stage.bridge.join(leg, OTHER_ROOM)
        joined = await stage.events.next(LegJoined, leg=leg)
        assert joined.info.room == OTHER_ROOM

    async def test_who_talks_is_told(self, stage: Stage) -> None:
        stage.needs("talkers")
        anna, leg = await stage.bring_in()
        anna.talk(ANNA)
        assert (await stage.events.next(LegTalking, leg=leg)).level > 0
        anna.talk(0)
        await stage.events.next(LegTalking, leg=leg, level=0)

    async def test_who_joins_muted_is_not_heard(self, stage: Stage) -> None:
        stage.needs("answer")
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna, leg = await stage.arrive()
        anna.talk(ANNA)
        await stage.bridge.join(leg, ROOM, muted=True)
        joined = await stage.events.next(LegJoined, leg=leg)
        assert joined.info.muted
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await bert.ear.hears_no(ANNA)
        await stage.bridge.set_muted(leg, False)
        await bert.ear.hears(ANNA)

    async def test_who_is_deaf_hears_nothing(self, stage: Stage) -> None:
        stage.needs("deafen")
        anna, leg = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        bert.talk(BERT)
        await anna.ear.hears(BERT)
        await stage.bridge.set_deaf(leg, True)
        await anna.ear.hears_no(BERT)
        await stage.bridge.set_deaf(leg, False)
        await anna.ear.hears(BERT)

    async def test_who_wishes_it_hears_all_louder_or_quieter_and_the_others_do_not(
        self, stage: Stage
    ) -> None:
        stage.needs("volume")
        anna, leg = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        anna.talk(ANNA)
        bert.talk(BERT)
        await anna.ear.hears_at(LOUD, BERT)
        for db in (6, 12, -6, 0):
            await stage.bridge.set_volume(leg, db)
            await anna.ear.hears_at(LOUD * factor(db), BERT)
        await bert.ear.hears_at(LOUD, ANNA)

    async def test_how_loud_somebody_hears_outlasts_their_leaving_the_room(self, stage: Stage) -> None:
        stage.needs("volume")
        stage.needs("transfer")
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        bert.talk(BERT)
        anna, leg = await stage.arrive()
        for db in (-6, 6):
            await stage.bridge.set_volume(leg, db)
            await stage.bridge.join(leg, ROOM)
            await anna.ear.hears_at(LOUD * factor(db), BERT)
            await stage.bridge.leave(leg)
            await stage.events.next(LegLeft, leg=leg)

    async def test_who_came_by_the_vendors_menu_is_told_and_may_mute_himself_there(
        self, stage: Stage
    ) -> None:
        if not stage.rig.has_menu:
            pytest.skip("This bridge has no menu of its own")
        phone = await stage.rig.call_by_menu(ROOM)
        joined = await stage.events.next(LegJoined)
        assert joined.info.room == ROOM
        await phone.press("*6")
        await stage.events.next(LegMuted, leg=joined.leg, muted=True)

    async def test_a_phone_puts_us_on_hold_and_takes_us_back(self, stage: Stage) -> None:
        stage.needs("hold")
        phone, leg = await stage.bring_in()
        await phone.hold(held=True)
        await stage.events.next(LegHeld, leg=leg, held=True)
        await phone.hold(held=False)
        await stage.events.next(LegHeld, leg=leg, held=False)

    async def test_an_announcement_is_heard_by_all_of_a_room(self, stage: Stage) -> None:
        anna, _ = await stage.bring_in()
        bert, _ = await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.announce(ROOM, [stage.sound(HELLO, 3)])
        await anna.ear.hears(HELLO)
        await bert.ear.hears(HELLO)
        await anna.ear.hears_no(HELLO)

    async def test_a_locked_room_still_takes_whom_we_bring(self, stage: Stage) -> None:
        """Who may enter is decided at our own door; a vendor's lock is for those who come without us."""
        stage.needs("lock")
        await stage.bring_in()
        await stage.bridge.set_locked(ROOM, True)
        await stage.bring_in(caller=OTHER_CALLER)
        await stage.bridge.set_locked(ROOM, False)

    async def test_a_second_media_leg_in_one_room_is_refused(self, stage: Stage) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        with pytest.raises(AlreadyAttached):
            await stage.bridge.attach_media(ROOM)
        await stage.bridge.detach_media(ROOM)
        await stage.bridge.attach_media(ROOM)
        await stage.bridge.detach_media(ROOM)
        await stage.bridge.detach_media(ROOM)

    async def test_a_media_leg_that_the_bridge_throws_out_is_told_and_may_be_attached_again(
        self, stage: Stage
    ) -> None:
        await stage.bring_in()
        await stage.bridge.attach_media(ROOM)
        await stage.rig.end_media(ROOM)
        await stage.events.next(MediaLost, room=ROOM)
        await stage.bridge.attach_media(ROOM)
