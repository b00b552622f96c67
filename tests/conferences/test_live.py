"""`LiveConference`: durable before told, one writer, everything or nothing."""

import asyncio

import pytest

from conferences import live as live_module
from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.events import ConferenceEnded
from conferences.core.evolve import evolve
from conferences.core.rules import Reason, Refused
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason, EndReason, Policy, Status
from conferences.hub import SERVER_LEAVES
from conferences.live import LiveConference
from tests.conferences.doubles import PATIENCE_S, Chronicler
from tests.conferences.house import House, refused

# Durable before told


async def test_who_comes_is_told_all_there_is(house: House, live: LiveConference) -> None:
    screen = await house.joins(live, "alice")
    (message,) = screen.messages
    assert message["you"] == "alice"
    assert message["conference"] == "c1"
    assert list(message["welcome"]["participants"]) == ["alice"]
    assert message["seq"] == message["welcome"]["seq"] == live.state.seq


async def test_everyone_in_the_room_is_told_once_and_in_order(house: House, live: LiveConference) -> None:
    alice, bob = await house.joins(live, "alice"), await house.joins(live, "bob")
    await live.submit(c.RaiseHand(), by="bob")
    await live.submit(h.SendChat(text="Hello"), by="alice")
    for screen in (alice, bob):
        assert screen.events[-2:] == ["hand.raised", "chat.sent"]
        assert screen.seqs == list(range(screen.seqs[0], live.state.seq + 1))


async def test_nobody_is_told_before_it_is_durable(house: House, live: LiveConference) -> None:
    alice = await house.joins(live, "alice")
    house.journal.open.clear()
    house.journal.tried.clear()
    asking = asyncio.create_task(live.submit(c.RaiseHand(), by="alice"))
    await house.journal.tried.wait()
    assert alice.events == []
    assert not live.state.participants["alice"].hand
    assert not asking.done()
    house.journal.open.set()
    await asking
    assert alice.events == ["hand.raised"]
    assert live.state.participants["alice"].hand


async def test_who_asked_for_it_is_answered_when_followers_were_told(
    house: House, live: LiveConference
) -> None:
    await house.joins(live, "alice")
    await live.submit(c.RaiseHand(), by="alice")
    _, first_seq, events = house.chronicler.told[-1]
    assert first_seq == live.state.seq
    assert [type(event).__name__ for event in events] == ["HandRaised"]


async def test_a_followers_fault_is_its_own(house: House, live: LiveConference) -> None:
    other = Chronicler()
    house.followers.append(other)
    house.chronicler.faulty = True
    alice = await house.joins(live, "alice")
    await live.submit(c.RaiseHand(), by="alice")
    assert alice.events == ["hand.raised"]
    assert len(other.told) == 2


async def test_followers_are_told_once_that_it_begins_before_anything_happens_and_that_it_is_no_longer_here(
    house: House, live: LiveConference
) -> None:
    before = live.state.seq
    await house.joins(live, "alice")
    await live.submit(c.RaiseHand(), by="alice")
    assert (house.chronicler.begun, house.chronicler.left) == ([("c1", before)], [])
    await live.stop()
    assert (house.chronicler.begun, house.chronicler.left) == ([("c1", before)], ["c1"])


async def test_followers_are_told_that_it_is_over_after_its_last_event(
    house: House, live: LiveConference
) -> None:
    await house.joins(live, "alice")
    await live.submit(c.EndConference(), by="alice")
    await asyncio.wait([live.over])
    assert isinstance(house.chronicler.told[-1][2][-1], ConferenceEnded)
    assert house.chronicler.left == ["c1"]


async def test_a_refusal_is_for_the_asker_and_nothing_happens(house: House, live: LiveConference) -> None:
    alice = await house.joins(live, "alice")
    await house.joins(live, "bob")
    kept, told = len(house.journal.kept["c1"]), len(alice.frames)
    assert await refused(live.submit(c.MuteAll(), by="bob")) is Reason.NOT_ALLOWED
    assert (len(house.journal.kept["c1"]), len(alice.frames)) == (kept, told)


# The journal is down, or another's


async def test_nothing_happens_while_the_journal_is_down_and_then_it_goes_on(
    house: House, live: LiveConference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "RETRY_S", 0)
    alice = await house.joins(live, "alice")
    house.journal.down = True
    before = live.state
    assert await refused(live.submit(c.RaiseHand(), by="alice")) is Reason.BUSY
    assert live.state == before
    assert alice.events == []
    house.journal.down = False
    await live.submit(c.RaiseHand(), by="alice")
    assert alice.events == ["hand.raised"]


async def test_a_lost_connection_is_not_forgotten_while_the_journal_is_down(
    house: House, live: LiveConference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "RETRY_S", 0)
    alice = await house.joins(live, "alice")
    await house.joins(live, "bob")
    house.journal.down = True
    (leg,) = [leg for leg, of in live.state.legs.items() if of.participant == "bob"]
    house.journal.tried.clear()
    live.drop(leg, DropReason.NETWORK)
    await house.journal.tried.wait()
    house.journal.down = False
    await alice.shows("participant.dropped")
    assert not live.state.participants["bob"].connected


async def test_a_server_that_lost_its_lease_stops_and_sends_people_away(
    house: House, live: LiveConference
) -> None:
    alice = await house.joins(live, "alice")
    house.journal.lost = True
    assert await refused(live.submit(c.RaiseHand(), by="alice")) is Reason.BUSY
    await asyncio.wait([live.over])
    assert alice.closed == SERVER_LEAVES
    assert await refused(live.submit(c.RaiseHand(), by="alice")) is Reason.BUSY
    assert alice.events == []


# Batches and bounds


async def test_what_waits_together_is_kept_together_and_each_is_decided_on_what_was_before(
    house: House, live: LiveConference
) -> None:
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    batches = len(house.journal.batches)
    answers = await asyncio.gather(
        live.submit(c.RaiseHand(), by="bob"),
        live.submit(c.MuteAll(), by="bob"),
        live.submit(h.SendChat(text="Hello"), by="bob"),
        live.submit(c.RaiseHand(), by="bob"),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [type(None), Refused, type(None), type(None)]
    assert house.journal.batches[batches:] == [2]
    assert bob.events == ["hand.raised", "chat.sent"]


async def test_a_batch_is_told_in_one_frame(house: House, live: LiveConference) -> None:
    alice = await house.joins(live, "alice")
    frames = len(alice.frames)
    await asyncio.gather(*(live.submit(h.SendChat(text=str(n)), by="alice") for n in range(50)))
    assert len(alice.frames) == frames + 1
    assert [m["event"]["text"] for m in alice.messages if "event" in m] == [str(n) for n in range(50)]


async def test_a_full_queue_refuses(house: House, live: LiveConference) -> None:
    await house.joins(live, "alice")
    house.journal.open.clear()
    house.journal.tried.clear()
    first = asyncio.create_task(live.submit(c.RaiseHand(), by="alice"))
    await house.journal.tried.wait()
    waiting = [
        asyncio.create_task(live.submit(h.SendChat(text="x"), by="alice"))
        for _ in range(live_module.QUEUE_LENGTH)
    ]
    await asyncio.sleep(0)
    assert await refused(live.submit(c.RaiseHand(), by="alice")) is Reason.BUSY
    house.journal.open.set()
    await asyncio.gather(first, *waiting)


async def test_a_snapshot_is_kept_now_and_then(house: House, live: LiveConference) -> None:
    await house.joins(live, "alice")
    for number in range(live_module.SNAPSHOT_EVERY):
        await live.submit(h.SendChat(text=str(number)), by="alice")
    (snapshot,) = house.journal.snapshots
    assert snapshot.seq >= live_module.SNAPSHOT_EVERY
    assert snapshot == replayed(house, snapshot.seq)


def replayed(house: House, seq: int) -> State:
    state = State()
    for event in house.journal.kept["c1"][:seq]:
        state = evolve(state, event)
    return state


# The clock, and the end


async def test_what_is_due_happens_by_itself(house: House) -> None:
    live = house.begins(Policy(seat_s=0, host_grace_s=0))
    alice = await house.joins(live, "alice")
    await house.joins(live, "bob")
    (leg,) = [leg for leg, of in live.state.legs.items() if of.participant == "bob"]
    live.drop(leg, DropReason.NETWORK)
    assert (await alice.shows("participant.left"))["reason"] == "lost"


async def test_what_is_due_when_it_opens_happens_at_once(house: House) -> None:
    house.now.time += 61_000
    live = house.begins()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.wait([live.over])
    assert live.state.end_reason is EndReason.EMPTY


async def test_the_end_closes_every_socket_and_refuses_what_waited(
    house: House, live: LiveConference
) -> None:
    alice, bob = await house.joins(live, "alice"), await house.joins(live, "bob")
    await live.submit(c.EndConference(), by=SYSTEM)
    assert live.state.status is Status.ENDED
    assert (await alice.closes(), await bob.closes()) == (4410, 4410)
    assert alice.events[-1] == bob.events[-1] == "conference.ended"
    assert await refused(live.submit(c.RaiseHand(), by="bob")) is Reason.ENDED
    await asyncio.wait([live.over])
    assert await refused(live.submit(c.RaiseHand(), by="bob")) is Reason.ENDED


async def test_a_conference_that_moves_away_sends_its_people_after_it(
    house: House, live: LiveConference
) -> None:
    alice = await house.joins(live, "alice")
    await live.stop()
    assert alice.closed == SERVER_LEAVES
    assert live.state.status is Status.OPEN
    assert await refused(live.submit(c.RaiseHand(), by="alice")) is Reason.BUSY


async def test_what_is_being_written_when_it_moves_away_is_told_before(
    house: House, live: LiveConference
) -> None:
    alice = await house.joins(live, "alice")
    house.journal.open.clear()
    house.journal.tried.clear()
    asking = asyncio.create_task(live.submit(c.RaiseHand(), by="alice"))
    await house.journal.tried.wait()
    stopping = asyncio.create_task(live.stop())
    await asyncio.sleep(0)
    house.journal.open.set()
    await asyncio.gather(asking, stopping)
    assert alice.events == ["hand.raised"]
    assert alice.closed == SERVER_LEAVES
