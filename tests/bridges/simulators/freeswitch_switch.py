"""The half of a simulated FreeSWITCH behind its event socket: channels that carry out applications, their
telephones, rooms."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Mapping
from uuid import uuid4

from tests.bridges.rig import Callee
from tests.bridges.simulators.freeswitch_channel import (
    Channel,
    SipCall,
    about_channel,
    about_end,
    about_member,
    about_variables,
)
from tests.bridges.simulators.mixing import HURRY, Handset, Line, Mixer, fetched

REFUSALS = {Callee.BUSY: ("USER_BUSY", 17, "486"), Callee.REFUSES: ("CALL_REJECTED", 21, "603")}
Program = list[tuple[str, str]]


class SimulatedPhone(Handset):
    """A `rig.Phone`."""

    channel: Channel

    def __init__(self, switch: "Switch") -> None:
        super().__init__()
        self._switch = switch

    @property
    def line(self) -> Line:
        return self.channel

    async def press(self, keys: str) -> None:
        for key in keys:
            self._switch.happens("DTMF", self.channel, **{"DTMF-Digit": key, "DTMF-Duration": "2000"})
        if keys == "*6" and "meetingserver" not in self.channel.variables:
            self._switch.mute(self.channel, not self.channel.muted)

    async def hold(self, *, held: bool) -> None:
        self.channel.held = held
        self._switch.happens("CHANNEL_HOLD" if held else "CHANNEL_UNHOLD", self.channel)

    async def hang_up(self) -> None:
        self._switch.hang_up(self.channel)


class Switch(Mixer[Channel, SimulatedPhone]):
    """What the event socket adds is `tell`. Dials: `refuses_sip` (it places no calls to SIP addresses) and
    `fetches` (it gets prompts)."""

    def __init__(self, callees: Mapping[str, Callee]) -> None:
        super().__init__(callees)
        self.locked: set[str] = set()
        self.refuses_sip, self.fetches = False, True
        self._members = itertools.count(6)

    def tell(self, fields: dict[str, str]) -> None:
        """An event."""
        raise NotImplementedError

    def happens(self, name: str, channel: Channel, **about: str) -> None:
        self.tell({"Event-Name": name, **about_channel(channel), **about_variables(channel), **about})

    def in_room(self, action: str, room: str, channel: Channel | None = None, **about: str) -> None:
        """Events of conferences have no variables of channels."""
        size = len(self.inside(room))
        self.tell(
            {
                "Event-Name": "CUSTOM",
                "Event-Subclass": "conference::maintenance",
                "Action": action,
                "Conference-Name": room,
                "Conference-Size": str(size),
                **(about_member(channel) if channel else {}),
                **about,
            }
        )

    # Calls

    def call(self, caller: str, dialled: str, program: Program) -> SimulatedPhone:
        phone = SimulatedPhone(self)
        phone.channel = channel = Channel(str(uuid4()), phone, caller=caller, dialled=dialled, outbound=False)
        self.add(channel)
        self.run(channel, program)
        return phone

    def add(self, channel: Channel) -> None:
        self.channels[channel.uuid] = channel
        self.happens("CHANNEL_CREATE", channel)

    async def place(self, uuid: str, endpoint: str, variables: dict[str, str], program: Program) -> str:
        """As `originate`: what it answers."""
        if "@" in endpoint:
            return await self._place_by_sip(uuid, endpoint.rpartition("/")[2], variables, program)
        phone = SimulatedPhone(self)
        phone.channel = channel = Channel(
            uuid,
            phone,
            caller=variables.get("origination_caller_id_number", ""),
            dialled=endpoint.rpartition("/")[2],
            outbound=True,
        )
        channel.variables = dict(variables)
        self.add(channel)
        callee = self._callees.get(channel.dialled, Callee.REFUSES)
        if refusal := REFUSALS.get(callee):
            channel.sip = refusal[2]
            self.hang_up(channel, *refusal[:2])
            return f"-ERR {refusal[0]}\n"
        self.happens("CHANNEL_PROGRESS", channel)
        self._rung[callee].put_nowait(phone)
        if callee == Callee.SILENT:
            try:
                async with asyncio.timeout(int(variables["originate_timeout"]) / HURRY):
                    await channel.gone.wait()
            except TimeoutError:
                self.hang_up(channel, "NO_ANSWER", 19)
            return f"-ERR {channel.cause}\n"
        self.answer(channel)
        self.run(channel, program)
        return f"+OK {uuid}\n"

    async def _place_by_sip(self, uuid: str, uri: str, variables: dict[str, str], program: Program) -> str:
        if self.refuses_sip:
            return "-ERR DESTINATION_OUT_OF_ORDER\n"
        loop = asyncio.get_running_loop()
        _, call = await loop.create_datagram_endpoint(
            lambda: SipCall(variables["absolute_codec_string"]), local_addr=("127.0.0.1", 0)
        )
        channel = Channel(uuid, call, caller="", dialled=uri, outbound=True)
        channel.variables = dict(variables)
        self.add(channel)
        if not await call.invite(uri):
            self.hang_up(channel, "UNALLOCATED_NUMBER", 1)
            return "-ERR UNALLOCATED_NUMBER\n"
        self.answer(channel)
        self.run(channel, program)
        return f"+OK {uuid}\n"

    def answer(self, channel: Channel) -> None:
        channel.state, channel.answered = "answered", time.time()
        self.happens("CHANNEL_ANSWER", channel)

    def hang_up(self, channel: Channel, cause: str = "NORMAL_CLEARING", q850: int = 16) -> None:
        if channel.gone.is_set():
            return
        channel.cause, channel.q850 = cause, q850
        channel.gone.set()
        if channel.session:
            channel.session.cancel()
        self.leave(channel)
        del self.channels[channel.uuid]
        channel.state = "hangup"
        self.happens("CHANNEL_HANGUP_COMPLETE", channel, **about_end(channel))
        channel.far.end()

    # Applications

    def run(self, channel: Channel, program: Program) -> None:
        """Instead of what it did."""
        self.spawn(self._run(channel, program, channel.session))

    async def _run(self, channel: Channel, program: Program, before: asyncio.Task[None] | None) -> None:
        if before:
            before.cancel()
            await asyncio.gather(before, return_exceptions=True)
        if not channel.gone.is_set():
            channel.session = self.spawn(self._session(channel, program))

    async def _session(self, channel: Channel, program: Program) -> None:
        for application, argument in program:
            await self._apply(channel, application, argument, str(uuid4()))
        channel.session = None
        self.hang_up(channel)

    async def _apply(self, channel: Channel, application: str, argument: str, name: str) -> None:
        channel.application = application
        response = "_none_"
        try:
            match application:
                case "answer":
                    self.answer(channel)
                case "set":
                    variable, _, value = argument.partition("=")
                    channel.variables[variable] = value.replace("${destination_number}", channel.dialled)
                case "conference":
                    await self._conference(channel, argument)
                case "playback":
                    response = await self._playback(channel, argument)
                case "park":
                    self.happens("CHANNEL_PARK", channel)
                    while True:
                        await self._apply(channel, *await channel.inbox.get())
                        channel.application = "park"
                case _:
                    pass
        finally:
            about = {"Application": application, "Application-UUID": name, "Application-Response": response}
            self.happens("CHANNEL_EXECUTE_COMPLETE", channel, **about)

    async def _playback(self, channel: Channel, address: str) -> str:
        if not self.fetches:
            return "FILE NOT FOUND"
        sounds = await fetched(address.removeprefix("file_string://").split("!"))
        await channel.play(sounds)
        return "FILE PLAYED"

    async def _conference(self, channel: Channel, argument: str) -> None:
        room, _, rest = argument.partition("@")
        enforced = channel.variables.get("conference_enforce_security", str(not channel.outbound)).lower()
        if room in self.locked and enforced == "true":
            return
        self.enter(channel, room, muted="mute" in rest.partition("+flags")[2])
        try:
            await channel.out.wait()
        finally:
            self.leave(channel)

    # Rooms

    def enter(self, channel: Channel, room: str, *, muted: bool) -> None:
        if not self.inside(room):
            self.in_room("conference-create", room)
        channel.room, channel.member, channel.muted = room, str(next(self._members)), muted
        channel.deaf, channel.factor = False, 1.0
        channel.out.clear()
        self.in_room("add-member", room, channel)
        self.in_room("floor-change", room, channel, **{"Old-ID": "none", "New-ID": channel.member})

    def leave(self, channel: Channel) -> None:
        channel.out.set()
        room = channel.room
        if not room:
            return
        about = about_member(channel)
        channel.room, channel.talking = "", False
        self.in_room("del-member", room, None, **about)
        if not self.inside(room):
            self.locked.discard(room)
            self.in_room("conference-destroy", room)

    def mute(self, channel: Channel, muted: bool) -> None:
        """No `stop-talking` follows."""
        channel.muted, channel.talking = muted, False
        self.in_room("mute-member" if muted else "unmute-member", channel.room, channel)

    def say(self, channels: list[Channel], address: str, member: str = "") -> None:
        self.spawn(self._say(channels, address, member))

    async def _say(self, channels: list[Channel], address: str, member: str) -> None:
        sounds = await fetched(address.removeprefix("file_string://").split("!"))
        for channel in channels:
            channel.whisper(deque(sounds))
        if not member:
            return
        await channels[0].hushed.wait()
        if channels[0].room:
            self.in_room("play-file-member-done", channels[0].room, channels[0])

    def tell_talking(self, channel: Channel) -> None:
        if not channel.muted:
            self.in_room("start-talking" if channel.talking else "stop-talking", channel.room, channel)
