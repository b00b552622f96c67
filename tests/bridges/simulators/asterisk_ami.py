"""A simulated Asterisk with manager interface, ConfBridge and FastAGI, as 16.28 and 22.11 were seen to speak.

Quirks it has: no event for a lock; events before the answer to what caused them; half lines; noise; *talking
off* long after a mute; its announcer among the channels of a room; an empty list as error.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping

from tests.bridges.rig import Callee
from tests.bridges.simulators.asterisk import CAUSES, Channel, Half, Pbx
from tests.bridges.simulators.asterisk_agi import run_agi

PIECE = 100
"""Bytes; so that lines arrive by halves."""
STATES = {"Down": "0", "Ring": "4", "Ringing": "5", "Up": "6"}
CEL = {"born": "CHAN_START", "up": "ANSWER"}
PLAIN = {"born": "Newchannel", "hold": "Hold", "unhold": "Unhold"}
Fields = dict[str, str]
SETTINGS = {"AsteriskVersion": "16.28.0~sim"}


class Denied(Exception):
    """The text of an answer `Error`."""


class Session:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.has_events = self.is_known = False

    def say(self, fields: Fields) -> None:
        self.say_raw("".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n")

    def say_raw(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            self._writer.write(data[start : start + PIECE])

    def close(self) -> None:
        self._writer.close()


class AmiSimulator(Pbx):
    """`stutters`: every event comes twice. `is_deaf`: nothing is answered."""

    def __init__(self, callees: Mapping[str, Callee], *, secret: str, agi_port: int) -> None:
        super().__init__(callees)
        self.agi_port = agi_port
        self.stutters = self.is_deaf = False
        self.sessions: set[Session] = set()
        self.asked: list[Fields] = []
        self._secret = secret
        self._locked: set[str] = set()
        self._pressed: dict[str, str] = {}
        self._actions: dict[str, Callable[[Fields], list[Fields] | str]] = {
            "Ping": lambda _: "",
            "ListCommands": lambda _: "",
            "CoreSettings": lambda _: "",
            "Getvar": self._variable,
            "Setvar": self._set_variable,
            "ConfbridgeListRooms": self._list_rooms,
            "ConfbridgeList": self._list_room,
            "CoreShowChannels": self._list_channels,
            "ConfbridgeMute": lambda ask: self._mute(ask, muted=True),
            "ConfbridgeUnmute": lambda ask: self._mute(ask, muted=False),
            "ConfbridgeKick": self._kick,
            "ConfbridgeLock": self._lock,
            "ConfbridgeUnlock": self._lock,
            "Originate": self._originate,
            "Hangup": self._hang_up,
            "ControlPlayback": self._stop_playback,
        }

        self._tellers: dict[str, Callable[[Channel, str], None]] = {
            "ringing": self._tell_ringing,
            "unanswered": self._tell_unanswered,
            "joined": self._tell_joined,
            "left": self._tell_left,
            "closed": self._tell_closed,
            "talking": self._tell_talking,
            "silent": self._tell_talking,
            "gone": self._tell_end,
        }

    async def open(self) -> None:
        await super().open()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        for session in list(self.sessions):
            session.close()
        await super().close()

    def restart(self) -> None:
        super().restart()
        for session in list(self.sessions):
            session.close()

    def deny(self, action: str) -> None:
        del self._actions[action]

    # The manager interface

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session(writer)
        session.say_raw(b"Asterisk Call Manager/5.0.4\r\n")
        self.sessions.add(session)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                while True:
                    block = (await reader.readuntil(b"\r\n\r\n")).decode()
                    self._asked(session, dict(line.split(": ", 1) for line in block.split("\r\n") if line))
        finally:
            self.sessions.discard(session)
            writer.close()

    def _asked(self, session: Session, ask: Fields) -> None:
        self.asked.append(ask)
        if self.is_deaf:
            return
        about = {"ActionID": ask["ActionID"]}
        if ask["Action"] == "Login":
            self._log_in(session, ask, about)
            return
        try:
            if not session.is_known or ask["Action"] not in self._actions:
                raise Denied("Permission denied")
            answer = self._actions[ask["Action"]](ask)
        except Denied as denied:
            session.say({"Response": "Error", **about, "Message": str(denied)})
            return
        if ask["Action"] == "ListCommands":
            session.say({"Response": "Success", **about, **dict.fromkeys(self._actions, "(Priv: call,all)")})
        elif isinstance(answer, str):
            session.say({"Response": "Success", **about, "Message": answer, "Value": answer, **SETTINGS})
        else:
            self._answer_with_list(session, ask["Action"], about, answer)

    def _log_in(self, session: Session, ask: Fields, about: Fields) -> None:
        if (ask["Username"], ask["Secret"]) != ("meetingserver", self._secret):
            session.say({"Response": "Error", **about, "Message": "Authentication failed"})
            session.close()
            return
        session.is_known, session.has_events = True, ask["Events"] == "on"
        session.say({"Response": "Success", **about, "Message": "Authentication accepted"})
        session.say({"Event": "FullyBooted", "Privilege": "system,all", "Status": "Fully Booted"})

    def _answer_with_list(self, session: Session, action: str, about: Fields, items: list[Fields]) -> None:
        session.say({"Response": "Success", **about, "EventList": "start", "Message": "will follow"})
        for item in items:
            session.say({"Event": action, **about, **item})
            session.say({"Event": "TestEvent", "Privilege": "reporting,all", "State": "between items"})
        session.say({"Event": f"{action}Complete", **about, "EventList": "Complete"})

    def tell(self, event: str, **fields: str) -> None:
        for session in self.sessions:
            for _ in range(2 if self.stutters else 1):
                if session.has_events:
                    session.say({"Event": event, "Privilege": "call,all", "Timestamp": _now(), **fields})

    # What is asked

    def _list_rooms(self, _: Fields) -> list[Fields]:
        rooms = sorted({channel.room for channel in self.channels.values() if channel.room})
        if not rooms:
            raise Denied("No active conferences.")
        return [
            {
                "Conference": room,
                "Parties": str(len(self.inside(room))),
                "Locked": _yes(room in self._locked),
                "Muted": "No",
            }
            for room in rooms
        ]

    def _list_room(self, ask: Fields) -> list[Fields]:
        if not self.inside(ask["Conference"]):
            raise Denied("No Conference by that name found.")
        return [
            {
                "Conference": channel.room,
                "Muted": _yes(channel.muted),
                "Talking": _yes(channel.talking),
                **_described(channel),
            }
            for channel in self.inside(ask["Conference"])
        ]

    def _list_channels(self, _: Fields) -> list[Fields]:
        return [_described(channel) for channel in self.channels.values()]

    def _member(self, ask: Fields) -> Channel:
        inside = self.inside(ask["Conference"])
        if not inside:
            raise Denied("No Conference by that name found.")
        for channel in inside:
            if channel.name == ask["Channel"]:
                return channel
        raise Denied("No Channel by that name found in Conference.")

    def _mute(self, ask: Fields, *, muted: bool) -> str:
        """The event comes before the answer. That nobody talks is told when it was silent long enough."""
        self._set_muted(self._member(ask), muted)
        return "User muted" if muted else "User unmuted"

    def _set_muted(self, channel: Channel, muted: bool) -> None:
        channel.muted = muted
        event = "ConfbridgeMute" if muted else "ConfbridgeUnmute"
        self.tell(event, Conference=channel.room, **_described(channel))

    def _kick(self, ask: Fields) -> str:
        self.leave(self._member(ask))
        return "User kicked"

    def _lock(self, ask: Fields) -> str:
        if not self.inside(ask["Conference"]):
            raise Denied("No Conference by that name found.")
        change = self._locked.add if ask["Action"] == "ConfbridgeLock" else self._locked.discard
        change(ask["Conference"])
        return "Conference locked"

    def _named(self, ask: Fields) -> Channel:
        for channel in self.channels.values():
            if channel.name == ask["Channel"]:
                return channel
        raise Denied("No such channel")

    def _variable(self, ask: Fields) -> str:
        return self._named(ask).variables.get(ask["Variable"], "")

    def _set_variable(self, ask: Fields) -> str:
        self._named(ask).set(ask["Variable"], ask["Value"])
        return "Variable Set"

    def _hang_up(self, ask: Fields) -> str:
        for channel in list(self.channels.values()):
            if ask["Channel"] in (channel.name, channel.id):
                self.hang_up(channel)
                return "Channel Hungup"
        raise Denied("No such channel")

    def _stop_playback(self, ask: Fields) -> str:
        for channel in self.channels.values():
            if channel.name == ask["Channel"]:
                channel.stop_sound()
                return "Playback control successfully queued"
        raise Denied("Channel does not exist.")

    def _originate(self, ask: Fields) -> str:
        kind, _, rest = ask["Channel"].partition("/")
        originate = {"UnicastRTP": self._originate_media, "Local": self._originate_pair}
        self.spawn(originate.get(kind, self._originate_call)(ask, rest))
        return "Originate successfully queued"

    async def _originate_media(self, ask: Fields, rest: str) -> None:
        to, _, options = rest.partition("/")
        self.goes_up(await self.media(ask["ChannelId"], to, options.removeprefix("c(").removesuffix(")")))

    async def _originate_pair(self, ask: Fields, rest: str) -> None:
        one, two = Half(), Half()
        one.other, two.other = two, one
        halves = [(one, ask["ChannelId"]), (two, ask["OtherChannelId"])]
        for channel in [self.make(f"Local/{rest}", half, id=id) for half, id in halves]:
            self.goes_up(channel)

    async def _originate_call(self, ask: Fields, rest: str) -> None:
        timeout_s = int(ask["Timeout"]) / 1000
        await self.place(ask["ChannelId"], rest, ask["CallerID"].strip("<>"), timeout_s)

    # What happens

    def happens(self, what: str, channel: Channel, **about: str) -> None:
        if name := CEL.get(what):
            self._note(name, channel)
        if event := PLAIN.get(what):
            self.tell(event, **_described(channel))
        if tell := self._tellers.get(what):
            tell(channel, about.get("room", channel.room))
        if what == "digit":
            self._tell_digit(channel, about["digit"])

    def _tell_ringing(self, channel: Channel, _: str) -> None:
        fields = _described(channel)
        destination = {f"Dest{name}": value for name, value in fields.items()}
        self.tell("DialState", **destination, DialStatus="RINGING")

    def _tell_unanswered(self, channel: Channel, _: str) -> None:
        self.tell("OriginateResponse", ActionID=channel.id, Response="Failure", Reason="3")

    def _tell_left(self, channel: Channel, room: str) -> None:
        self.tell("ConfbridgeLeave", Conference=room, BridgeNumChannels="1", **_described(channel))

    def _tell_closed(self, _: Channel, room: str) -> None:
        self._locked.discard(room)
        self.tell("ConfbridgeEnd", Conference=room)

    def _tell_talking(self, channel: Channel, room: str) -> None:
        status = "on" if channel.talking else "off"
        self.tell("ConfbridgeTalking", Conference=room, TalkingStatus=status, **_described(channel))

    def _tell_joined(self, channel: Channel, room: str) -> None:
        if len(self.inside(room)) == 1:
            self.tell("ConfbridgeStart", Conference=room)
        announcer = {"Channel": "CBAnn/1;2", "Uniqueid": "1.1", "Muted": "No", "Conference": room}
        self.tell("ConfbridgeJoin", **announcer)
        muted = _yes(channel.muted)
        self.tell("ConfbridgeJoin", Conference=room, Muted=muted, **_described(channel))

    def _tell_digit(self, channel: Channel, digit: str) -> None:
        for direction in ("Received", "Sent"):
            self.tell("DTMFEnd", Digit=digit, Direction=direction, **_described(channel))
        pressed = self._pressed[channel.id] = self._pressed.get(channel.id, "") + digit
        if channel.dialled == self.menu and pressed.endswith("*6"):
            self._set_muted(channel, not channel.muted)

    def _tell_end(self, channel: Channel, _: str) -> None:
        cause = str(channel.cause)
        told = {"Cause": cause, "Cause-txt": CAUSES.get(channel.cause, "")}
        self.tell("Hangup", **_described(channel), **told, TechCause=channel.sip)
        self._note("HANGUP", channel, Extra=json.dumps({"hangupcause": channel.cause}))
        self._note("CHAN_END", channel)

    def _note(self, name: str, channel: Channel, **more: str) -> None:
        who = {"UniqueID": channel.id, "Channel": channel.name, "CallerIDnum": channel.caller}
        self.tell("CEL", EventName=name, **who, **more)

    # The dialplan

    async def dialplan(self, channel: Channel) -> None:
        if channel.dialled == self.menu:
            channel.variables["CONFBRIDGE(user,admin)"] = "no"
            self.answer(channel)
            await self.confbridge(channel, "123456789")
            self.hang_up(channel)
        while not channel.gone.is_set():
            with contextlib.suppress(OSError):
                await run_agi(self, channel, self.agi_port)
            await asyncio.sleep(0.01)

    async def confbridge(self, channel: Channel, room: str) -> None:
        if room in self._locked and channel.variables["CONFBRIDGE(user,admin)"] != "yes":
            self.hang_up(channel)
            return
        channel.muted = channel.variables.get("CONFBRIDGE(user,startmuted)") == "yes"
        self.enter(channel, room)
        await channel.out.wait()
        channel.muted = False

    async def spy(self, channel: Channel, to: str) -> None:
        channel.out.clear()
        for spied in self.channels.values():
            if spied.name == to:
                spied.whispers.append(channel)
                self.tell("ChanSpyStart", SpyerUniqueid=channel.id)
        await channel.out.wait()


def _described(channel: Channel) -> Fields:
    return {
        "Channel": channel.name,
        "ChannelState": STATES[channel.state],
        "CallerIDNum": channel.caller or "<unknown>",
        "CallerIDName": "<unknown>",
        "Context": "from-trunk" if channel.dialled == "7000" else "meetingserver",
        "Exten": channel.dialled,
        "Uniqueid": channel.id,
        "Linkedid": channel.id,
    }


def _now() -> str:
    return f"{time.time():.6f}"


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
