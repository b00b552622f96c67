"""A WebRTC client for load: real ICE, DTLS and SRTP, but received packets are only counted."""

import re
import secrets
import socket
import time
from collections.abc import Sequence
from struct import pack

from aioice.stun import Class, Message, Method
from pylibsrtp import Policy, Session

from conferences.media.dtls import Fingerprint, Handshake, Identity
from conferences.media.stun import BindingRequest

_CONSENT_INTERVAL = 2.5
_BUFFER_SIZE = 4 * 1024 * 1024
_SO_RCVBUFFORCE = 33  # <asm/socket.h>: for root, beyond the system's limit
_READS_PER_TURN = 512

OPUS, VP8 = 111, 96
_CODECS = {"audio": f"{OPUS} opus/48000/2", "video": f"{VP8} VP8/90000"}


class Client:
    """One PeerConnection. `received` counts RTP packets, `octets` their bytes."""

    identity = Identity()

    def __init__(self, address: str) -> None:
        self.received = self.octets = self.sent = 0
        self.fragment, self.password = secrets.token_hex(4), secrets.token_hex(12)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER_SIZE)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self.profile = ""
        self._buffer = bytearray(2048)
        self._session: Session | None = None
        self._checked_at = 0.0
        self._shaken_at = 0.0

    def describe(
        self, sections: Sequence[tuple[str, str, int]], *, setup: str, mids: Sequence[str] = ()
    ) -> str:
        """An offer or answer with these sections: kind, direction, SSRC (0 for none)."""
        mids = mids or [str(number) for number in range(len(sections))]
        print_ = self.identity.fingerprint
        host, port = self.socket.getsockname()
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(mids)}"]
        for mid, (kind, direction, ssrc) in zip(mids, sections, strict=True):
            codec = _CODECS[kind]
            lines += [
                f"m={kind} 9 UDP/TLS/RTP/SAVPF {codec.split()[0]}",
                "c=IN IP4 0.0.0.0",
                f"a=mid:{mid}",
                f"a={direction}",
                f"a=ice-ufrag:{self.fragment}",
                f"a=ice-pwd:{self.password}",
                f"a=fingerprint:{print_.algorithm} {print_.value}",
                f"a=setup:{setup}",
                f"a=candidate:1 1 udp 2130706431 {host} {port} typ host",
                "a=rtcp-mux",
                f"a=rtpmap:{codec}",
                "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            ]
            if ssrc:
                lines += [f"a=ssrc:{ssrc} cname:load", f"a=msid:load {mid}"]
        return "\r\n".join(lines) + "\r\n"

    def connect(self, remote: str) -> None:
        """Begin to talk to the server of this SDP."""
        found = {name: _attribute(remote, name) for name in ("ice-ufrag", "ice-pwd", "fingerprint", "setup")}
        host, port = re.findall(
            r"a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) ", remote, re.IGNORECASE
        )[0]
        self._remote = found["ice-ufrag"], found["ice-pwd"]
        self._server = (host, int(port))
        algorithm, value = found["fingerprint"].split()
        self._serves = found["setup"] == "active"
        self._handshake = Handshake(self.identity, Fingerprint(algorithm.lower(), value), server=self._serves)
        self.socket.connect(self._server)

    @property
    def is_connected(self) -> bool:
        return self._session is not None

    def tick(self, now: float) -> None:
        """Keep the path open and the handshake going."""
        if now - self._checked_at >= (_CONSENT_INTERVAL if self.is_connected else 0.3):
            self._checked_at = now
            self._check()
        if not self.is_connected and now - self._shaken_at > 0.5 and self._shaken_at:
            self._shaken_at = now
            self._send_all(self._handshake.expire())

    def _check(self) -> None:
        fragment, password = self._remote
        request = Message(Method.BINDING, Class.REQUEST)
        request.attributes |= {
            "USERNAME": f"{fragment}:{self.fragment}",
            "PRIORITY": 2130706431,
            "ICE-CONTROLLING": 1,
            "USE-CANDIDATE": None,
        }
        request.add_message_integrity(password.encode())
        self.socket.send(bytes(request))

    def read(self) -> None:
        """Count what has arrived."""
        buffer, receive = self._buffer, self.socket.recv_into
        for _ in range(_READS_PER_TURN):
            try:
                size = receive(buffer)
            except (BlockingIOError, ConnectionRefusedError):
                return
            first = buffer[0]
            if first & 0xC0 == 0x80:
                if not 192 <= buffer[1] <= 223:
                    self.received += 1
                    self.octets += size
            elif 20 <= first < 64:
                self._shake(bytes(buffer[:size]))
            elif first == 1 and not self._shaken_at:
                self._shaken_at = time.monotonic()
                self._send_all([] if self._serves else self._handshake.start())
            elif (first, buffer[1]) == (0, 1):
                request = BindingRequest.parse(bytes(buffer[:size]))
                self.socket.send(request.answer(self._server, self.password))

    def _shake(self, datagram: bytes) -> None:
        self._send_all(self._handshake.receive(datagram))
        keys = self._handshake.keys
        if keys and self._session is None:
            self.profile = keys.profile.name.decode()
            self._session = Session(
                Policy(key=keys.local, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=keys.profile.policy)
            )

    def _send_all(self, datagrams: Sequence[bytes]) -> None:
        for datagram in datagrams:
            self.socket.send(datagram)

    def send(self, packet: bytes) -> None:
        if self._session is None:
            raise RuntimeError("not connected")
        self.socket.send(self._session.protect(packet))
        self.sent += 1

    def close(self) -> None:
        self.socket.close()


class Publisher:
    """The packets of one publication, in time."""

    def __init__(
        self, client: Client, ssrc: int, *, video: bool, size: int, per_burst: int, interval: float
    ) -> None:
        self.client = client
        self._ssrc, self._video, self._per_burst, self.interval = ssrc, video, per_burst, interval
        self._filling = secrets.token_bytes(size)
        self._size = size
        self._sequence = self._frame = 0
        self.due_at = 0.0

    def start(self) -> None:
        """Begin somewhere within the interval, so that publishers do not send in step."""
        self.due_at = time.monotonic() + secrets.randbelow(1000) / 1000 * self.interval

    def publish_due(self, now: float) -> None:
        """Send the bursts that are due."""
        while self.due_at <= now:
            self.due_at += self.interval
            self._publish()

    def _publish(self) -> None:
        """Send one burst: a video frame, or a packet of sound."""
        for place in range(self._per_burst):
            last = place == self._per_burst - 1
            self.client.send(self._header(last=last) + self._payload(place))
            self._sequence = self._sequence + 1 & 0xFFFF
        self._frame += 1

    def _header(self, *, last: bool) -> bytes:
        timestamp = int(self._frame * self.interval * (90_000 if self._video else 48_000)) & 0xFFFFFFFF
        marker = 0x80 if last else 0
        if self._video:
            return pack("!BBHII", 0x80, marker | VP8, self._sequence, timestamp, self._ssrc)
        # One extension word: audio level, "voice at -20 dBov".
        return pack("!BBHIIHHI", 0x90, OPUS, self._sequence, timestamp, self._ssrc, 0xBEDE, 1, 0x10940000)

    def _payload(self, place: int) -> bytes:
        if not self._video:
            return self._filling[: self._size - 20]
        inter_frame = 0 if self._frame % 100 == 0 else 1
        start = 0x10 if place == 0 else 0
        descriptor = pack("!BBHB", 0x80 | start, 0x80, 0x8000 | self._frame & 0x7FFF, inter_frame)
        keyframe = b"\x00\x00\x9d\x01\x2a\x80\x02\x68\x01" if start and not inter_frame else b""
        return (descriptor + keyframe + self._filling)[: self._size - 12]


def _attribute(sdp: str, name: str) -> str:
    return re.findall(rf"a={name}:(.+?)\s*$", sdp, re.MULTILINE)[0].strip()
