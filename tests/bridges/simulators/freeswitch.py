"""A simulated FreeSWITCH: what its event socket says, after the transcript of a 1.10.12.

Its quirks: answers before or after the event they cause, no `stop-talking` at `mute`, no variables in events
of conferences, `-ERR` as text where JSON was asked for, callers and callees turned round in rooms, a transfer
that forgets what was dialled.
"""

import asyncio
import contextlib
import itertools
import json
import re
import shlex
from collections.abc import Callable, Mapping
from urllib.parse import quote

from tests.bridges.rig import Callee
from tests.bridges.simulators.freeswitch_channel import Channel, about_channel, about_variables
from tests.bridges.simulators.freeswitch_switch import Program, Switch

MODULES = ("mod_conference", "mod_sofia", "mod_httapi", "mod_dptools", "mod_sndfile", "mod_spandsp")
HANDED_OVER: Program = [
    ("answer", ""),
    ("set", "meetingserver=${destination_number}"),
    ("set", "playback_terminators=none"),
    ("park", ""),
]
"""The dialplan of docs/phones-freeswitch.md."""
LOUDNESS = {-4: 0.2, -3: 0.4, -2: 0.6, -1: 0.8, 0: 1.0, 1: 1.3, 2: 2.3, 3: 3.3, 4: 4.3}
"""By levels of `volume_out` (switch_resample.c of 1.10)."""
ORIGINATE = re.compile(r"originate \{(.*?)\}(\S+) &(\w+)\((.*)\)")


class FreeSwitch(Switch):
    """Dials: `is_deaf` (it takes commands and answers none), `stutters` (every event comes twice), `chops`
    (what it says comes in small pieces), `forgets` (events, or actions, that it does not tell), `modules`,
    and `says` (bytes to every connection)."""

    def __init__(self, callees: Mapping[str, Callee], password: str) -> None:
        super().__init__(callees)
        self.is_deaf = self.stutters = self.chops = False
        self.modules = set(MODULES)
        self.forgets: set[str] = set()
        self.asked: list[str] = []
        self._password = password
        self._numbers = itertools.count(1)
        self._listeners: dict[asyncio.StreamWriter, set[str]] = {}
        self._server: asyncio.Server | None = None
        self.port = 0

    async def open(self) -> None:
        await super().open()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._listeners:
            writer.close()
        await super().close()

    def says(self, data: bytes) -> None:
        for writer in self._listeners:
            writer.write(data)

    def tell(self, fields: dict[str, str]) -> None:
        if fields.get("Action", fields["Event-Name"]) in self.forgets:
            return
        body = json.dumps(fields | {"Core-UUID": "core", "Event-Sequence": str(next(self._numbers))})
        for writer, wanted in self._listeners.items():
            if fields.get("Event-Subclass", fields["Event-Name"]) in wanted:
                for _ in range(2 if self.stutters else 1):
                    self._write(writer, {"Content-Type": "text/event-json"}, body)

    def end_media(self) -> None:
        for channel in list(self.channels.values()):
            if "_media_" in channel.uuid:
                self.hang_up(channel)

    # The wire

    def _write(self, writer: asyncio.StreamWriter, headers: dict[str, str], body: str = "") -> None:
        lines = {"Content-Length": str(len(body.encode())), **headers} if body else headers
        data = "".join(f"{name}: {value}\n" for name, value in lines.items()) + "\n" + body
        if not self.chops:
            writer.write(data.encode())
            return
        coded = data.encode()
        for start in range(0, len(coded), 97):
            writer.write(coded[start : start + 97])

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._listeners[writer] = set()
        self._write(writer, {"Content-Type": "auth/request"})
        try:
            with contextlib.suppress(OSError, EOFError):
                if await self._authenticated(reader, writer):
                    while True:
                        await self._command(await _block(reader), writer)
        finally:
            del self._listeners[writer]
            writer.close()

    async def _authenticated(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        command = (await _block(reader))[0]
        right = command == f"auth {self._password}"
        self._reply(writer, "+OK accepted" if right else "-ERR invalid")
        if not right:
            self._write(
                writer,
                {"Content-Type": "text/disconnect-notice"},
                "Disconnected, goodbye.\nSee you at ClueCon!\n",
            )
        return right

    def _reply(self, writer: asyncio.StreamWriter, text: str) -> None:
        self._write(writer, {"Content-Type": "command/reply", "Reply-Text": quote(text, safe=" +:-")})

    async def _command(self, lines: list[str], writer: asyncio.StreamWriter) -> None:
        self.asked.append(lines[0])
        if self.is_deaf:
            return
        verb, _, rest = lines[0].partition(" ")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        match verb:
            case "event":
                self._listeners[writer] |= set(rest.split())
                self._reply(writer, "+OK event listener enabled json")
            case "api":
                self._write(writer, {"Content-Type": "api/response"}, self._api(rest) or "-ERR no reply\n")
            case "bgapi":
                self._reply(writer, f"+OK Job-UUID: {headers['Job-UUID']}")
                self.spawn(self._job(rest, headers["Job-UUID"]))
            case "sendmsg":
                self._reply(writer, self._message(rest, headers))
            case _:
                self._reply(writer, "-ERR command not found")

    def _message(self, uuid: str, headers: dict[str, str]) -> str:
        channel = self.channels.get(uuid)
        if channel is None:
            return "-ERR invalid session id [c]"
        channel.inbox.put_nowait(
            (headers["execute-app-name"], headers["execute-app-arg"], headers["event-uuid"])
        )
        return "+OK"

    async def _job(self, command: str, job: str) -> None:
        found = ORIGINATE.fullmatch(command)
        assert found, command
        variables = dict(pair.split("=", 1) for pair in found[1].split(","))
        uuid = variables.pop("origination_uuid")
        answer = await self.place(uuid, found[2], variables, [(found[3], found[4])])
        self.tell({"Event-Name": "BACKGROUND_JOB", "Job-UUID": job, "_body": answer})

    # Commands

    def _api(self, command: str) -> str:
        verb, *words = shlex.split(command)
        match verb:
            case "uptime":
                return "4711\n"
            case "version":
                return "FreeSWITCH Version 1.10.12-release~64bit (-release 64bit)\n"
            case "module_exists":
                return str(words[0] in self.modules).lower()
            case "show":
                return self._show()
            case "conference":
                return self._list() if words == ["json_list"] else self._about_room(*words)
            case _:
                channel = self.channels.get(words[0])
                return self._about(verb, channel, words[1:]) if channel else "-ERR No such channel!\n"

    def _about(self, verb: str, channel: Channel, words: list[str]) -> str:
        match verb:
            case "uuid_kill":
                self.hang_up(channel)
                return "+OK\n"
            case "uuid_break":
                while not channel.inbox.empty():
                    channel.inbox.get_nowait()
                channel.stop_sound()
                return "+OK\n"
            case "uuid_getvar":
                return channel.variables.get(words[0], "_undef_")
            case "uuid_dump":
                return json.dumps(about_channel(channel) | about_variables(channel))
            case "uuid_transfer":
                channel.variables["transferred"] = words[0]
                self.run(channel, [_action(action) for action in words[0].split(",")])
                return "+OK\n"
            case _:
                return f"-ERR {verb} Command not found!\n"

    def _show(self) -> str:
        rows = [{"uuid": one.uuid, "application": one.application} for one in self.channels.values()]
        return json.dumps({"row_count": len(rows)} | ({"rows": rows} if rows else {}))

    def _list(self) -> str:
        rooms = sorted({channel.room for channel in self.channels.values() if channel.room})
        return json.dumps([self._described(room) for room in rooms]) if rooms else "[]"

    def _described(self, room: str) -> dict[str, object]:
        return {
            "conference_name": room,
            "member_count": len(self.inside(room)),
            "locked": room in self.locked,
            "members": [
                {
                    "type": "caller",
                    "id": int(one.member),
                    "flags": {"can_hear": not one.deaf, "can_speak": not one.muted, "talking": one.talking},
                    "uuid": one.uuid,
                    "caller_id_number": one.caller,
                }
                for one in self.inside(room)
            ],
        }

    def _about_room(self, room: str, verb: str, *words: str) -> str:
        if not self.inside(room):
            return f"-ERR Conference {room} not found\n"
        match verb:
            case "lock" | "unlock":
                (self.locked.add if verb == "lock" else self.locked.discard)(room)
                self.in_room(verb, room)
                return f"+OK {room} {verb}ed\n"
            case "play":
                channels = self.inside(room)
                if words[1:]:
                    channels = [one for one in channels if one.member == words[1]]
                self.say(channels, words[0], *words[1:])
                return f"+OK (play) Playing file {words[0]}\n"
            case "hup" if words[0] == "all":
                channels = self.inside(room)
                for channel in channels:
                    self.in_room("hup-member", room, channel)
                    self.hang_up(channel)
                return "".join(f"+OK hup {channel.member}\n" for channel in channels)
            case "volume_out":
                return self._about_member(room, verb, words[0], int(words[1]))
            case _:
                return self._about_member(room, verb, words[-1])

    def _about_member(self, room: str, verb: str, member: str, level: int = 0) -> str:
        channel = next((one for one in self.inside(room) if one.member == member), None)
        if channel is None:
            return f"-ERR Non-Existant ID {member}\n"
        acts: dict[str, Callable[[], None]] = {
            "mute": lambda: self.mute(channel, True),
            "unmute": lambda: self._after(lambda: self.mute(channel, False)),
            "deaf": lambda: setattr(channel, "deaf", True),
            "undeaf": lambda: setattr(channel, "deaf", False),
            "stop": channel.hush,
            "volume_out": lambda: setattr(channel, "factor", LOUDNESS[level]),
            "kick": lambda: channel.out.set(),
        }
        acts[verb]()
        return f"+OK {verb} {channel.member}\n"

    def _after(self, act: Callable[[], None]) -> None:
        """Of what FreeSWITCH tells only after it has answered."""
        asyncio.get_running_loop().call_soon(act)


def _action(text: str) -> tuple[str, str]:
    name, _, argument = text.partition(":")
    return name, argument


async def _block(reader: asyncio.StreamReader) -> list[str]:
    return (await reader.readuntil(b"\n\n")).decode().strip("\n").split("\n")
