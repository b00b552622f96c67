"""A media leg over RTP (RFC 3550, 3551), on a UDP port of its own, without SRTP.

For networks of our own: packets count only when they come from the address that the bridge was told.
"""

import errno
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from struct import Struct

from bridges.base import FRAME_BYTES, FRAME_MS, SAMPLE_RATE, MediaLeg
from bridges.codecs import PCMU, Codec
from bridges.pcm import Upsampler
from bridges.quality import mos
from bridges.types import Quality
from conferences.media import rtcp, rtp
from conferences.media.playout import Playout
from conferences.media.reception import Reception

Address = tuple[str, int]

PORTS = range(20_000, 40_000, 2)

_HEADER = Struct("!BBHII")
_MOST_BYTES = 1500
_MOST_AT_ONCE = 16
"""Datagrams taken in one turn: a flood must not keep the other legs waiting."""
_TRIES = 50
_IDLE = 48
"""Peak up to which it is the noise of an idle line: in a conference it would be added to that of others."""
_REPORT_EVERY = 250
"""Frames (5 s) between reports (RFC 3550, section 6.2)."""
_LISTENS_EVERY = 25
_NOBODY = -1
_NTP_EPOCH = 2_208_988_800


SILENCE = bytes(FRAME_BYTES)


@dataclass(slots=True)
class Refused:
    """Datagrams that were not taken, by why."""

    stranger: int = 0
    malformed: int = 0
    oversized: int = 0
    unexpected: int = 0
    """Of another payload type: digits, comfort noise."""


class RtpMediaLeg(MediaLeg):
    """Bound at once: tell the bridge `address`, then `connect` to what it answers. Until then nothing is sent
    and nothing taken. All but the constructor never waits."""

    def __init__(
        self,
        host: str,
        *,
        codec: Codec = PCMU,
        payload_type: int = 0,
        latch: bool = False,
        ports: Sequence[int] = PORTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Bind to an even port of `ports` at this address of ours, and the next for RTCP. With `latch` the
        first packet that could be ours says where the bridge is (behind NAT). Raises OSError."""
        self.refused = Refused()
        self._socket, self._control = _bound_pair(host, ports)
        self._codec = codec
        self._payload_type = payload_type
        self._latch = latch
        self._clock = clock
        self._remote: Address | None = None
        self._remote_control: Address | None = None
        self._incoming = bytearray(2048)
        self._view = memoryview(self._incoming)
        self._ssrc = secrets.randbits(31) + 1
        self._sequence = secrets.randbits(15)
        self._timestamp = secrets.randbits(31)
        self._marker = rtp.MARKER
        self._before = SILENCE
        self._ticks = codec.clock * FRAME_MS // 1000
        self._packed = codec.packing()
        self._up = Upsampler() if codec.rate < SAMPLE_RATE else None
        self._turns = self._sent = self._octets = 0
        self._told_loss = self._jitter_ms = 0.0
        self._heard_ssrc = _NOBODY
        self._begin()

    def _begin(self) -> None:
        """Another stream comes in."""
        self._reception = Reception(self._codec.clock)
        self._unpacked = self._codec.unpacking()
        self._playout = Playout(self._codec.rate, spare=0)
        self._position: int | None = None

    @property
    def address(self) -> Address:
        """Where the bridge is to send to."""
        host, port = self._socket.getsockname()[:2]
        return host, port

    @property
    def remote(self) -> Address | None:
        return self._remote

    def connect(self, remote: Address) -> None:
        """Where the bridge takes our packets, and sends its own from."""
        self._remote, self._remote_control = remote, (remote[0], remote[1] + 1)

    # MediaLeg

    def push(self, frame: bytes) -> None:
        payload = self._packed(self._before, frame)
        self._before = frame
        self._sequence = self._sequence + 1 & rtp.SEQUENCE_MASK
        self._timestamp = self._timestamp + self._ticks & rtp.TIMESTAMP_MASK
        if self._remote is None:
            return
        second = self._payload_type | self._marker
        header = _HEADER.pack(0x80, second, self._sequence, self._timestamp, self._ssrc)
        try:
            self._socket.sendto(header + payload, self._remote)
        except OSError:
            return  # the network is full or away: that is packet loss, and heard as such
        self._marker = 0
        self._sent += 1
        self._octets += len(payload)

    def pull(self) -> bytes | None:
        self._listen()
        self._turns += 1
        if not self._turns % _LISTENS_EVERY:
            self._control_turn()
        frame = self._playout.take()
        if frame is None:
            return None
        if max(int(frame.max()), -int(frame.min())) < _IDLE:
            return SILENCE
        if self._up is not None:
            frame = self._up(frame)
        return frame.tobytes()

    @property
    def stats(self) -> dict[str, int]:
        heard = self._playout.stats
        return {
            "received": heard.received,
            "sent": self._sent,
            "lost": heard.lost,
            "late": heard.late,
            "concealed": heard.concealed,
            "dropped": heard.dropped,
        }

    @property
    def quality(self) -> Quality:
        """Of both ways, the worse: what we miss, and what the bridge says it misses."""
        heard = self._playout.stats
        lost = 100 * heard.lost / max(1, heard.received + heard.lost)
        lost = max(lost, 100 * self._told_loss)
        return Quality(
            mos(lost, self._jitter_ms), round(lost, 2), round(self._jitter_ms, 1), self._codec.name
        )

    def close(self) -> None:
        self._remote = self._remote_control = None
        self._socket.close()
        self._control.close()

    # What comes in

    def _listen(self) -> None:
        for _ in range(_MOST_AT_ONCE):
            try:
                size, address = self._socket.recvfrom_into(self._incoming)
            except OSError:
                return  # nothing left, or closed
            self._received(size, address[:2])

    def _received(self, size: int, address: Address) -> None:
        if address != self._remote and not self._latch:
            self.refused.stranger += 1
            return
        if size > _MOST_BYTES:
            self.refused.oversized += 1
            return
        try:
            packet = rtp.parse(self._view[:size])
        except rtp.MalformedRtp:
            self.refused.malformed += 1
            return
        if packet.payload_type != self._payload_type or not packet.payload:
            self.refused.unexpected += 1
            return
        if self._latch:
            self._latch = False
            self.connect(address)
        if packet.ssrc != self._heard_ssrc:
            self._heard_ssrc = packet.ssrc
            self._begin()
        self._take(packet)

    def _take(self, packet: rtp.Packet) -> None:
        """What comes twice is found out by its place."""
        self._reception.received(packet.sequence, packet.timestamp, self._clock())
        self._position = rtp.counted_on(self._position, packet.timestamp)
        samples = self._position * self._codec.rate // self._codec.clock
        self._playout.put(samples, self._unpacked(packet.payload))

    # RTCP

    def _control_turn(self) -> None:
        """Now and then: what the bridge reports, and what we do."""
        for _ in range(_MOST_AT_ONCE):
            try:
                data, address = self._control.recvfrom(_MOST_BYTES)
            except OSError:
                break
            if address[:2] == self._remote_control:
                self._heed(data)
        if self._remote_control is not None and not self._turns % _REPORT_EVERY:
            try:
                self._control.sendto(self._composed(), self._remote_control)
            except OSError:
                return  # as for sound

    def _heed(self, data: bytes) -> None:
        try:
            messages = rtcp.parse(data)
        except rtcp.MalformedRtcp:
            self.refused.malformed += 1
            return
        for message in messages:
            if isinstance(message, rtcp.Report) and message.ssrc == self._ssrc:
                self._told_loss = message.lost
            elif isinstance(message, rtcp.SenderReport) and message.ssrc == self._heard_ssrc:
                self._reception.sender_reported(message, self._clock())

    def _composed(self) -> bytes:
        """A sender report, and what we miss if anything was heard."""
        ntp = int((time.time() + _NTP_EPOCH) * (1 << 32))
        sender = rtcp.SenderReport(self._ssrc, ntp, self._timestamp, self._sent, self._octets)
        heard = [self._report()] if self._reception.highest >= 0 else []
        return (
            rtcp.sender_report(sender)
            + (rtcp.receiver_report(self._ssrc, heard) if heard else b"")
            + rtcp.source_description(self._ssrc, rtcp.CNAME)
        )

    def _report(self) -> rtcp.Report:
        report = self._reception.report(self._heard_ssrc & 0xFFFFFFFF, self._clock())
        self._jitter_ms = 1000 * report.jitter / self._codec.clock
        return report


def _bound_pair(host: str, ports: Sequence[int]) -> tuple[socket.socket, socket.socket]:
    """Sockets on an even port and the next (RFC 3550, section 11)."""
    for _ in range(_TRIES):
        port = secrets.choice(ports)
        try:
            media = _bound(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        try:
            return media, _bound(host, port + 1)
        except OSError as error:
            media.close()
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, "No free port for RTP was found")


def _bound(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        opened.setblocking(False)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened
