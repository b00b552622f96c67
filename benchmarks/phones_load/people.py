"""Who is on the phone and who has a browser, while it is measured: they send in time, and notice when a burst
of sound begins."""

import socket
import statistics
import time
from dataclasses import dataclass, field
from struct import pack
from typing import Protocol

import numpy as np
from pylibsrtp import Error, Policy, Session

from benchmarks.forwarding_load.client import OPUS, Client
from bridges.pcm import ulaw_decoded, ulaw_encoded
from conferences.media.mixing import FRAME_S, SAMPLE_RATE, Samples
from conferences.media.opus import OpusDecoder, OpusEncoder

Address = tuple[str, int]

BURST_HZ = 600
BURST_FRAMES = 8
LOUD = 8000
_BEGINS = 2000
"""Above that it is the burst."""
_BUFFER = 8 * 1024 * 1024
_SO_RCVBUFFORCE = 33  # <asm/socket.h>


def tone(hertz: float, frames: int, rate: int, peak: int = LOUD) -> list[Samples]:
    size = int(rate * FRAME_S)
    times = np.arange(frames * size) / rate
    sound = (peak * np.sin(2 * np.pi * hertz * times)).astype(np.int16)
    return [sound[at : at + size] for at in range(0, len(sound), size)]


class Person(Protocol):
    """Sends a frame each 20 ms, and hears."""

    heard_at: float

    def send(self, turn: int, *, burst: int | None) -> None: ...


def begins(samples: Samples, rate: int, now: float) -> float | None:
    """When the first sample of a burst is to be heard, if it is in this frame that came now."""
    loud = np.flatnonzero(np.abs(samples) > _BEGINS)
    return now + loud[0] / rate if len(loud) else None


def _socket(host: str) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER)
    opened.bind((host, 0))
    opened.setblocking(False)
    return opened


class Crowd:
    """The callers of a room who share a socket. They send to where they hear from; the first so many talk all
    the time, the others are as good as silent."""

    def __init__(self, host: str, *, people: int, talkers: int) -> None:
        self.socket = _socket(host)
        self.received = self.sent = self.empty = 0
        """`empty`: packets without a sound."""
        self._people, self._talkers = people, talkers
        self.targets: dict[Address, None] = {}
        generator = np.random.default_rng(1)
        self._noise = [ulaw_encoded(generator.normal(0, 15, 160).astype(np.int16)) for _ in range(50)]
        self._speech = [ulaw_encoded(frame) for frame in tone(350, 50, 8000, 3000)]

    @property
    def is_complete(self) -> bool:
        return len(self.targets) >= self._people

    def send(self, turn: int, part: int, parts: int) -> None:
        """Those whose part of the 20 ms it is."""
        header = pack("!BBHII", 0x80, 0, turn & 0xFFFF, turn * 160 & 0xFFFFFFFF, 7)
        for place, address in enumerate(self.targets):
            if place % parts == part:
                payload = (self._speech if place < self._talkers else self._noise)[turn % 50]
                self.socket.sendto(header + payload, address)
                self.sent += 1

    def read(self) -> None:
        while True:
            try:
                data, address = self.socket.recvfrom(2048)
            except OSError:
                return
            self.received += 1
            self.empty += data.count(data[-1], 12) == len(data) - 12
            self.targets.setdefault(address)


class Caller:
    """One whose sound is looked at. Silent but for bursts. Sends to where it hears from."""

    def __init__(self, host: str) -> None:
        self.socket = _socket(host)
        self.target: Address | None = None
        self.heard_at = 0.0
        self._silence = b"\xff" * 160
        self._burst = [ulaw_encoded(frame) for frame in tone(BURST_HZ, BURST_FRAMES, 8000)]

    @property
    def is_complete(self) -> bool:
        return self.target is not None

    def send(self, turn: int, *, burst: int | None) -> None:
        payload = self._silence if burst is None else self._burst[burst]
        header = pack("!BBHII", 0x80, 0, turn & 0xFFFF, turn * 160 & 0xFFFFFFFF, 9)
        if self.target is not None:
            self.socket.sendto(header + payload, self.target)

    def read(self) -> None:
        while True:
            try:
                data, self.target = self.socket.recvfrom(2048)
            except OSError:
                return
            at = begins(ulaw_decoded(data[12:]), 8000, time.monotonic())
            self.heard_at = self.heard_at or at or 0.0


class Browser(Client):
    """Speaks Opus, and decrypts what it hears. With `talks` it never stops."""

    def __init__(self, host: str, ssrc: int, *, talks: bool = False) -> None:
        super().__init__(host)
        self.heard_at = 0.0
        self._ssrc, self._talks = ssrc, talks
        self._inbound: Session | None = None
        self._decoder = OpusDecoder()
        encoder = OpusEncoder()
        sound = tone(500, 50, SAMPLE_RATE, 3000) if talks else [np.zeros(320, np.int16)] * 50
        self._steady = [encoder.encoded(frame) for frame in sound]
        self._burst = [encoder.encoded(frame) for frame in tone(BURST_HZ, BURST_FRAMES, SAMPLE_RATE)]

    def send_turn(self, turn: int, *, burst: int | None) -> None:
        payload = self._steady[turn % 50] if burst is None else self._burst[burst]
        level = 20 if self._talks or burst is not None else 127
        header = pack("!BBHII", 0x90, OPUS, turn & 0xFFFF, turn * 960 & 0xFFFFFFFF, self._ssrc)
        self.send(header + pack("!HHBBH", 0xBEDE, 1, 0x10, level, 0) + payload)

    def read(self) -> None:
        if self._talks or not self.is_connected:
            super().read()
            return
        if self._inbound is None:
            keys = self._handshake.keys
            policy = Policy(
                key=keys.remote, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=keys.profile.policy
            )
            self._inbound = Session(policy)
        while True:
            try:
                data = self.socket.recv(2048)
            except OSError:
                return
            if data[0] & 0xC0 == 0x80 and not 192 <= data[1] <= 223:
                self._hear(data, self._inbound)

    def _hear(self, data: bytes, inbound: Session) -> None:
        try:
            packet = inbound.unprotect(data)
        except Error:
            return
        start = 12 + (4 + 4 * int.from_bytes(packet[14:16]) if packet[0] & 0x10 else 0)
        at = begins(self._decoder.decoded(packet[start:]), SAMPLE_RATE, time.monotonic())
        self.heard_at = self.heard_at or at or 0.0


@dataclass
class Delays:
    """From mouth to ear, of one way. What is said in a frame was said 20 ms before it is sent."""

    said_at: float = 0.0
    found: list[float] = field(default_factory=list)

    def said(self, now: float) -> None:
        self.said_at = now - FRAME_S

    def heard(self, at: float) -> None:
        self.found.append(at - self.said_at)

    @property
    def median_ms(self) -> float:
        return 1000 * statistics.median(self.found) if self.found else float("nan")
