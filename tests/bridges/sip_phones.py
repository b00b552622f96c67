"""Telephones for real bridges: just enough SIP (RFC 3261) and RTP (RFC 3550, 4733) over UDP to call, be
called, talk, press keys, hold and hang up. One exchange has one SIP port and any number of calls."""

import asyncio
import random
import re
import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from bridges.codecs import G722
from tests.bridges.g711 import ulaw_decode, ulaw_encode
from tests.bridges.patience import within_patience
from tests.bridges.rig import Callee
from tests.bridges.tones import Ear, Samples, Voice

CLOCK = 8000
"""Of the timestamps of both codecs."""
FRAME = 160
KEYS = "0123456789*#"
TELEPHONE_EVENT = 101
KEY_FRAMES = 5
PAUSE = 3
"""Frames without a packet, from which on there is silence."""
ANSWERS = {Callee.BUSY: "486 Busy Here", Callee.REFUSES: "603 Decline"}


class Message:
    """A SIP message; of repeated headers all are kept."""

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.decode(errors="replace").partition("\r\n\r\n")
        self.start, *lines = head.split("\r\n")
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in _split(lines)]

    def __getitem__(self, name: str) -> str:
        return next((value for found, value in self.headers if found == name), "")

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.headers if found == name]

    @property
    def method(self) -> str:
        """Of a request; of an answer, what it answers."""
        return self["cseq"].split()[-1]

    @property
    def status(self) -> int:
        """0: a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0") else 0


def _split(lines: list[str]) -> list[tuple[str, str, str]]:
    return [line.partition(":") for line in lines]


class Sound(asyncio.DatagramProtocol):
    """The RTP of one call: 20 ms of G.711 µ-law, or G.722 of a telephone with HD voice; keys as telephone
    events."""

    def __init__(self, *, wide: bool = False) -> None:
        self.payload_type = 9 if wide else 0
        rate = G722.rate if wide else CLOCK
        self._pack, self._unpack = (_wide if wide else _narrow)()
        self._frame = rate * FRAME // CLOCK
        self.ear = Ear(rate)
        self.voice = Voice(rate)
        self.keys: asyncio.Queue[str] = asyncio.Queue()
        self.to: tuple[str, int] | None = None
        self.loses = 0
        """Every so many packets one is lost; 0: none."""
        self._number = random.randrange(1 << 15)
        self._time = 0
        self._quiet = 0
        self._source = random.randrange(1 << 32)
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]
        self._task = asyncio.create_task(self._talk())

    def datagram_received(self, data: bytes, address: Any) -> None:
        if len(data) > 12 and data[1] & 0x7F == self.payload_type:
            self._quiet = 0
            self.ear.hear(self._unpack(data[12:]))

    def close(self) -> None:
        if self._task:
            self._task.cancel()
        self._transport.close()

    async def _talk(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            if self.to and not self.keys.empty():
                due = await self._press(self.keys.get_nowait(), due)
            self._send(self.payload_type, self._pack(self.voice.frame(self._frame)))
            self._time += FRAME
            self._quiet += 1
            if self._quiet > PAUSE:
                self.ear.hear(np.zeros(self._frame, np.int16))
            due = await _pause(due)

    async def _press(self, key: str, due: float) -> float:
        for frame in range(1, KEY_FRAMES + 4):
            end = 0x80 if frame > KEY_FRAMES else 0
            duration = min(frame, KEY_FRAMES) * FRAME
            self._send(TELEPHONE_EVENT, struct.pack("!BBH", KEYS.index(key), end | 10, duration))
            due = await _pause(due)
        self._time += (KEY_FRAMES + 4) * FRAME
        return due

    def _send(self, payload_type: int, payload: bytes) -> None:
        self._number = (self._number + 1) & 0xFFFF
        header = struct.pack("!BBHII", 0x80, payload_type, self._number, self._time, self._source)
        is_lost = self.loses and self._number % self.loses == 0
        if self.to and not is_lost:
            self._transport.sendto(header + payload, self.to)


Pack = Callable[[Samples], bytes]
Unpack = Callable[[bytes], Samples]


def _narrow() -> tuple[Pack, Unpack]:
    return ulaw_encode, ulaw_decode


def _wide() -> tuple[Pack, Unpack]:
    pack, unpack = G722.packing(), G722.unpacking()
    return lambda samples: pack(b"", samples.tobytes()), unpack


async def _pause(due: float) -> float:
    await asyncio.sleep(max(0.0, due + 0.02 - asyncio.get_running_loop().time()))
    return due + 0.02


class SipPhone:
    """One call of one telephone; a `rig.Phone`."""

    def __init__(self, exchange: "Exchange", sound: Sound, call_id: str) -> None:
        self.ear = sound.ear
        self.sound = sound
        self._exchange = exchange
        self.call_id = call_id
        self.us = self.them = self.target = ""
        self.invite: Message | None = None
        self.status = 0
        """What our call was answered with."""
        self.answered = asyncio.Event()
        self.ended = asyncio.Event()
        self._sequence = 1

    async def press(self, keys: str) -> None:
        for key in keys:
            self.sound.keys.put_nowait(key)

    def talk(self, hz: float) -> None:
        self.sound.voice.hz = hz

    async def hold(self, *, held: bool) -> None:
        self.answered.clear()
        self.request("INVITE", self._exchange.sdp(self.sound, "sendonly" if held else "sendrecv"))
        async with within_patience("our re-INVITE is answered"):
            await self.answered.wait()

    async def hang_up(self) -> None:
        if not self.ended.is_set():
            self.request("BYE")
            self.finish()

    async def over(self) -> None:
        async with within_patience("the bridge ends the call"):
            await self.ended.wait()

    def finish(self) -> None:
        self.ended.set()
        self.sound.close()

    def request(self, method: str, body: str = "", sequence: int = 0) -> None:
        if method != "ACK":
            self._sequence += 1
        self._exchange.send(
            f"{method} {self.target} SIP/2.0",
            {
                "Via": f"SIP/2.0/UDP 127.0.0.1:{self._exchange.port};branch=z9hG4bK{random.random()}",
                "From": self.us,
                "To": self.them,
                "Call-ID": self.call_id,
                "CSeq": f"{sequence or self._sequence} {method}",
                "Contact": f"<sip:phone@127.0.0.1:{self._exchange.port}>",
                "Max-Forwards": "70",
            },
            body,
        )

    def learn(self, message: Message) -> None:
        """Where the other side is, from its contact and its SDP."""
        if contact := re.search(r"<([^>]+)>", message["contact"]):
            self.target = contact[1]
        if port := re.search(r"m=audio (\d+)", message.body):
            self.sound.to = ("127.0.0.1", int(port[1]))


class Exchange(asyncio.DatagramProtocol):
    """All telephones of a test."""

    def __init__(self, bridge_port: int, callees: Mapping[str, Callee]) -> None:
        self._bridge = ("127.0.0.1", bridge_port)
        self._callees = callees
        self._calls: dict[str, SipPhone] = {}
        self._rung: dict[Callee, asyncio.Queue[SipPhone]] = {callee: asyncio.Queue() for callee in Callee}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, port: int, bridge_port: int, callees: Mapping[str, Callee]) -> "Exchange":
        loop = asyncio.get_running_loop()
        _, exchange = await loop.create_datagram_endpoint(
            lambda: cls(bridge_port, callees), local_addr=("127.0.0.1", port)
        )
        return exchange

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    async def close(self) -> None:
        for call in self._calls.values():
            await call.hang_up()
        self._transport.close()

    async def call(self, caller: str, dialled: str, *, wide: bool = False) -> SipPhone:
        phone = await self.dial(caller, dialled, wide=wide)
        async with within_patience("our call is taken"):
            await phone.answered.wait()
        return phone

    async def dial(self, caller: str, dialled: str, *, wide: bool = False) -> SipPhone:
        """Nobody has answered yet."""
        phone = await self._new(f"{random.random()}@phones", wide=wide)
        phone.target = f"sip:{dialled}@127.0.0.1:{self._bridge[1]}"
        phone.us = f"<sip:{caller}@127.0.0.1>;tag={random.randrange(1 << 30)}"
        phone.them = f"<{phone.target}>"
        phone.request("INVITE", self.sdp(phone.sound))
        return phone

    async def called(self, callee: Callee) -> SipPhone:
        async with within_patience(f"the phone {callee} rings"):
            return await self._rung[callee].get()

    async def _new(self, call_id: str, *, wide: bool = False) -> SipPhone:
        loop = asyncio.get_running_loop()
        _, sound = await loop.create_datagram_endpoint(lambda: Sound(wide=wide), local_addr=("127.0.0.1", 0))
        self._calls[call_id] = SipPhone(self, sound, call_id)
        return self._calls[call_id]

    # What comes

    def datagram_received(self, data: bytes, address: Any) -> None:
        message = Message(data)
        if message.status:
            self._answer_came(message)
        elif message["call-id"] in self._calls:
            self._request_came(message, self._calls[message["call-id"]])
        elif message.method == "INVITE":
            task = asyncio.create_task(self._ring(message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._answer(message, "200 OK" if message.method == "OPTIONS" else "481 No Such Call")

    def _answer_came(self, message: Message) -> None:
        phone = self._calls.get(message["call-id"])
        if phone is None or message.method != "INVITE" or message.status < 200:
            return
        phone.status, phone.them = message.status, message["to"]
        phone.learn(message)
        phone.request("ACK", sequence=int(message["cseq"].split()[0]))
        if message.status < 300:
            phone.answered.set()
        else:
            phone.finish()

    def _request_came(self, message: Message, phone: SipPhone) -> None:
        if message.method == "INVITE":
            phone.learn(message)
            self._answer(message, "200 OK", phone, self.sdp(phone.sound))
        elif message.method == "CANCEL":
            self._answer(message, "200 OK")
            if phone.invite:
                self._answer(phone.invite, "487 Request Terminated", phone)
            phone.finish()
        elif message.method == "BYE":
            self._answer(message, "200 OK")
            phone.finish()
        elif message.method != "ACK":
            self._answer(message, "200 OK")

    async def _ring(self, invite: Message) -> None:
        called = re.search(r"sip:([^@]+)@", invite.start)
        callee = self._callees.get(called[1] if called else "")
        if callee is None:
            self._answer(invite, "404 Not Found")
        elif callee in ANSWERS:
            self._answer(invite, ANSWERS[callee])
        else:
            phone = await self._new(invite["call-id"])
            phone.invite = invite
            phone.us = f"{invite['to']};tag={random.randrange(1 << 30)}"
            phone.them = invite["from"]
            phone.learn(invite)
            self._answer(invite, "180 Ringing", phone)
            self._rung[callee].put_nowait(phone)
            if callee == Callee.ANSWERS:
                self._answer(invite, "200 OK", phone, self.sdp(phone.sound))

    # What goes

    def _answer(self, request: Message, status: str, phone: SipPhone | None = None, body: str = "") -> None:
        headers = {
            "From": request["from"],
            "To": phone.us if phone and "tag=" not in request["to"] else request["to"],
            "Call-ID": request["call-id"],
            "CSeq": request["cseq"],
            "Contact": f"<sip:phone@127.0.0.1:{self.port}>",
        }
        self.send(f"SIP/2.0 {status}", headers, body, vias=request.all("via"))

    def send(
        self, start: str, headers: Mapping[str, str], body: str = "", vias: list[str] | None = None
    ) -> None:
        lines = [start, *(f"Via: {via}" for via in vias or [])]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body:
            lines.append("Content-Type: application/sdp")
        lines.append(f"Content-Length: {len(body)}")
        self._transport.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), self._bridge)

    def sdp(self, sound: Sound, direction: str = "sendrecv") -> str:
        lines = [
            *(
                "v=0",
                f"o=- 1 {random.randrange(1 << 30)} IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
            ),
            f"m=audio {sound.port} RTP/AVP {sound.payload_type} {TELEPHONE_EVENT}",
            *(
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:9 G722/8000",
                f"a=rtpmap:{TELEPHONE_EVENT} telephone-event/8000",
            ),
            *(f"a=fmtp:{TELEPHONE_EVENT} 0-15", "a=ptime:20", f"a={direction}"),
        ]
        return "\r\n".join(lines) + "\r\n"
