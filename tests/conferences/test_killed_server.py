"""A server is killed in the middle of a conference, and started again: everything is in place."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conferences.browsers import SECRET_KEY, Browser, arrives, joins, new_room, seat_token
from tests.house import RunningServer, running_server

pytestmark = pytest.mark.interop

CAST = ("alice", "bob", "carol")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running_server(tmp_path, SECRET_KEY=SECRET_KEY, EMBEDDED_WORKER="false") as server:
        yield server


async def test_a_conference_survives_its_server(server: RunningServer) -> None:
    room = new_room(server)
    people = {who: await joins(server.port, room, who) for who in CAST}
    await a_conference_happens(people)
    roster = ["alice", "bob", "carol"]
    seats = {who: seat_token(room, who) for who in CAST}
    conference, heard = people["alice"].conference, {who: people[who].seqs[-1] for who in CAST}

    server.send(signal.SIGKILL)
    await asyncio.gather(*(browser.is_closed() for browser in people.values()))
    server.end()
    await asyncio.to_thread(server.start)

    back = {
        who: await arrives(server.port, seats[who], conference=conference, seq=heard[who]) for who in CAST
    }
    for who, browser in back.items():
        head = await browser.hears(lambda frame: "resumed" in frame or "welcome" in frame)
        assert (head["you"], head["conference"]) == (who, conference)
    fresh = await joins(server.port, room, "mallory")
    picture = fresh.picture
    assert list(picture["participants"]) == [*roster, "mallory"]
    assert all(one["connected"] for one in picture["participants"].values())
    assert picture["participants"]["bob"]["role"] == "presenter"
    assert picture["participants"]["carol"]["hand"] > 0
    assert [line["text"] for line in picture["chat"]] == ["Before the crash"]
    assert picture["locked"] is False
    await back["alice"].asks("chat.send", text="After the crash")
    await asyncio.gather(*(one.hears_event("chat.sent", text="After the crash") for one in back.values()))
    for browser in (*back.values(), fresh):
        await browser.leaves()


async def a_conference_happens(people: dict[str, Browser]) -> None:
    await people["alice"].asks("role.set", participant="bob", role="presenter")
    await people["bob"].hears(lambda frame: "welcome" in frame and presents(frame["welcome"], "bob"))
    await people["carol"].asks("hand.raise")
    await people["bob"].asks("chat.send", text="Before the crash")
    for who in ("alice", "carol"):  # Bob sees more from then on, and was told by a new picture
        await people[who].hears_event("role.changed", participant="bob")
    for browser in people.values():
        await browser.hears_event("hand.raised", participant="carol")
        await browser.hears_event("chat.sent", text="Before the crash")


def presents(picture: dict[str, Any], who: str) -> bool:
    return picture["participants"].get(who, {}).get("role") == "presenter"
