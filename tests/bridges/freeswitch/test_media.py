"""Our sound in rooms: one leg in each, and nothing left over when it fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bridges.errors import AlreadyAttached, MediaFailed
from bridges.freeswitch.config import Config
from bridges.freeswitch.esl import EventSocket
from bridges.freeswitch.link import ignored
from bridges.freeswitch.media import Media
from tests.bridges.freeswitch.house import CALLEES, QUICK, SECRET
from tests.bridges.simulators.freeswitch import FreeSwitch

ROOM, OTHER_ROOM = "123456789", "987654321"


@asynccontextmanager
async def attaching(*, accepts: bool = True) -> AsyncIterator[tuple[Media, EventSocket, FreeSwitch]]:
    switch = FreeSwitch(CALLEES, SECRET)
    await switch.open()
    media = Media("fs", Config(host="127.0.0.1", password=SECRET, sip_port=0), lambda _: accepts)
    await media.open()
    socket = await EventSocket.connect("127.0.0.1", switch.port, SECRET, ignored, QUICK)
    await socket.subscribe()
    yield media, socket, switch
    media.close()
    await socket.close()
    await switch.close()


async def test_each_room_has_one_leg_and_its_channel_goes_with_it() -> None:
    async with attaching() as (media, socket, switch):
        await media.attach(socket, ROOM)
        await media.attach(socket, OTHER_ROOM)
        assert {channel.room for channel in switch.channels.values()} == {ROOM, OTHER_ROOM}
        with pytest.raises(AlreadyAttached):
            await media.attach(socket, ROOM)
        await media.detach(socket, ROOM)
        await media.detach(socket, ROOM)
        assert list(media.rooms.values()) == [OTHER_ROOM]
        assert list(switch.channels) == list(media.rooms)


async def test_a_freeswitch_that_cannot_call_us_leaves_nothing_behind() -> None:
    async with attaching() as (media, socket, switch):
        switch.refuses_sip = True
        with pytest.raises(MediaFailed, match="DESTINATION_OUT_OF_ORDER"):
            await media.attach(socket, ROOM)
        assert (media.rooms, switch.channels) == ({}, {})
        switch.refuses_sip = False
        await media.attach(socket, ROOM)


async def test_channels_of_another_life_are_stale_and_lost_ones_are_forgotten() -> None:
    async with attaching() as (media, socket, switch):
        await media.attach(socket, ROOM)
        ours = set(switch.channels)
        assert media.stale([*ours, "fs_media_old", "other_media_1", "a-caller"]) == ["fs_media_old"]
        assert media.lost(ours) == []
        assert media.lost([]) == [ROOM]
        assert media.rooms == {}
