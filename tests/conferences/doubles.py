"""Small real objects in the place of neighbours, each with a dial."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.journal import Journal, JournalDown, LeaseLost
from conferences.live import Follower
from conferences.sockets import Frame, frame
from tests.conferences.meeting import BEGIN

PATIENCE_S = 20.0
"""For what must come; only a failing test waits so long."""


class Watch:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.time = BEGIN

    def __call__(self) -> int:
        return self.time


class PaperJournal(Journal):
    """Keeps in memory. Dials: `down`, `lost`; and `closed`: appends wait until it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, list[AnyEvent]] = defaultdict(list)
        self.batches: list[int] = []
        self.snapshots: list[State] = []
        self.down = False
        self.lost = False
        self.open = asyncio.Event()
        self.open.set()
        self.tried = asyncio.Event()

    async def append(
        self,
        conference: str,
        first_seq: int,
        events: Sequence[AnyEvent],
        *,
        snapshot: State | None = None,
    ) -> None:
        self.tried.set()
        await self.open.wait()
        if self.down:
            raise JournalDown
        if self.lost or first_seq != len(self.kept[conference]) + 1:
            raise LeaseLost
        self.kept[conference] += events
        self.batches.append(len(events))
        if snapshot is not None:
            self.snapshots.append(snapshot)


class Screen:
    """The writing end of a websocket; what arrives is read by tests. Dial: `behind`."""

    def __init__(self) -> None:
        self.behind = False
        self.frames: list[Frame] = []
        self.closed: int | None = None
        self.changed = asyncio.Event()

    def write(self, frame: Frame) -> None:
        if self.closed is None:
            self.frames.append(frame)
            self.changed.set()

    def offer(self, frame: Frame) -> bool:
        if not self.behind:
            self.write(frame)
        return not self.behind

    def close(self, code: int) -> None:
        if self.closed is None:
            self.closed = code
            self.changed.set()

    @property
    def messages(self) -> list[dict[str, Any]]:
        """All messages, those of a list one by one."""
        found: list[dict[str, Any]] = []
        for written in self.frames:
            message = json.loads(written.text)
            found += message if isinstance(message, list) else [message]
        return found

    @property
    def events(self) -> list[str | None]:
        """The kinds of all events told; None for each that is for others."""
        told = [message for message in self.messages if "event" in message]
        return [message["event"] and message["event"]["type"] for message in told]

    @property
    def seqs(self) -> list[int]:
        return [message["seq"] for message in self.messages if "seq" in message]

    async def shows(self, kind: str) -> dict[str, Any]:
        """Wait until an event of this kind has arrived."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for message in self.messages:
                    if (event := message.get("event")) and event["type"] == kind:
                        return dict(event)
                self.changed.clear()
                await self.changed.wait()

    async def closes(self) -> int:
        async with asyncio.timeout(PATIENCE_S):
            while self.closed is None:
                self.changed.clear()
                await self.changed.wait()
        return self.closed


class Chronicler(Follower):
    """A follower. Dial: `faulty`."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self.told: list[tuple[str, int, list[AnyEvent]]] = []
        self.left: list[str] = []
        self.faulty = False

    async def begin(self, conference: str, state: State) -> None:
        if self.faulty:
            raise ValueError("this follower is out of order")
        self.begun.append((conference, state.seq))

    async def leave(self, conference: str) -> None:
        self.left.append(conference)

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        if self.faulty:
            raise ValueError("this follower is out of order")
        self.told.append((conference, first_seq, list(events)))


class Tab:
    """A browser's tab at the websocket's ASGI application, with no server between."""

    def __init__(self, application: Any) -> None:
        self.screen = Screen()
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        scope = {"type": "websocket", "path": "/ws/"}
        self.ends = asyncio.create_task(application(scope, self._incoming.get, self._send))

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self.screen.write(frame(message["text"].encode()))
        elif message["type"] == "websocket.close":
            self.screen.close(message["code"])
            self._incoming.put_nowait({"type": "websocket.disconnect"})

    def says(self, message: object) -> None:
        self.says_raw(json.dumps(message))

    def says_raw(self, message: str | bytes) -> None:
        kind = "text" if isinstance(message, str) else "bytes"
        self._incoming.put_nowait({"type": "websocket.receive", kind: message})

    def asks(self, kind: str, *, ref: int = 1, **fields: Any) -> None:
        self.says({"ref": ref, "command": {"type": kind, **fields}})

    def vanishes(self) -> None:
        self._incoming.put_nowait({"type": "websocket.disconnect"})

    async def hears(self, key: str) -> dict[str, Any]:
        """The next message with this key that was not asked for before."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for number, message in enumerate(self.screen.messages):
                    if key in message and number >= self._read:
                        self._read = number + 1
                        return message
                self.screen.changed.clear()
                await self.screen.changed.wait()

    _read = 0

    async def is_refused(self) -> tuple[str, int]:
        """Why, and the close code."""
        refusal = await self.hears("refused")
        code = await self.screen.closes()
        await self.is_over()
        return refusal["refused"], code

    async def is_over(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self.ends
