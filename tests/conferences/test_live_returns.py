"""Coming back to a `LiveConference`, and taking one over from another server."""

import asyncio

import pytest

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules import Reason
from conferences.core.words import Policy, Role
from conferences.live import LiveConference
from tests.conferences.house import House, refused
from tests.conferences.meeting import BEGIN, Meeting

# Coming back


async def test_who_comes_back_is_told_what_was_missed(house: House, live: LiveConference) -> None:
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    last_seq = bob.seqs[-1]
    await live.submit(c.RaiseHand(), by="alice")
    again = await house.joins(live, "bob", last_seq=last_seq)
    head, *missed = again.messages
    assert head["resumed"] == len(missed)
    assert head["you"] == "bob"
    assert [message["seq"] for message in missed] == list(range(last_seq + 1, live.state.seq + 1))
    assert "hand.raised" in again.events


async def test_who_comes_back_is_not_told_what_was_for_others(house: House, live: LiveConference) -> None:
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    await house.joins(live, "carol")
    last_seq = bob.seqs[-1]
    await live.submit(h.SendChat(text="psst", to="carol"), by="alice")
    again = await house.joins(live, "bob", last_seq=last_seq)
    assert b"psst" not in again.frames[0].text
    assert None in again.events


@pytest.mark.parametrize("last_seq", [0, 1, 10_000], ids=["nothing", "too old", "the future"])
async def test_who_heard_what_we_no_longer_know_is_told_all(
    house: House, live: LiveConference, last_seq: int
) -> None:
    await house.joins(live, "alice")
    again = await house.joins(live, "alice", last_seq=last_seq)
    assert "welcome" in again.messages[0]


async def test_who_was_let_in_meanwhile_is_told_all(house: House) -> None:
    live = house.begins(Policy(lobby=True))
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    await live.submit(h.SendChat(text="before"), by="alice")
    last_seq = bob.seqs[-1]
    await live.submit(c.AdmitParticipant(participant="bob"), by="alice")
    again = await house.joins(live, "bob", last_seq=last_seq)
    assert set(again.messages[0]["welcome"]["participants"]) == {"alice", "bob"}


async def test_who_is_let_in_is_told_all_instead_of_the_events(house: House) -> None:
    live = house.begins(Policy(lobby=True))
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    assert list(bob.messages[0]["welcome"]["participants"]) == ["bob"]
    await live.submit(c.AdmitParticipant(participant="bob"), by="alice")
    assert set(bob.messages[-1]["welcome"]["participants"]) == {"alice", "bob"}
    assert "participant.admitted" not in bob.events


async def test_who_was_removed_hears_nothing_of_what_follows_at_once(
    house: House, live: LiveConference
) -> None:
    await house.joins(live, "alice")
    bob = await house.joins(live, "bob")
    await asyncio.gather(
        live.submit(c.RemoveParticipant(participant="bob"), by="alice"),
        live.submit(h.SendChat(text="Now we are among ourselves"), by="alice"),
    )
    assert bob.events[-2:] == ["participant.left", None]
    assert bob.closed == 4410


async def test_a_second_tab_takes_the_seat(house: House, live: LiveConference) -> None:
    first = await house.joins(live, "alice")
    second = await house.joins(live, "alice")
    assert first.closed == 4409
    assert second.closed is None
    assert list(live.state.participants) == ["alice"]


async def test_who_is_refused_is_told_nothing(house: House, live: LiveConference) -> None:
    await house.joins(live, "alice")
    await live.submit(c.LockConference(), by="alice")
    assert await refused(house.joins(live, "bob")) is Reason.LOCKED
    assert house.hub.count() == 1


# Taking over


async def test_another_servers_conference_goes_on_with_everything_in_place(house: House) -> None:
    meeting = Meeting()
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("carol", c.RaiseHand())
    meeting.does("bob", h.SendChat(text="Hello"))
    house.journal.kept["c1"] = list(meeting.events)
    live = house.runs(meeting.state)
    screen = await house.joins(live, "bob", last_seq=meeting.state.seq)
    assert list(live.state.participants) == ["alice", "bob", "carol"]
    assert [p.connected for p in live.state.participants.values()] == [False, True, False]
    assert live.state.participants["bob"].role is Role.PRESENTER
    assert live.state.participants["carol"].hand
    assert [line.text for line in live.state.chat] == ["Hello"]
    assert screen.messages[0]["resumed"] == len(screen.messages) - 1


async def test_nobody_was_here_after_the_dead_server_was_heard_of_last(house: House) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    house.journal.kept["c1"] = list(meeting.events)
    live = house.runs(meeting.state, left_at=BEGIN + 1)
    await house.joins(live, "alice")
    closed = [event for event in house.journal.kept["c1"] if isinstance(event, e.LegClosed)]
    assert [event.seen_at for event in closed] == [BEGIN + 1]


async def test_who_missed_the_last_words_of_a_dead_server_is_told_all(house: House) -> None:
    meeting = Meeting()
    meeting.joins("alice")
    meeting.does("alice", c.RaiseHand())
    house.journal.kept["c1"] = list(meeting.events)
    live = house.runs(meeting.state)
    screen = await house.joins(live, "alice", last_seq=meeting.state.seq - 1)
    assert "welcome" in screen.messages[0]
