"""What is in a simulated Janus: connections, handles, rooms, participants."""

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.bridges.simulators.janus_sound import Port

Data = dict[str, Any]


class Participant:
    def __init__(self, room: "Room", handle: "Handle", name: str, display: str) -> None:
        self.room, self.handle, self.name, self.display = room, handle, name, display
        self.port: Port | None = None
        self.muted = False
        self.talking: bool | None = None

    def shown(self) -> Data:
        display = {"display": self.display} if self.display else {}
        talking = {} if self.talking is None else {"talking": self.talking}
        setup = self.port is not None and self.port.active
        return {"id": self.name} | display | {"setup": setup, "muted": self.muted} | talking


class Room:
    def __init__(self, name: str, asked: Data) -> None:
        self.name = name
        self.secret, self.pin = asked.get("secret", ""), asked.get("pin", "")
        self.takes_rtp = asked.get("allow_rtp_participants", False)
        self.private = asked.get("is_private", False)
        self.muted = self.checks = False
        self.tokens: list[str] = []
        self.inside: dict[str, Participant] = {}

    def tell(self, data: Data, but: Participant | None = None) -> None:
        for one in list(self.inside.values()):
            if one is not but:
                one.handle.tell(data)

    def shown(self) -> Data:
        about = {"room": self.name, "description": f"Room {self.name}", "sampling_rate": 16000}
        rest = {"pin_required": bool(self.pin), "record": False, "muted": self.muted}
        return about | {"spatial_audio": False} | rest | {"num_participants": len(self.inside)}


class Handle:
    def __init__(self, id: int, connection: "Connection") -> None:
        self.id, self.connection = id, connection
        self.participant: Participant | None = None

    def tell(self, data: Data, **more: Any) -> None:
        plugin = {"plugin": "janus.plugin.audiobridge", "data": data}
        self.connection.send(
            {"janus": "event", "session_id": self.connection.session} | more
            | {"sender": self.id, "plugindata": plugin}
        )  # fmt: skip


class Connection:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.session = 0
        self.handles: dict[int, Handle] = {}
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()

    def send(self, message: Data) -> None:
        self._outgoing.put_nowait(json.dumps(message, indent=3))

    def say(self, text: str) -> None:
        self._outgoing.put_nowait(text)

    async def write(self) -> None:
        while True:
            await self.socket.send_str(await self._outgoing.get())
