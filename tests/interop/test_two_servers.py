"""A farm: a front-end and two conference servers, with PostgreSQL and Redis. One of them is killed."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conferences.browsers import SECRET_KEY, Browser, arrives, joins, new_room, seat_token
from tests.house import RunningServer, running_server

pytestmark = pytest.mark.interop

OWNER = "from conferences.models import Conference; print(Conference.objects.get(pk='{}').server)"
TRIES = 30


class Farm:
    """`farm["one"]` is a server; people come in by the front-end."""

    def __init__(self, servers: dict[str, RunningServer]) -> None:
        self.servers = servers
        self.door = servers["front"]

    def owner(self, conference: str) -> RunningServer:
        found = self.door.manage("shell", "-v0", "-c", OWNER.format(conference))
        return self.servers[found.stdout.strip()]


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
        yield Farm(servers)


async def comes_back(farm: Farm, room: int, who: str, before: Browser) -> Browser:
    """As pages do: again and again, until another server has taken the conference over."""
    seat, seq = seat_token(room, who), before.seqs[-1]
    for _ in range(TRIES):
        browser = await arrives(farm.door.port, seat, conference=before.conference, seq=seq)
        try:
            await browser.hears(lambda frame: "resumed" in frame or "welcome" in frame)
        except AssertionError:
            await asyncio.sleep(1)
        else:
            return browser
    raise AssertionError(f"{who} never came back")


async def test_a_conference_goes_on_when_its_server_is_killed(farm: Farm) -> None:
    room = await asyncio.to_thread(new_room, farm.door)
    alice, bob = [await joins(farm.door.port, room, who) for who in ("alice", "bob")]
    owner = await asyncio.to_thread(farm.owner, alice.conference)
    assert owner is not farm.door
    carol = await joins(owner.port, room, "carol")
    await bob.asks("chat.send", text="Before")
    for browser in (alice, bob, carol):
        await browser.hears_event("chat.sent", text="Before")

    owner.send(signal.SIGKILL)
    back = await asyncio.gather(
        *(comes_back(farm, room, who, before) for who, before in (("alice", alice), ("bob", bob)))
    )
    heir = await asyncio.to_thread(farm.owner, alice.conference)
    assert heir not in (owner, farm.door)
    await back[0].asks("chat.send", text="After")
    for browser in back:
        await browser.hears_event("chat.sent", text="After")
    fresh = await joins(farm.door.port, room, "mallory")
    assert [line["text"] for line in fresh.picture["chat"]] == ["Before", "After"]
    assert set(fresh.picture["participants"]) == {"alice", "bob", "carol", "mallory"}
    for browser in (alice, bob, *back, fresh):
        await browser.leaves()
