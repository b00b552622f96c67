"""Two hundred people in one conference of a real server: everyone hears everything, in order, once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conferences.browsers import SECRET_KEY, Browser, new_room, people_at
from tests.house import RunningServer, running_server

pytestmark = [pytest.mark.interop, pytest.mark.campaign]

PEOPLE = 200


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running_server(
        tmp_path, SECRET_KEY=SECRET_KEY, MAX_PARTICIPANTS="300", EMBEDDED_WORKER="false"
    ) as server:
        yield server


async def test_two_hundred_people_hear_everything_in_order(server: RunningServer) -> None:
    names = ["alice", *(f"guest-{number}" for number in range(1, PEOPLE))]
    async with people_at(server.port, new_room(server), names) as people:
        alice, *guests = people
        await alice.hears_event("participant.joined", participant=names[-1])
        for guest in guests[:20]:
            await guest.asks("hand.raise")
        await asyncio.gather(*(guest.asks("chat.send", text=f"from {n}") for n, guest in enumerate(guests)))
        await alice.hears(lambda frame: len(alice.events("chat.sent")) == PEOPLE - 1)
        await alice.asks("hand.lower_all")
        await alice.asks("chat.send", text="the end")
        await asyncio.gather(*(one.hears_event("chat.sent", text="the end") for one in people))
    for one in people:
        assert_nothing_is_lost_or_doubled(one)
    assert len({tuple(heard_after_all_came(one, alice)) for one in people}) == 1, "all heard the same"


def assert_nothing_is_lost_or_doubled(browser: Browser) -> None:
    assert browser.seqs == list(range(browser.seqs[0], browser.seqs[-1] + 1))


def heard_after_all_came(browser: Browser, alice: Browser) -> list[str]:
    """What was told since the last one joined, as it was told."""
    last_join = max(
        frame["seq"]
        for frame in alice.frames
        if frame.get("event") and frame["event"]["type"] == "participant.joined"
    )
    told = [frame for frame in browser.frames if "event" in frame and frame["seq"] > last_join + 1]
    the_end = next(n for n, f in enumerate(told) if f["event"] and f["event"].get("text") == "the end")
    return [str(frame) for frame in told[: the_end + 1]]
