"""The way to a conference: one live conference for each, here or nowhere."""

import asyncio

import pytest

from conferences import doors as doors_module
from conferences.core import commands as c
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM
from conferences.doors import Here
from conferences.journal import crossing
from conferences.models import Conference, ConferenceServer, JournalEntry, Room
from conferences.services import conference_current
from tests.conferences.meeting import BEGIN
from tests.conferences.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


async def begun(site: Site) -> str:
    return await crossing(conference_current)(site.room.pk, now=BEGIN)


async def refused(asking: object) -> Reason:
    with pytest.raises(Refused) as refusal:
        await asking  # type: ignore[misc] # whatever it gives
    return refusal.value.reason


async def test_however_often_it_is_opened_there_is_one(site: Site) -> None:
    conference = await begun(site)
    opened = await asyncio.gather(*(site.doors.open(conference) for _ in range(10)))
    assert all(isinstance(door, Here) for door in opened)
    assert len({id(door) for door in opened}) == 1
    assert len(site.doors.running()) == 1


async def test_what_ended_is_not_opened_again(site: Site) -> None:
    conference = await begun(site)
    door = await site.doors.open(conference)
    await door.submit(c.EndConference(), by=SYSTEM)
    await asyncio.gather(*(live.over for live in site.doors.running()))
    assert await refused(site.doors.open(conference)) is Reason.ENDED
    assert site.doors.running() == []


async def test_what_never_was_is_not_opened(site: Site) -> None:
    assert await refused(site.doors.open("nothing")) is Reason.ENDED
    assert site.doors.running() == []


async def test_a_conference_of_a_server_that_is_gone_is_taken_over_at_the_start(
    aroom: Room, site: Site
) -> None:
    conference = await begun(site)
    await crossing(Conference.objects.update)(server="dead")
    successor = Site(aroom, "server-2")
    await successor.opens()
    try:
        (live,) = successor.doors.running()
        assert live.id == conference
        row = await crossing(Conference.objects.get)()
        assert (row.server, row.epoch) == ("server-2", 1)
    finally:
        await successor.closes()


async def test_one_that_cannot_be_read_does_not_keep_the_others_waiting(aroom: Room, site: Site) -> None:
    conference = await begun(site)
    await crossing(spoil)(conference)
    await crossing(another_conference)(aroom)
    successor = Site(aroom, "server-2")
    await successor.opens()
    try:
        assert [live.id for live in successor.doors.running()] == ["other"]
    finally:
        await successor.closes()


def spoil(conference: str) -> None:
    JournalEntry.objects.filter(conference=conference).update(event='{"type":"of tomorrow"}')


def another_conference(room: Room) -> None:
    other = Room.objects.create(owner=room.owner, name="Other", slug="other", code="123456789")
    Conference.objects.create(id="other", room=other, created_at=BEGIN)
    JournalEntry.objects.create(
        conference_id="other",
        seq=1,
        at=BEGIN,
        event='{"type":"conference.created","name":"Other","policy":{},"at":1}',
    )


async def test_who_stops_hands_everything_over(aroom: Room) -> None:
    site = Site(aroom)
    await site.opens()
    alice = await site.joins("alice")
    await site.doors.stop()
    assert await alice.screen.closes() == 4412
    await site.closes()
    row = await crossing(Conference.objects.get)()
    assert (row.server, row.ended_at) == ("", None)
    assert not await crossing(ConferenceServer.objects.exists)()


async def test_people_find_everything_at_the_next_server(aroom: Room) -> None:
    first = Site(aroom)
    await first.opens()
    alice = await first.joins("alice")
    alice.asks("chat.send", text="Hello")
    await alice.screen.shows("chat.sent")
    await first.closes()
    second = Site(aroom, "server-2")
    await second.opens()
    try:
        back = await second.joins("alice")
        picture = back.screen.messages[0]["welcome"]
        assert [line["text"] for line in picture["chat"]] == ["Hello"]
        assert picture["participants"]["alice"]["role"] == "host"
    finally:
        await second.closes()


async def test_who_is_drained_takes_nothing_new(site: Site) -> None:
    alice = await site.joins("alice")
    await crossing(ConferenceServer.objects.update)(draining=True)
    await site.doors.beat()
    assert await alice.screen.closes() == 4412
    assert await refused(site.doors.open(alice.screen.messages[0]["conference"])) is Reason.BUSY


async def test_without_doors_there_is_no_way(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors_module, "_installed", [])
    assert await refused(doors_module.open("c1")) is Reason.BUSY
    doors_module.install(site.doors)
    conference = await begun(site)
    assert await doors_module.open(conference) is await site.doors.open(conference)
