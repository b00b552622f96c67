"""Between the processes of a farm: who is at another process hears and does the same."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer

from conferences import exchange as exchange_module
from conferences.core import commands as c
from conferences.core.rules import Reason, Refused
from conferences.core.slides import AddDocument, OfferDocument
from conferences.core.words import SYSTEM
from conferences.doors import Here
from conferences.exchange import Elsewhere, Exchange, Submit
from conferences.hub import Hub
from conferences.journal import crossing
from conferences.models import Conference, ConferenceServer, Room
from conferences.placement import LEASE_MS
from tests.conferences.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


class Farm:
    """A conference server, and a front-end that carries nothing itself."""

    def __init__(self, room: Room) -> None:
        self.layer = InMemoryChannelLayer(capacity=10_000)
        self.server = Site(room, "server-1", layer=self.layer)
        self.front = Site(room, "front-end", layer=self.layer, carries=False)


@pytest.fixture
async def farm(aroom: Room) -> AsyncIterator[Farm]:
    farm = Farm(aroom)
    await farm.server.opens()
    await farm.front.opens()
    yield farm
    await farm.front.closes()
    await farm.server.closes()


async def test_who_comes_by_a_front_end_is_in_the_conference_of_the_server(farm: Farm) -> None:
    alice = await farm.front.joins("alice")
    assert farm.front.doors.running() == []
    (live,) = farm.server.doors.running()
    assert list(live.state.participants) == ["alice"]
    assert alice.screen.messages[0]["server"] == "server-1"


async def test_everyone_hears_everyone_wherever_they_are(farm: Farm) -> None:
    alice, bob = await farm.front.joins("alice"), await farm.server.joins("bob")
    await alice.screen.shows("participant.joined")
    alice.asks("chat.send", text="Hello")
    await bob.screen.shows("chat.sent")
    bob.asks("hand.raise")
    for tab in (alice, bob):
        await tab.screen.shows("hand.raised")
        assert tab.screen.seqs == list(range(tab.screen.seqs[0], tab.screen.seqs[-1] + 1))


async def test_pens_are_seen_in_motion_wherever_they_are(farm: Farm) -> None:
    alice, bob = await farm.front.joins("alice"), await farm.server.joins("bob")
    (live,) = farm.server.doors.running()
    await live.submit(OfferDocument(document="plans", name="Plans", url="/plans/"), by="alice")
    await live.submit(AddDocument(document="plans", pages=1), by=SYSTEM)
    await bob.screen.shows("document.presented")
    pointer = {"type": "pointer.moved", "document": "plans", "page": 1, "x": 5, "y": 6}
    bob.says({"signal": pointer | {"x": 7}})  # who may not point
    alice.says({"signal": pointer})
    for tab in (alice, bob):
        told = (await tab.hears("signal"))["signal"]
        assert told == {"type": "drawing.motion", "motions": [{"participant": "alice", "move": pointer}]}


async def test_a_refusal_comes_back_to_the_asker(farm: Farm) -> None:
    await farm.server.joins("alice")
    bob = await farm.front.joins("bob")
    bob.asks("microphone.mute_all", ref=9)
    assert await bob.hears("refused") == {"ref": 9, "refused": Reason.NOT_ALLOWED}


async def test_who_is_refused_at_the_door_leaves_nothing_behind(farm: Farm) -> None:
    alice = await farm.server.joins("alice")
    alice.asks("conference.lock")
    await alice.screen.shows("conference.locked")
    assert await farm.front.shows(farm.front.seat("bob")).is_refused() == (Reason.LOCKED, 4403)
    assert farm.front.hub.count() == 0


async def test_who_is_cut_off_there_is_shown_so_here(farm: Farm) -> None:
    alice, bob = await farm.server.joins("alice"), await farm.front.joins("bob")
    bob.vanishes()
    assert (await alice.screen.shows("participant.dropped"))["participant"] == "bob"


async def test_a_second_tab_takes_the_seat_across_processes(farm: Farm) -> None:
    first = await farm.front.joins("alice")
    await farm.server.joins("alice")
    assert await first.screen.closes() == 4409


async def test_the_end_is_the_end_everywhere(farm: Farm) -> None:
    alice, bob = await farm.front.joins("alice"), await farm.server.joins("bob")
    alice.asks("conference.end")
    assert (await alice.screen.closes(), await bob.screen.closes()) == (4410, 4410)


async def test_a_server_that_leaves_sends_people_of_all_front_ends_on(farm: Farm) -> None:
    alice = await farm.front.joins("alice")
    await farm.server.doors.stop()
    assert await alice.screen.closes() == 4412
    assert await farm.front.shows(farm.front.seat("alice")).is_refused() == (Reason.BUSY, 4412)


async def test_people_of_a_dead_server_are_sent_to_look_for_another(farm: Farm) -> None:
    alice = await farm.front.joins("alice")
    farm.front.now.time += LEASE_MS
    await farm.front.doors.beat()
    assert await alice.screen.closes() == 4412


async def test_the_doors_lead_here_or_elsewhere(farm: Farm) -> None:
    alice = await farm.server.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    assert isinstance(await farm.server.doors.open(conference), Here)
    assert isinstance(await farm.front.doors.open(conference), Elsewhere)


async def test_a_server_that_does_not_answer_is_busy(aroom: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_module, "REPLY_S", 0)
    exchange = Exchange("front-end", InMemoryChannelLayer(), Hub())
    with pytest.raises(Refused) as refused:
        await exchange.ask("nobody", "c1", Submit(c.RaiseHand(), by=SYSTEM))
    assert refused.value.reason is Reason.BUSY


class BrokenFirst(InMemoryChannelLayer):
    """A layer that cannot be heard at first, and then says something nobody understands."""

    faults = 2

    async def receive(self, channel: str) -> dict[str, Any]:
        self.faults -= 1
        if self.faults == 1:
            raise ConnectionError
        if self.faults == 0:
            return {"message": b"gibberish"}
        return dict(await super().receive(channel))


async def test_an_exchange_survives_what_it_cannot_hear_or_understand(
    aroom: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_module, "RETRY_S", 0)
    layer = BrokenFirst()
    asked: list[str] = []

    async def answer(conference: str, _request: object) -> tuple[bytes, int]:
        asked.append(conference)
        return b"", 0

    exchange = Exchange("server-1", layer, Hub())
    await exchange.start(answer)
    await exchange.ask("server-1", "c1", Submit(c.RaiseHand(), by=SYSTEM))
    assert asked == ["c1"]
    await exchange.stop()


async def test_where_no_server_lives_nothing_can_be_held(farm: Farm) -> None:
    await crossing(ConferenceServer.objects.all().delete)()
    assert await farm.front.shows(farm.front.seat("alice")).is_refused() == (Reason.BUSY, 4412)
    assert await crossing(Conference.objects.get)()


async def test_many_ask_at_once_and_each_gets_its_own_answer(farm: Farm) -> None:
    await farm.server.joins("alice")
    people = await asyncio.gather(*(farm.front.joins(f"guest-{n}") for n in range(10)))
    assert [tab.screen.messages[0]["you"] for tab in people] == [f"guest-{n}" for n in range(10)]
