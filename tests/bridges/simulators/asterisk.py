"""The half of a simulated Asterisk that both its protocols show: channels, their telephones, rooms that mix,
sounds that are fetched. Time goes five times as fast as outside, unless sound goes outside."""

import asyncio
import io
import itertools
import re
import time
import wave
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

import aiohttp
import numpy as np

from tests.bridges.g711 import ulaw_decode, ulaw_encode
from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee
from tests.bridges.tones import Ear, Samples, Voice

RATE = 8000
FRAME = 160
FRAME_S = 0.02
HURRY = 5
LOUD = 500
"""Peak from which on somebody talks."""
PAUSE = 12
"""Quiet frames after which nobody does."""
SILENCE = np.zeros(FRAME, np.int16)
CAUSES = {0: "Unknown", 16: "Normal Clearing", 17: "User busy", 19: "User alerting, no answer"}
REFUSALS = {Callee.BUSY: (17, "486"), Callee.REFUSES: (21, "603")}


class Far(Protocol):
    """Whoever is at the other end of a channel."""

    def voice(self) -> Samples: ...

    def hear(self, samples: Samples) -> None: ...

    def end(self) -> None: ...


class Channel:
    """`id` is Asterisk's *Uniqueid*. State: Down, Ring (it calls us), Ringing (we call it), Up."""

    def __init__(self, id: str, name: str, far: Far, *, caller: str = "", dialled: str = "s") -> None:
        self.id, self.name, self.far, self.caller, self.dialled = id, name, far, caller, dialled
        self.state = "Down"
        self.room = ""
        self.muted = self.deaf = self.held = self.talking = False
        self.variables: dict[str, str] = {}
        self.born = time.time()
        self.answered = asyncio.Event()
        self.gone = asyncio.Event()
        self.out = asyncio.Event()
        """Of its room, or of an ear."""
        self.cause, self.sip = 16, ""
        self.whispers: list[Channel] = []
        self.said = SILENCE
        self._sounds: deque[Samples] = deque()
        self._silent = asyncio.Event()
        self._quiet = PAUSE

    @property
    def is_placed(self) -> bool:
        return self.dialled == "s"

    async def play(self, address: str) -> bool:
        """Returns when the sound has ended, or was stopped; False if there is none."""
        try:
            self._sounds = await fetched(address)
        except (aiohttp.ClientError, wave.Error):
            return False
        self._silent.clear()
        await self._silent.wait()
        return True

    def stop_sound(self) -> None:
        self._sounds.clear()
        self._silent.set()

    def next_sound(self) -> Samples:
        if not self._sounds:
            self._silent.set()
            return SILENCE
        return self._sounds.popleft()

    def notice_talking(self) -> bool:
        """Whether that changed."""
        self._quiet = 0 if np.abs(self.said).max() > LOUD else self._quiet + 1
        talks = self._quiet < PAUSE if self.talking else self._quiet == 0
        self.talking, before = talks, self.talking
        return talks != before


async def fetched(address: str) -> deque[Samples]:
    """As `res_http_media_cache` does. Raises ClientError, wave.Error."""
    async with aiohttp.ClientSession(raise_for_status=True) as session, session.get(address) as answer:
        data = await answer.read()
    with wave.open(io.BytesIO(data)) as file:
        step = file.getframerate() // RATE
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)[::step]
    whole = len(samples) // FRAME * FRAME
    return deque(np.split(samples[:whole], whole // FRAME))


class SimulatedPhone:
    """A `rig.Phone`, and the far end of its channel."""

    channel: Channel

    def __init__(self, pbx: "Pbx") -> None:
        self.ear = Ear(RATE)
        self._pbx, self._voice = pbx, Voice(RATE)

    def voice(self) -> Samples:
        return self._voice.frame(FRAME) if self._voice.hz else SILENCE

    def hear(self, samples: Samples) -> None:
        self.ear.hear(samples)

    def end(self) -> None:
        """`Channel.gone` says it."""

    async def press(self, keys: str) -> None:
        for key in keys:
            self._pbx.happens("digit", self.channel, digit=key)

    def talk(self, hz: float) -> None:
        self._voice.hz = hz

    async def hold(self, *, held: bool) -> None:
        self.channel.held = held
        self._pbx.happens("hold" if held else "unhold", self.channel)

    async def hang_up(self) -> None:
        self._pbx.hang_up(self.channel)

    async def over(self) -> None:
        async with within_patience("the bridge ends the call"):
            await self.channel.gone.wait()


class Rtp(asyncio.DatagramProtocol):
    """The far end of a UnicastRTP channel: µ-law to a given address, and from there."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._heard: deque[Samples] = deque(maxlen=5)
        self._numbers = itertools.count()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, address: Any) -> None:
        self._heard.append(ulaw_decode(data[12:]))

    def voice(self) -> Samples:
        return self._heard.popleft() if self._heard else SILENCE

    def hear(self, samples: Samples) -> None:
        number = next(self._numbers)
        header = bytes([0x80, 0]) + number.to_bytes(2) + (number * FRAME).to_bytes(4) + bytes(4)
        self._transport.sendto(header + ulaw_encode(samples), self._to)

    def end(self) -> None:
        self._transport.close()


class Half:
    """One end of a Local channel: what it hears, the other says."""

    def __init__(self) -> None:
        self.other = self
        self._heard: deque[Samples] = deque(maxlen=5)

    def voice(self) -> Samples:
        return self.other.said()

    def said(self) -> Samples:
        return self._heard.popleft() if self._heard else SILENCE

    def hear(self, samples: Samples) -> None:
        self._heard.append(samples)

    def end(self) -> None:
        """There is nobody behind it."""


class Pbx(ABC):
    """What a protocol adds are `dialplan` and `happens`."""

    def __init__(self, callees: Mapping[str, Callee]) -> None:
        self.channels: dict[str, Channel] = {}
        self.menu = "7000"
        self._callees = callees
        self._rung: dict[Callee, asyncio.Queue[SimulatedPhone]] = {
            callee: asyncio.Queue() for callee in Callee
        }
        self._ids = itertools.count(1)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        self.spawn(self._mix_on())

    async def close(self) -> None:
        for channel in list(self.channels.values()):
            self.hang_up(channel)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @abstractmethod
    async def dialplan(self, channel: Channel) -> None:
        """What is done with an answered call, until its end."""

    @abstractmethod
    def happens(self, what: str, channel: Channel, **about: str) -> None:
        """born, dialled, ringing, unanswered, up, joined, left, closed, talking, silent, digit, hold, unhold,
        gone"""

    def restart(self) -> None:
        """All calls are lost, and nobody is told."""
        for channel in list(self.channels.values()):
            del self.channels[channel.id]
            channel.room = ""
            channel.gone.set()
            channel.out.set()
            channel.far.end()

    # Calls

    def silent(self) -> SimulatedPhone:
        """A telephone that nobody holds."""
        return SimulatedPhone(self)

    async def call(self, caller: str, dialled: str) -> SimulatedPhone:
        phone = SimulatedPhone(self)
        channel = self.make("PJSIP/trunk", phone, caller=caller, dialled=dialled)
        phone.channel = channel
        channel.state = "Ring"
        self.spawn(self.dialplan(channel))
        async with within_patience("our call is taken"):
            await channel.answered.wait()
        return phone

    async def called(self, callee: Callee) -> SimulatedPhone:
        async with within_patience(f"the phone {callee} rings"):
            return await self._rung[callee].get()

    def make(self, kind: str, far: Far, *, id: str = "", caller: str = "", dialled: str = "s") -> Channel:
        number = next(self._ids)
        channel_id = id or f"{int(time.time())}.{number}"
        name = f"{kind}-{number:08x}"
        channel = self.channels[channel_id] = Channel(channel_id, name, far, caller=caller, dialled=dialled)
        self.happens("born", channel)
        return channel

    def goes_up(self, channel: Channel) -> None:
        """The other side has answered."""
        self.answer(channel)
        self.spawn(self.dialplan(channel))

    def answer(self, channel: Channel) -> None:
        if channel.state != "Up":
            channel.state = "Up"
            channel.answered.set()
            self.happens("up", channel)

    async def place(self, id: str, endpoint: str, caller: str, timeout_s: float) -> Channel:
        """A call to a number; returns at once."""
        phone = SimulatedPhone(self)
        phone.channel = channel = self.make("PJSIP/trunk", phone, id=id, caller=caller)
        number = re.sub(r"[^+0-9]", "", endpoint)
        self.spawn(self._ring(phone, self._callees.get(number, Callee.REFUSES), timeout_s))
        return channel

    async def _ring(self, phone: SimulatedPhone, callee: Callee, timeout_s: float) -> None:
        channel = phone.channel
        self.happens("dialled", channel)
        if refusal := REFUSALS.get(callee):
            channel.sip = refusal[1]
            self.hang_up(channel, refusal[0])
            return
        channel.state = "Ringing"
        self.happens("ringing", channel)
        self._rung[callee].put_nowait(phone)
        if callee == Callee.ANSWERS:
            self.goes_up(channel)
            return
        try:
            await asyncio.wait_for(channel.gone.wait(), timeout_s / HURRY)
        except TimeoutError:
            self.happens("unanswered", channel)
            self.hang_up(channel, 0)

    async def media(self, id: str, to: str) -> Channel:
        """A UnicastRTP channel that sends to `host:port`."""
        host, _, port = to.rpartition(":")
        loop = asyncio.get_running_loop()
        _, rtp = await loop.create_datagram_endpoint(
            lambda: Rtp((host, int(port))), local_addr=("127.0.0.1", 0)
        )
        channel = self.make("UnicastRTP/" + to, rtp, id=id)
        channel.variables |= {"UNICASTRTP_LOCAL_ADDRESS": "127.0.0.1", "UNICASTRTP_LOCAL_PORT": str(rtp.port)}
        return channel

    def hang_up(self, channel: Channel, cause: int = 16) -> None:
        if channel.gone.is_set():
            return
        del self.channels[channel.id]
        channel.cause = cause
        channel.gone.set()
        channel.stop_sound()
        self.leave(channel)
        self.happens("gone", channel)
        channel.far.end()

    def hang_up_media(self) -> None:
        for channel in list(self.channels.values()):
            if isinstance(channel.far, Rtp):
                self.hang_up(channel)

    # Rooms

    def inside(self, room: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.room == room]

    def enter(self, channel: Channel, room: str) -> None:
        channel.room = room
        channel.out.clear()
        self.happens("joined", channel, room=room)

    def leave(self, channel: Channel) -> None:
        """Also out of an ear."""
        channel.out.set()
        for other in self.channels.values():
            if channel in other.whispers:
                other.whispers.remove(channel)
        if room := channel.room:
            channel.room, channel.talking = "", False
            self.happens("left", channel, room=room)
            if not self.inside(room):
                self.happens("closed", channel, room=room)

    # Sound

    async def _mix_on(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._mix()
            is_outside = any(isinstance(channel.far, Rtp) for channel in self.channels.values())
            due = max(due + (FRAME_S if is_outside else FRAME_S / HURRY), loop.time() - FRAME_S)
            await asyncio.sleep(max(0.0, due - loop.time()))

    def _mix(self) -> None:
        up = [channel for channel in self.channels.values() if channel.state == "Up"]
        for channel in up:
            said = channel.far.voice()
            channel.said = SILENCE if channel.muted or channel.held else said
            if channel.room and channel.notice_talking():
                self.happens("talking" if channel.talking else "silent", channel)
        for channel in up:
            channel.far.hear(SILENCE if channel.deaf else self._heard_by(channel, up))

    def _heard_by(self, channel: Channel, up: list[Channel]) -> Samples:
        others = [
            other.said for other in up if channel.room and other.room == channel.room and other is not channel
        ]
        whispers = [other.said for other in channel.whispers]
        heard = np.sum([channel.next_sound(), *others, *whispers], axis=0, dtype=np.int32)
        return np.clip(heard, -32768, 32767).astype(np.int16)
