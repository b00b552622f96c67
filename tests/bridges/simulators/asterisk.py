"""The half of a simulated Asterisk that both its protocols show: channels, their telephones, rooms."""

import asyncio
import itertools
import re
import time
import wave
from abc import abstractmethod
from collections import deque
from collections.abc import Mapping

import aiohttp

from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee
from tests.bridges.simulators.mixing import (
    HURRY,
    SILENCE,
    Far,
    Handset,
    Line,
    Mixer,
    Rtp,
    fetched,
)
from tests.bridges.tones import Samples

CAUSES = {0: "Unknown", 16: "Normal Clearing", 17: "User busy", 19: "User alerting, no answer"}
REFUSALS = {Callee.BUSY: (17, "486"), Callee.REFUSES: (21, "603")}


class Channel(Line):
    """`id` is Asterisk's *Uniqueid*. State: Down, Ring (it calls us), Ringing (we call it), Up."""

    def __init__(self, id: str, name: str, far: Far, *, caller: str = "", dialled: str = "s") -> None:
        super().__init__(far)
        self.id, self.name, self.caller, self.dialled = id, name, caller, dialled
        self.state = "Down"
        self.variables: dict[str, str] = {}
        self.born = time.time()
        self.answered = asyncio.Event()
        self.cause, self.sip = 16, ""
        self.whispers: list[Channel] = []

    @property
    def is_placed(self) -> bool:
        return self.dialled == "s"

    @property
    def is_up(self) -> bool:
        return self.state == "Up"

    def besides(self) -> list[Samples]:
        return [self.next_sound(), *(other.said for other in self.whispers)]

    def set(self, name: str, value: str) -> None:
        """A variable; or what a function does."""
        if name == "VOLUME(TX)":
            times = int(value)
            self.factor = times if times > 0 else 1 / -(times or -1)
        else:
            self.variables[name] = value

    async def play_from(self, address: str) -> bool:
        """Returns when the sound has ended, or was stopped; False if there is none."""
        try:
            frames = await fetched([address])
        except (aiohttp.ClientError, wave.Error):
            return False
        await self.play(frames)
        return True


class SimulatedPhone(Handset):
    """A `rig.Phone`."""

    channel: Channel

    def __init__(self, pbx: "Pbx") -> None:
        super().__init__()
        self._pbx = pbx

    @property
    def line(self) -> Line:
        return self.channel

    async def press(self, keys: str) -> None:
        for key in keys:
            self._pbx.happens("digit", self.channel, digit=key)

    async def hold(self, *, held: bool) -> None:
        self.channel.held = held
        self._pbx.happens("hold" if held else "unhold", self.channel)

    async def hang_up(self) -> None:
        self._pbx.hang_up(self.channel)


class Half:
    """One end of a Local channel: what it hears, the other says."""

    is_outside = False

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


class Pbx(Mixer[Channel, SimulatedPhone]):
    """What a protocol adds are `dialplan` and `happens`."""

    def __init__(self, callees: Mapping[str, Callee]) -> None:
        super().__init__(callees)
        self.menu = "7000"
        self._ids = itertools.count(1)

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

    async def media(self, id: str, to: str, codec: str) -> Channel:
        """A UnicastRTP channel that sends to `host:port`."""
        host, _, port = to.rpartition(":")
        loop = asyncio.get_running_loop()
        _, rtp = await loop.create_datagram_endpoint(
            lambda: Rtp(codec, (host, int(port))), local_addr=("127.0.0.1", 0)
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
            if channel.far.is_outside:
                self.hang_up(channel)

    # Rooms

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

    def tell_talking(self, channel: Channel) -> None:
        self.happens("talking" if channel.talking else "silent", channel)
