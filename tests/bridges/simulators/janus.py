"""Janus 1.1.2 with its AudioBridge, as adapters see it: what it says is what the real one said.

Its quirks are kept: answers before their `ack`; who is kicked is told at once, and is listed until their
`leaving` a moment later; a repeated mute is a success that nobody is told of; `setup` comes with the first
packet; participants by plain RTP never talk; with the connection all of it goes.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.bridges.patience import within_patience
from tests.bridges.simulators.janus_rooms import Connection, Data, Handle, Participant, Room
from tests.bridges.simulators.janus_sound import TURN_S, Port, mix

LEAVES_AFTER_S = 0.05


class Error(Exception):
    """Of the AudioBridge: its code, and its words."""


class JanusSimulator:
    """Dials: `is_mute` (answers nothing), `doubles` (tells everything twice), `says` (to who connected last),
    `talks`, `restart`."""

    def __init__(self, *, api_secret: str, admin_key: str) -> None:
        self._api_secret, self._admin_key = api_secret, admin_key
        self.port = 0
        self.is_mute = self.doubles = False
        self.rooms: dict[str, Room] = {}
        self.asked: list[str] = []
        """What we were asked for, in order."""
        self._heard: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._ids = itertools.count(1000)
        self._connections: list[Connection] = []
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sync: dict[str, Callable[[Data], Data]] = {
            "create": self._create, "destroy": self._destroy, "list": self._list, "kick": self._kick,
            "listparticipants": self._list_participants, "allowed": self._allowed,
            "mute": self._mute, "unmute": self._mute, "mute_room": self._mute_room,
            "unmute_room": self._mute_room,
        }  # fmt: skip

    async def open(self) -> None:
        app = web.Application()
        app.router.add_get("/", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._spawn(self._mix())

    async def close(self) -> None:
        for connection in list(self._connections):
            self._forget(connection)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def restart(self) -> None:
        """Whatever it knew is gone."""
        await self.close()
        self.rooms.clear()
        await self.open()

    def says(self, text: str) -> None:
        self._connections[-1].say(text)

    def talks(self, room: str, name: str, *, talking: bool) -> None:
        """As one who came by WebRTC."""
        self.rooms[room].inside[name].talking = talking
        what = "talking" if talking else "stopped-talking"
        level = {"audio-level-dBov-avg": 21.5 if talking else 90.0}
        self.rooms[room].tell({"audiobridge": what, "room": room, "id": name} | level)

    async def heard(self, what: str) -> None:
        """Returns when somebody says this (again)."""
        self._heard[what].clear()
        async with within_patience(f"Janus hears {what}"):
            await self._heard[what].wait()

    def ours(self, room: str, purpose: str) -> list[str]:
        return [name for name in self.rooms[room].inside if f":{purpose}:" in name]

    # The wire

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("janus-protocol",))
        await socket.prepare(request)
        connection = Connection(socket)
        self._connections.append(connection)
        self._spawn(connection.write())
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT or frame.type is WSMsgType.BINARY:
                    await self._hear(connection, json.loads(frame.data))
        finally:
            self._forget(connection)
        return socket

    async def _hear(self, connection: Connection, message: Data) -> None:
        self._heard[message["janus"]].set()
        if self.is_mute:
            return
        base = {"transaction": message["transaction"]}
        if message["janus"] == "info":
            connection.send({"janus": "server_info"} | base | {"version": 1102, "version_string": "1.1.2"})
            return
        if message.get("apisecret") != self._api_secret:
            reason = "Unauthorized request (wrong or missing secret/token)"
            connection.send({"janus": "error"} | base | {"error": {"code": 403, "reason": reason}})
            return
        if message["janus"] == "create":
            connection.session = next(self._ids)
            connection.send({"janus": "success"} | base | {"data": {"id": connection.session}})
            return
        base = {"session_id": message["session_id"]} | base
        if message["session_id"] != connection.session:
            reason = f"No such session {message['session_id']}"
            connection.send({"janus": "error"} | base | {"error": {"code": 458, "reason": reason}})
            return
        await self._of_session(connection, message, base)

    async def _of_session(self, connection: Connection, message: Data, base: Data) -> None:
        match message["janus"]:
            case "keepalive":
                connection.send({"janus": "ack"} | base)
            case "destroy":
                connection.send({"janus": "success"} | base)
                self._forget(connection)
            case "attach":
                handle = Handle(next(self._ids), connection)
                connection.handles[handle.id] = handle
                connection.send({"janus": "success"} | base | {"data": {"id": handle.id}})
            case _ if message["handle_id"] not in connection.handles:
                reason = f"No such handle {message['handle_id']} in session {connection.session}"
                connection.send({"janus": "error"} | base | {"error": {"code": 459, "reason": reason}})
            case "detach":
                handle = connection.handles.pop(message["handle_id"])
                connection.send({"janus": "success"} | base)
                self._leaves(handle)
                connection.send({"janus": "detached", "session_id": connection.session, "sender": handle.id})
            case "message":
                await self._asks(connection.handles[message["handle_id"]], message["body"], base)
            case _:
                raise NotImplementedError(message["janus"])

    async def _asks(self, handle: Handle, body: Data, base: Data) -> None:
        self.asked.append(body["request"])
        name = {"transaction": base["transaction"]}
        if body["request"] == "join":
            is_acknowledged_late = len(self.asked) % 2
            if not is_acknowledged_late:
                handle.connection.send({"janus": "ack"} | base)
            try:
                handle.tell(await self._join(handle, body), **name)
            except Error as error:
                handle.tell(_failed(error), **name)
            if is_acknowledged_late:
                handle.connection.send({"janus": "ack"} | base)
            return
        try:
            data = self._sync[body["request"]](body)
        except Error as error:
            data = _failed(error)
        except KeyError:
            data = _failed(Error(482, f"Unknown request '{body['request']}'"))
        plugin = {"plugin": "janus.plugin.audiobridge", "data": data}
        handle.connection.send({"janus": "success"} | base | {"sender": handle.id, "plugindata": plugin})

    def _forget(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        for handle in connection.handles.values():
            self._leaves(handle)
        connection.handles.clear()

    # Requests

    def _room(self, body: Data) -> Room:
        name = body.get("room")
        if not isinstance(name, str):
            raise Error(484, "Invalid element type (room should be a string)")
        if name not in self.rooms:
            raise Error(485, f"No such room ({name})")
        if "secret" in body and body["secret"] != self.rooms[name].secret:
            raise Error(489, "Unauthorized (wrong secret)")
        return self.rooms[name]

    def _checked_key(self, body: Data) -> bool:
        if body.get("admin_key", self._admin_key) != self._admin_key:
            raise Error(489, "Unauthorized (wrong admin_key)")
        return "admin_key" in body

    def _create(self, body: Data) -> Data:
        self._checked_key(body)
        if body["room"] in self.rooms:
            raise Error(486, f"Room {body['room']} already exists")
        self.rooms[body["room"]] = Room(body["room"], body)
        return {"audiobridge": "created", "room": body["room"], "permanent": False}

    def _destroy(self, body: Data) -> Data:
        room = self.rooms.pop(self._room(body).name)
        room.tell({"audiobridge": "destroyed", "room": room.name})
        for one in list(room.inside.values()):
            self._leaves(one.handle)
        return {"audiobridge": "destroyed", "room": room.name, "permanent": False}

    def _list(self, body: Data) -> Data:
        sees_all = self._checked_key(body)
        shown = [room.shown() for room in self.rooms.values() if sees_all or not room.private]
        return {"audiobridge": "success", "list": shown}

    def _list_participants(self, body: Data) -> Data:
        room = self._room(body)
        inside = [one.shown() for one in room.inside.values()]
        return {"audiobridge": "participants", "room": room.name, "participants": inside}

    def _allowed(self, body: Data) -> Data:
        room = self._room(body)
        match body["action"]:
            case "enable":
                room.checks = True
            case "disable":
                room.checks = False
                return {"audiobridge": "success", "room": room.name}
            case "add":
                room.tokens += [token for token in body["allowed"] if token not in room.tokens]
            case _:
                raise Error(488, "Unsupported action (allowed)")
        return {"audiobridge": "success", "room": room.name, "allowed": room.tokens}

    def _mute(self, body: Data) -> Data:
        room, muted = self._room(body), body["request"] == "mute"
        one = self._inside(room, body["id"])
        if one.muted == muted:
            return {"audiobridge": "success"}
        one.muted = muted
        self._matches(room)
        self._tell(room, {"audiobridge": "event", "room": room.name, "participants": [one.shown()]})
        return {"audiobridge": "success", "room": room.name}

    def _mute_room(self, body: Data) -> Data:
        room = self._room(body)
        room.muted = body["request"] == "mute_room"
        self._matches(room)
        self._tell(room, {"audiobridge": "event", "room": room.name, "muted": room.muted})
        return {"audiobridge": "success", "room": room.name}

    def _kick(self, body: Data) -> Data:
        room = self._room(body)
        one = self._inside(room, body["id"])
        self._tell(room, {"audiobridge": "event", "room": room.name, "kicked": one.name})
        asyncio.get_running_loop().call_later(LEAVES_AFTER_S, self._leaves, one.handle)
        return {"audiobridge": "success"}

    async def _join(self, handle: Handle, body: Data) -> Data:
        room, name = self._room(body), body.get("id") or str(next(self._ids))
        if room.pin and body.get("pin") != room.pin:
            raise Error(489, "Unauthorized (wrong pin)")
        if room.checks and body.get("token") not in room.tokens:
            raise Error(489, "Unauthorized (not in the allowed list)")
        if "rtp" in body and not room.takes_rtp:
            raise Error(489, "Plain RTP participants not allowed in this room")
        if name in room.inside:
            raise Error(490, f"User ID {name} already exists")
        one = Participant(room, handle, name, body.get("display", ""))
        if rtp := body.get("rtp"):
            to = (rtp["ip"], rtp["port"])
            one.port = await Port.open(body.get("codec", "opus"), to, lambda: self._sets_up(one))
        others = [other.shown() for other in room.inside.values()]
        handle.participant = room.inside[name] = one
        self._matches(room)
        self._tell(room, {"audiobridge": "joined", "room": room.name, "participants": [one.shown()]}, one)
        joined: Data = {"audiobridge": "joined", "room": room.name, "id": name, "participants": others}
        if rtp and one.port:
            joined["rtp"] = rtp | {"ip": "127.0.0.1", "port": one.port.number}
        return joined

    # What happens

    def _inside(self, room: Room, name: str) -> Participant:
        if name not in room.inside:
            raise Error(492, f"No such user {name} in room {room.name}")
        return room.inside[name]

    def _sets_up(self, one: Participant) -> None:
        room = one.room
        self._tell(room, {"audiobridge": "event", "room": room.name, "participants": [one.shown()]}, one)

    def _leaves(self, handle: Handle) -> None:
        one, handle.participant = handle.participant, None
        if one is None:
            return
        one.room.inside.pop(one.name, None)
        if one.port:
            one.port.close()
        self._tell(one.room, {"audiobridge": "event", "room": one.room.name, "leaving": one.name})

    def _tell(self, room: Room, data: Data, but: Participant | None = None) -> None:
        for _ in range(2 if self.doubles else 1):
            room.tell(data, but)

    def _matches(self, room: Room) -> None:
        for one in room.inside.values():
            if one.port:
                one.port.muted = one.muted or room.muted

    async def _mix(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            for room in self.rooms.values():
                mix(one.port for one in room.inside.values() if one.port)
            due += TURN_S
            await asyncio.sleep(due - loop.time())

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _failed(error: Error) -> Data:
    code, words = error.args
    return {"audiobridge": "event", "error_code": code, "error": words}
