"""A farm: a front-end and two conference servers, with PostgreSQL and Redis. One of them is killed."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.conferences.browsers import SECRET_KEY, Browser, arrives, joins, new_room, seat_token
from tests.house import RunningServer, running_server, wait_until

pytestmark = pytest.mark.interop

OWNER = "SELECT server FROM conferences_conference WHERE id = %s"


class Farm:
    """People come in by `door`, the front-end."""

    def __init__(self, servers: dict[str, RunningServer], database: str) -> None:
        self.door = servers["front"]
        self._servers = servers
        self._database = database

    def owner(self, conference: str) -> RunningServer:
        with psycopg.connect(self._database) as rows:
            (name,) = rows.execute(OWNER, [conference]).fetchone() or ("",)
        return self._servers[name]


@pytest.fixture
def farm(tmp_path: Path, postgres: str, redis_url: str) -> Iterator[Farm]:
    roles = {"front": "front-end", "one": "conference", "two": "conference"}
    shared = {"DATABASE_URL": postgres, "REDIS_URL": redis_url, "SECRET_KEY": SECRET_KEY}
    with ExitStack() as stack:
        servers = {}
        for name, role in roles.items():
            folder = tmp_path / name
            folder.mkdir()
            own = {"SERVER_NAME": name, "SERVER_ROLE": role, "MEDIA_PUBLIC_ADDRESS": "127.0.0.1"}
            servers[name] = stack.enter_context(running_server(folder, **shared, **own))
        yield Farm(servers, postgres)


async def comes_back(farm: Farm, room: int, who: str, before: Browser) -> Browser:
    """As pages do, with the seat and the last number they heard."""
    seat = seat_token(room, who)
    browser = await arrives(farm.door.port, seat, conference=before.conference, seq=before.seqs[-1])
    await browser.hears(lambda frame: "resumed" in frame or "welcome" in frame)
    return browser


async def test_a_conference_goes_on_when_its_server_is_killed(farm: Farm) -> None:
    room = await asyncio.to_thread(new_room, farm.door)
    alice, bob = [await joins(farm.door.port, room, who) for who in ("alice", "bob")]
    owner = farm.owner(alice.conference)
    assert owner is not farm.door
    carol = await joins(owner.port, room, "carol")
    await bob.asks("chat.send", text="Before")
    for browser in (alice, bob, carol):
        await browser.hears_event("chat.sent", text="Before")

    owner.send(signal.SIGKILL)
    taken_over = "another server takes the conference over"
    await asyncio.to_thread(wait_until, lambda: farm.owner(alice.conference) is not owner, taken_over)
    heir = farm.owner(alice.conference)
    assert heir is not farm.door
    back = await asyncio.gather(
        *(comes_back(farm, room, who, before) for who, before in (("alice", alice), ("bob", bob)))
    )
    await back[0].asks("chat.send", text="After")
    for browser in back:
        await browser.hears_event("chat.sent", text="After")
    fresh = await joins(farm.door.port, room, "mallory")
    assert [line["text"] for line in fresh.picture["chat"]] == ["Before", "After"]
    assert set(fresh.picture["participants"]) == {"alice", "bob", "carol", "mallory"}
    for browser in (alice, bob, *back, fresh):
        await browser.leaves()
