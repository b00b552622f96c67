"""The journal, in the real database: durable when told so, in order, without holes. `tests/interop` runs
these on PostgreSQL too."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from django.db import connection

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core.events import ConferenceEnded, ParticipantJoined, ReactionSent
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason, EndReason, Reaction
from conferences.journal import (
    Journal,
    JournalDown,
    LeaseLost,
    append_left,
    crossing,
    entries,
    last_event_at,
    read_events,
    read_state,
)
from conferences.models import Conference, JournalEntry, Room, Snapshot
from tests.conferences.meeting import BEGIN, Meeting

pytestmark = pytest.mark.django_db(transaction=True)


def reaction(at: int = BEGIN) -> ReactionSent:
    return ReactionSent(participant="bob", reaction=Reaction.HEART, at=at)


@pytest.fixture
async def journal() -> AsyncIterator[Journal]:
    journal = Journal()
    journal.start()
    yield journal
    await journal.stop()


@crossing
def begun(room: Room, conference: str) -> str:
    """A conference of its own room, for only one may run in each."""
    other = Room.objects.create(owner=room.owner, name=conference, slug=conference, code=conference[-9:])
    return Conference.objects.create(id=conference, room=other, created_at=BEGIN).id


@crossing
def kept(conference: str) -> list[tuple[int, int]]:
    """Number and time of every entry."""
    return list(JournalEntry.objects.filter(conference=conference).values_list("seq", "at"))


async def test_what_was_appended_is_there(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    await journal.append(conference, 1, [reaction(), reaction(BEGIN + 1)])
    assert await kept(conference) == [(1, BEGIN), (2, BEGIN + 1)]
    assert journal.appended == 2


async def test_appends_of_many_conferences_all_land_in_order_without_holes(
    journal: Journal, aroom: Room
) -> None:
    conferences = [await begun(aroom, f"c{number}") for number in range(20)]

    async def writes(conference: str) -> None:
        for seq in range(1, 21):
            await journal.append(conference, seq, [reaction(BEGIN + seq)])

    await asyncio.gather(*map(writes, conferences))
    for conference in conferences:
        assert await kept(conference) == [(seq, BEGIN + seq) for seq in range(1, 21)]
    assert journal.appended == 400


async def test_who_lost_the_lease_is_told_and_nobody_else_in_the_same_commit(
    journal: Journal, aroom: Room
) -> None:
    ours, theirs = await begun(aroom, "ours"), await begun(aroom, "theirs")
    await journal.append(theirs, 1, [reaction()])
    outcomes = await asyncio.gather(
        *(journal.append(ours, seq, [reaction()]) for seq in range(1, 11)),
        journal.append(theirs, 1, [reaction()]),
        *(journal.append(ours, seq, [reaction()]) for seq in range(11, 21)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes if outcome] == [LeaseLost]
    assert len(await kept(ours)) == 20
    assert len(await kept(theirs)) == 1
    assert journal.appended == 21


async def test_one_append_is_kept_whole_or_not_at_all(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    await journal.append(conference, 3, [reaction()])
    with pytest.raises(LeaseLost):
        await journal.append(conference, 1, [reaction(), reaction(), reaction()])
    assert [seq for seq, _ in await kept(conference)] == [3]


async def test_a_conference_whose_room_was_deleted_is_no_longer_ours(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    await crossing(Conference.objects.all().delete)()
    with pytest.raises(LeaseLost):
        await journal.append(conference, 1, [reaction()])


async def test_while_the_database_is_down_it_refuses_and_then_goes_on(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    await rename_table("conferences_journalentry", "elsewhere")
    try:
        with pytest.raises(JournalDown):
            await journal.append(conference, 1, [reaction()])
    finally:
        await rename_table("elsewhere", "conferences_journalentry")
    await journal.append(conference, 1, [reaction()])
    assert len(await kept(conference)) == 1
    assert journal.works


@crossing
def rename_table(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")


async def test_what_cannot_be_written_down_does_not_stop_the_writer(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    with pytest.raises(JournalDown):
        await journal.append(conference, 1, [object()])  # type: ignore[list-item] # that is the point
    await journal.append(conference, 1, [reaction()])
    assert len(await kept(conference)) == 1


async def test_what_was_handed_over_before_it_stops_is_written(aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    journal = Journal()
    journal.start()
    appending = [asyncio.create_task(journal.append(conference, n, [reaction()])) for n in range(1, 51)]
    await asyncio.sleep(0)
    await journal.stop()
    await asyncio.gather(*appending)
    assert len(await kept(conference)) == 50
    assert not journal.works


async def test_the_end_is_written_on_the_conference_itself(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    await journal.append(conference, 1, [reaction(), ConferenceEnded(reason=EndReason.LONE, at=BEGIN + 5)])
    row = await crossing(Conference.objects.get)(pk=conference)
    assert (row.ended_at, row.end_reason) == (BEGIN + 5, "lone")


# Reading again


def afternoon() -> Meeting:
    """With everything that the server itself brings about."""
    meeting = Meeting()
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    meeting.does("bob", h.SendChat(text="Hello"))
    meeting.does("carol", c.RaiseHand())
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of("bob"), reason=DropReason.NETWORK))
    meeting.wait(61)
    meeting.does("alice", c.LockConference())
    meeting.does(SYSTEM, c.UnlockConference())
    return meeting


@crossing
def write_down(conference: str, events: list[AnyEvent]) -> None:
    JournalEntry.objects.bulk_create(entries(conference, 1, events))


async def test_the_journal_gives_the_state_back(aroom: Room) -> None:
    conference, meeting = await begun(aroom, "c1"), afternoon()
    await write_down(conference, meeting.events)
    assert await crossing(read_state)(conference) == meeting.state


@pytest.mark.parametrize("at", [1, 5, 12])
async def test_a_snapshot_and_what_came_later_are_the_whole(aroom: Room, journal: Journal, at: int) -> None:
    conference, meeting = await begun(aroom, "c1"), afternoon()
    early = replayed(meeting.events[:at])
    await journal.append(conference, 1, meeting.events[:at], snapshot=early)
    await journal.append(conference, at + 1, meeting.events[at:])
    assert await crossing(Snapshot.objects.count)() == 1
    assert await crossing(read_state)(conference) == meeting.state == replayed(meeting.events)


async def test_a_later_snapshot_replaces_the_one_before(aroom: Room, journal: Journal) -> None:
    conference, meeting = await begun(aroom, "c1"), afternoon()
    for seq, event in enumerate(meeting.events, start=1):
        await journal.append(conference, seq, [event], snapshot=replayed(meeting.events[:seq]))
    snapshot = await crossing(Snapshot.objects.get)(conference=conference)
    assert snapshot.seq == meeting.state.seq


def replayed(events: list[AnyEvent]) -> State:
    state = State()
    for event in events:
        state = evolve(state, event)
    return state


async def test_events_of_a_kind_are_read_alone_and_in_order(journal: Journal, aroom: Room) -> None:
    conference = await begun(aroom, "c1")
    meeting = Meeting()
    for who in ("alice", "bob"):
        meeting.joins(who)
        meeting.does(who, h.SendChat(text='{"type":"participant.joined",'))
    await journal.append(conference, 1, meeting.events)
    joined = await crossing(read_events)(conference, [ParticipantJoined])
    assert [(type(event), event.participant) for event in joined if isinstance(event, ParticipantJoined)] == [
        (ParticipantJoined, "alice"),
        (ParticipantJoined, "bob"),
    ]
    assert len(joined) == 2


async def test_what_a_gone_server_left_is_gone_on_with(journal: Journal, aroom: Room) -> None:
    """Whoever it was finds that the conference is no longer theirs."""
    conference = await begun(aroom, "left")
    assert await crossing(last_event_at)(conference) == 0
    assert await crossing(append_left)(conference, reaction())
    assert await crossing(last_event_at)(conference) == BEGIN
    with pytest.raises(LeaseLost):
        await journal.append(conference, 1, [reaction()])
