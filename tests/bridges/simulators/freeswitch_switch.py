"""The half of a simulated FreeSWITCH behind its event socket: channels that carry out applications, their
telephones, rooms that mix. Time goes five times as fast as outside, unless sound goes outside."""

import asyncio
import io
import itertools
import re
import time
import wave
from collections import deque
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol
from uuid import uuid4

import aiohttp
import numpy as np

from tests.bridges.g711 import ulaw_decode, ulaw_encode
from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee
from tests.bridges.tones import Ear, Samples, Voice

RATE, FRAME, FRAME_S = 8000, 160, 0.02
HURRY = 5
LOUD = 500
"""Peak from which on somebody talks."""
PAUSE = 12
"""Quiet frames after which nobody does."""
SILENCE = np.zeros(FRAME, np.int16)
REFUSALS = {Callee.BUSY: ("USER_BUSY", 17, "486"), Callee.REFUSES: ("CALL_REJECTED", 21, "603")}
Program = list[tuple[str, str]]


class Far(Protocol):
    """Whoever is at the other end of a channel."""

    def voice(self) -> Samples: ...

    def hear(self, samples: Samples) -> None: ...

    def end(self) -> None: ...


class Channel:
    def __init__(self, uuid: str, far: Far, *, caller: str, dialled: str, outbound: bool) -> None:
        self.uuid, self.far, self.caller, self.dialled = uuid, far, caller, dialled
        self.outbound = outbound
        self.name = f"sofia/{'external' if outbound else 'internal'}/{dialled if outbound else caller}"
        self.state = "ringing"
        self.variables: dict[str, str] = {}
        self.room, self.member = "", ""
        self.muted = self.deaf = self.held = self.talking = False
        self.born, self.answered = time.time(), 0.0
        self.gone, self.out = asyncio.Event(), asyncio.Event()
        self.cause, self.q850, self.sip = "NORMAL_CLEARING", 16, ""
        self.application = ""
        self.inbox: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()
        self.session: asyncio.Task[None] | None = None
        self.said = SILENCE
        self.hushed = asyncio.Event()
        self._whisper: deque[Samples] = deque()
        self._sounds: deque[Samples] = deque()
        self._silent = asyncio.Event()
        self._quiet = PAUSE

    async def play(self, sounds: deque[Samples]) -> None:
        """Returns when they have ended, or were stopped."""
        self._sounds = sounds
        self._silent.clear()
        try:
            await self._silent.wait()
        finally:
            self.stop_sound()

    def stop_sound(self) -> None:
        self._sounds = deque()
        self._silent.set()

    def next_sound(self) -> Samples:
        if not self._sounds:
            self._silent.set()
            return SILENCE
        return self._sounds.popleft()

    def whisper(self, sounds: deque[Samples]) -> None:
        """In a room, with all that is heard there."""
        self._whisper = sounds
        self.hushed.clear()

    def hush(self) -> None:
        self.whisper(deque())
        self.hushed.set()

    def next_whisper(self) -> Samples:
        if not self._whisper:
            self.hushed.set()
            return SILENCE
        return self._whisper.popleft()

    def notice_talking(self) -> bool:
        """Whether that changed."""
        self._quiet = 0 if np.abs(self.said).max() > LOUD else self._quiet + 1
        talks = self._quiet < PAUSE if self.talking else self._quiet == 0
        self.talking, before = talks, self.talking
        return talks != before


async def fetched(address: str) -> deque[Samples]:
    """As mod_httapi does, one after the other. Raises ClientError, wave.Error."""
    frames: deque[Samples] = deque()
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        for one in address.removeprefix("file_string://").split("!"):
            async with session.get(one) as answer:
                data = await answer.read()
            with wave.open(io.BytesIO(data)) as file:
                step = file.getframerate() // RATE
                samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)[::step]
            whole = len(samples) // FRAME * FRAME
            frames += np.split(samples[:whole], whole // FRAME)
    return frames


class SimulatedPhone:
    """A `rig.Phone`, and the far end of its channel."""

    channel: Channel

    def __init__(self, switch: "Switch") -> None:
        self.ear = Ear(RATE)
        self._switch, self._voice = switch, Voice(RATE)

    def voice(self) -> Samples:
        return self._voice.frame(FRAME) if self._voice.hz else SILENCE

    def hear(self, samples: Samples) -> None:
        self.ear.hear(samples)

    def end(self) -> None:
        """`Channel.gone` says it."""

    async def press(self, keys: str) -> None:
        for key in keys:
            self._switch.happens("DTMF", self.channel, **{"DTMF-Digit": key, "DTMF-Duration": "2000"})
        if keys == "*6" and "meetingserver" not in self.channel.variables:
            self._switch.mute(self.channel, not self.channel.muted)

    def talk(self, hz: float) -> None:
        self._voice.hz = hz

    async def hold(self, *, held: bool) -> None:
        self.channel.held = held
        self._switch.happens("CHANNEL_HOLD" if held else "CHANNEL_UNHOLD", self.channel)

    async def hang_up(self) -> None:
        self._switch.hang_up(self.channel)

    async def over(self) -> None:
        async with within_patience("the bridge ends the call"):
            await self.channel.gone.wait()


class SipCall(asyncio.DatagramProtocol):
    """The far end of a channel that calls out by SIP, with PCMU."""

    def __init__(self) -> None:
        self._heard: deque[Samples] = deque(maxlen=5)
        self._numbers = itertools.count()
        self._call = uuid4().hex
        self._to: tuple[str, int] | None = None
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._rtp = _Rtp(self._heard)

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, address: Any) -> None:
        if not self._answer.done():
            self._answer.set_result(data.decode())

    async def invite(self, uri: str) -> bool:
        """Whether it was answered."""
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self._rtp, local_addr=("127.0.0.1", 0))
        host, _, port = uri.partition("@")[2].rpartition(":")
        self._uri, self._peer = uri, (host, int(port))
        self._send(
            "INVITE",
            "v=0\r\no=FreeSWITCH 1 1 IN IP4 127.0.0.1\r\ns=FreeSWITCH\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self._rtp.port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n",
        )
        async with within_patience("our INVITE is answered"):
            answer = await self._answer
        if not answer.startswith("SIP/2.0 200"):
            return False
        self._send("ACK")
        found = re.search(r"m=audio (\d+) RTP/AVP 0", answer)
        assert found, answer
        self._to = ("127.0.0.1", int(found[1]))
        return True

    def _send(self, method: str, body: str = "") -> None:
        self._transport.sendto(
            (
                f"{method} sip:{self._uri} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK1\r\n"
                f'From: "MeetingServer" <sip:0000000000@127.0.0.1>;tag=1\r\nTo: <sip:{self._uri}>\r\n'
                f"Call-ID: {self._call}\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\n"
                f"Contact: <sip:mod_sofia@127.0.0.1:{self.port}>\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            ).encode(),
            self._peer,
        )

    def voice(self) -> Samples:
        return self._heard.popleft() if self._heard else SILENCE

    def hear(self, samples: Samples) -> None:
        if self._to:
            number = next(self._numbers)
            header = bytes([0x80, 0]) + number.to_bytes(2) + (number * FRAME).to_bytes(4) + bytes(4)
            self._rtp.transport.sendto(header + ulaw_encode(samples), self._to)

    def end(self) -> None:
        if self._to:
            self._send("BYE")
        self._transport.close()
        self._rtp.transport.close()


class _Rtp(asyncio.DatagramProtocol):
    transport: asyncio.DatagramTransport

    def __init__(self, heard: deque[Samples]) -> None:
        self._heard = heard

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, address: Any) -> None:
        if data[1] & 0x7F == 0:
            self._heard.append(ulaw_decode(data[12:]))


class Switch:
    """What the event socket adds is `tell`. Dials: `refuses_sip` (it places no calls to SIP addresses) and
    `fetches` (it gets prompts)."""

    def __init__(self, callees: Mapping[str, Callee]) -> None:
        self.channels: dict[str, Channel] = {}
        self.locked: set[str] = set()
        self.refuses_sip, self.fetches = False, True
        self._callees = callees
        self._rung: dict[Callee, asyncio.Queue[SimulatedPhone]] = {one: asyncio.Queue() for one in Callee}
        self._members = itertools.count(6)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        self.spawn(self._mix_on())

    async def close(self) -> None:
        for channel in list(self.channels.values()):
            self.hang_up(channel)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        """What went wrong in here is logged by the loop."""
        self._tasks.discard(task)
        if not task.cancelled():
            task.result()

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

    async def called(self, callee: Callee) -> SimulatedPhone:
        async with within_patience(f"the phone {callee} rings"):
            return await self._rung[callee].get()

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
        _, call = await loop.create_datagram_endpoint(SipCall, local_addr=("127.0.0.1", 0))
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
        sounds = await fetched(address)
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

    def inside(self, room: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.room == room]

    def enter(self, channel: Channel, room: str, *, muted: bool) -> None:
        if not self.inside(room):
            self.in_room("conference-create", room)
        channel.room, channel.member, channel.muted = room, str(next(self._members)), muted
        channel.deaf = False
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
        sounds = await fetched(address)
        for channel in channels:
            channel.whisper(deque(sounds))
        if not member:
            return
        await channels[0].hushed.wait()
        if channels[0].room:
            self.in_room("play-file-member-done", channels[0].room, channels[0])

    # Sound

    async def _mix_on(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._mix()
            is_outside = any(isinstance(channel.far, SipCall) for channel in self.channels.values())
            due = max(due + (FRAME_S if is_outside else FRAME_S / HURRY), loop.time() - FRAME_S)
            await asyncio.sleep(max(0.0, due - loop.time()))

    def _mix(self) -> None:
        up = [channel for channel in self.channels.values() if channel.state == "answered"]
        for channel in up:
            said = channel.far.voice()
            channel.said = SILENCE if channel.muted or channel.held else said
            if channel.room and channel.notice_talking() and not channel.muted:
                self.in_room("start-talking" if channel.talking else "stop-talking", channel.room, channel)
        for channel in up:
            heard = self._heard_by(channel, up)
            channel.far.hear(SILENCE if channel.deaf else heard)

    def _heard_by(self, channel: Channel, up: list[Channel]) -> Samples:
        others = [
            other.said for other in up if channel.room and other.room == channel.room and other is not channel
        ]
        heard = np.sum([channel.next_sound(), channel.next_whisper(), *others], axis=0, dtype=np.int32)
        return np.clip(heard, -32768, 32767).astype(np.int16)


def about_channel(channel: Channel) -> dict[str, str]:
    return {
        "Unique-ID": channel.uuid,
        "Channel-Name": channel.name,
        "Channel-Call-UUID": channel.uuid,
        "Call-Direction": "outbound" if channel.outbound else "inbound",
        "Answer-State": channel.state,
        "Channel-Call-State": "HELD" if channel.held else "ACTIVE",
        "Caller-Caller-ID-Number": channel.caller,
        "Caller-Caller-ID-Name": channel.caller,
        "Caller-Destination-Number": channel.variables.get("transferred", channel.dialled),
    }


def about_variables(channel: Channel) -> dict[str, str]:
    return {f"variable_{name}": value for name, value in channel.variables.items()}


def about_member(channel: Channel) -> dict[str, str]:
    about = about_channel(channel) | {
        "Member-ID": channel.member,
        "Member-Type": "member",
        "Hear": str(not channel.deaf).lower(),
        "Speak": str(not channel.muted).lower(),
        "Talking": str(channel.talking).lower(),
        "Current-Energy": "5691",
    }
    if channel.outbound:
        about |= {"Caller-Caller-ID-Number": channel.dialled, "Caller-Caller-ID-Name": "Outbound Call"}
    return about


def about_end(channel: Channel) -> dict[str, str]:
    about = {
        "Hangup-Cause": channel.cause,
        "variable_hangup_cause_q850": str(channel.q850),
        "variable_start_uepoch": f"{channel.born * 1e6:.0f}",
        "variable_answer_uepoch": f"{channel.answered * 1e6:.0f}",
        "variable_end_uepoch": f"{time.time() * 1e6:.0f}",
        "variable_rtp_audio_in_mos": "4.50",
        "variable_rtp_audio_in_media_packet_count": "198",
        "variable_rtp_audio_in_skip_packet_count": "2",
        "variable_rtp_use_codec_name": "PCMU",
    }
    return about | ({"variable_sip_term_status": channel.sip} if channel.sip else {})
