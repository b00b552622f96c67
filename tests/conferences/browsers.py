"""People at a real server: each a websocket of the `websockets` library, that keeps what it is told."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from auth_gateway.seats import Seat, seat_sign
from tests.house import RunningServer

PATIENCE_S = 60.0
HEARTBEAT_S = 5.0
SECRET_KEY = "the key of a server in a test"

NEW_ROOM = """
from auth_gateway.models import User
from auth_gateway.services import user_create
from conferences.services import room_create
owner = User.objects.filter(username="alice").first()
owner = owner or user_create(username="alice", password="correct horse battery staple")
print(room_create(owner=owner, wishes={"name": "Archery"})[0].pk)
"""


def new_room(server: RunningServer) -> int:
    return int(server.shell(NEW_ROOM))


def seat_token(room: int, who: str) -> str:
    """As the room's page hands them out; alice is entitled to be host."""
    now = time.time_ns() // 1_000_000
    seat = Seat(
        room=room, participant=who, name=who.title(), account="", entitled=who == "alice", issued_at=now
    )
    return seat_sign(seat, SECRET_KEY.encode())


class Browser:
    """One participant's page; `frames` is everything it was told, events in order under `events`."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._arrived = asyncio.Event()
        self.frames: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self._reading = asyncio.create_task(self._read())
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        """As pages do: who says nothing for long is taken for dead."""
        with contextlib.suppress(ConnectionClosed):
            while not (await asyncio.wait([self._reading], timeout=HEARTBEAT_S))[0]:
                await self.says({"signal": {"type": "ping"}})

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                message = json.loads(await self._connection.recv())
                self.frames += message if isinstance(message, list) else [message]
                self._arrived.set()
        self.close_code = self._connection.close_code
        self._arrived.set()

    async def says(self, message: dict[str, Any]) -> None:
        await self._connection.send(json.dumps(message))

    async def asks(self, kind: str, **fields: Any) -> None:
        await self.says({"ref": 1, "command": {"type": kind, **fields}})

    async def hears(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first frame that is wanted, now or later."""
        looked_at = 0
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for frame in self.frames[looked_at:]:
                    if wanted(frame):
                        return frame
                looked_at = len(self.frames)
                if self.close_code is not None:
                    raise AssertionError(f"closed with {self.close_code} after {self.frames[-3:]}")
                self._arrived.clear()
                await self._arrived.wait()

    async def hears_event(self, kind: str, **fields: Any) -> dict[str, Any]:
        def wanted(frame: dict[str, Any]) -> bool:
            event = frame.get("event") or {}
            return {"type": kind, **fields}.items() <= event.items()

        return await self.hears(wanted)

    async def is_closed(self) -> int:
        async with asyncio.timeout(PATIENCE_S):
            await self._reading
        assert self.close_code is not None
        return self.close_code

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [f["event"] for f in self.frames if f.get("event") and f["event"]["type"] == kind]

    @property
    def seqs(self) -> list[int]:
        """The numbers of all it was told, a welcome's first."""
        return [frame["seq"] for frame in self.frames if "seq" in frame]

    @property
    def picture(self) -> dict[str, Any]:
        """The last whole picture it was shown."""
        return [dict(frame["welcome"]) for frame in self.frames if "welcome" in frame][-1]

    @property
    def conference(self) -> str:
        return next(str(frame["conference"]) for frame in self.frames if "conference" in frame)

    async def leaves(self) -> None:
        await self._connection.close()
        await self._reading


async def arrives(
    server_port: int, seat: str, *, conference: str | None = None, seq: int | None = None
) -> Browser:
    """Somebody opens the page's websocket and shows a seat."""
    url, origin = f"ws://localhost:{server_port}/ws/", Origin(f"http://localhost:{server_port}")
    connection = await connect(url, origin=origin, compression=None, max_size=None, ping_interval=None)
    browser = Browser(connection)
    resuming = {"conference": conference, "seq": seq} if conference else {}
    await browser.says({"seat": seat, **resuming})
    return browser


async def joins(server_port: int, room: int, who: str) -> Browser:
    browser = await arrives(server_port, seat_token(room, who))
    await browser.hears(lambda frame: "welcome" in frame)
    return browser


@contextlib.asynccontextmanager
async def people_at(server_port: int, room: int, names: list[str]) -> AsyncIterator[list[Browser]]:
    """All of them joined, one after the other in groups; gone afterwards."""
    browsers: list[Browser] = []
    try:
        for at in range(0, len(names), 20):
            group = names[at : at + 20]
            browsers += await asyncio.gather(*(joins(server_port, room, who) for who in group))
        yield browsers
    finally:
        await asyncio.gather(*(browser.leaves() for browser in browsers))


def guest() -> str:
    return f"guest-{secrets.token_hex(4)}"
