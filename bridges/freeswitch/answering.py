"""Just enough SIP (RFC 3261) to be called by a FreeSWITCH that we told to: our media leg.

Every request is answered at once and alone by what it says; who misses an answer asks again. So there are no
timers, and a call lasts until FreeSWITCH ends it, whom we tell so by its event socket.
"""

import asyncio
import logging
import re
from asyncio import DatagramTransport, Future
from collections.abc import Callable
from typing import NamedTuple, cast

from bridges.codecs import CODECS, Codec
from bridges.errors import MediaFailed
from bridges.rtp_leg import Address, RtpMediaLeg
from bridges.values import authority

log = logging.getLogger(__name__)

STATIC = {"0": ("PCMU", 8000), "8": ("PCMA", 8000), "9": ("G722", 8000)}
"""RFC 3551, table 4."""
CALLED = re.compile(r"INVITE sip:([a-z0-9_-]+)@")
AUDIO = re.compile(r"^m=audio (\d+) RTP/AVP ([\d ]+)", re.MULTILINE)
CONNECTION = re.compile(r"^c=IN IP[46] (\S+)", re.MULTILINE)
MAPPED = re.compile(r"^a=rtpmap:(\d+) ([A-Za-z0-9-]+)/(\d+)(?:/1)?\s*$", re.MULTILINE)
COPIED = ("via", "from", "call-id", "cseq", "record-route")
COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact"}


class Request:
    """One message. `headers`: in their order, by small names."""

    def __init__(self, start: str, headers: list[tuple[str, str]], body: str) -> None:
        self.start, self.headers, self.body = start, headers, body
        self.method = start.partition(" ")[0]

    def __getitem__(self, name: str) -> str:
        """The first; empty if there is none."""
        return next((value for found, value in self.headers if found == name), "")


class Offer(NamedTuple):
    remote: Address
    codec: Codec
    payload_type: int


class Answerer(asyncio.DatagramProtocol):
    """Who is expected gets a media leg; `accepts` says from where. Others hear nothing, or 404."""

    def __init__(self, address: str, our_host: str, port: int, *, accepts: Callable[[str], bool]) -> None:
        self._address, self._our_host, self.port, self._accepts = address, our_host, port, accepts
        self._transport: DatagramTransport | None = None
        self._expected: dict[str, Future[RtpMediaLeg]] = {}
        self._answers: dict[str, str] = {}
        """Our SDP by Call-ID."""

    async def open(self) -> None:
        """Harmless when it is open. Raises OSError if the port is taken."""
        if self._transport:
            return
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, local_addr=(self._address, self.port))

    def close(self) -> None:
        if self._transport:
            self._transport.close()
            self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(DatagramTransport, transport)
        self.port = transport.get_extra_info("sockname")[1]

    def expect(self, name: str) -> "Future[RtpMediaLeg]":
        """A call to `name` will come. Cancel it when it is not wanted any more."""
        expected: Future[RtpMediaLeg] = asyncio.get_running_loop().create_future()
        self._expected[name] = expected
        expected.add_done_callback(lambda _: self._expected.pop(name, None))
        return expected

    def address_of(self, name: str) -> str:
        """What FreeSWITCH is to call."""
        return f"{name}@{authority(self._our_host, self.port)}"

    # Requests

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        if not self._accepts(address[0]):
            log.warning("SIP from %s was left unanswered", address[0])
            return
        request = parsed(data)
        if request is None or request.method == "ACK":
            return
        if request.method == "INVITE":
            self._invited(request, address)
        elif request.method in ("BYE", "CANCEL", "OPTIONS", "UPDATE", "INFO"):
            if request.method == "BYE":
                self._answers.pop(request["call-id"], None)
            self._answer(request, "200 OK", address)
        else:
            self._answer(request, "405 Method Not Allowed", address)

    def _invited(self, request: Request, address: tuple[str, int]) -> None:
        call, name = request["call-id"], CALLED.match(request.start)
        expected = self._expected.get(name[1]) if name else None
        if call not in self._answers:
            if expected is None or expected.done():
                self._answer(request, "404 Not Found", address)
                return
            try:
                offer = offered(request.body)
                leg = self._made(offer)
            except MediaFailed as error:
                log.warning("FreeSWITCH offered no sound that fits: %s", error)
                expected.set_exception(error)
                self._answer(request, "488 Not Acceptable Here", address)
                return
            self._answers[call] = answered(offer, self._our_host, leg.address[1])
            expected.set_result(leg)
        self._answer(request, "200 OK", address, self._answers[call])

    def _made(self, offer: Offer) -> RtpMediaLeg:
        if not self._accepts(offer.remote[0]):
            raise MediaFailed("its sound is to go elsewhere")
        try:
            leg = RtpMediaLeg(self._address, codec=offer.codec, payload_type=offer.payload_type)
        except OSError as error:
            raise MediaFailed(f"no port for sound at {self._address}") from error
        leg.connect(offer.remote)
        return leg

    def _answer(self, request: Request, status: str, address: tuple[str, int], body: str = "") -> None:
        to = request["to"] if ";tag=" in request["to"] else f"{request['to']};tag=meetingserver"
        lines = [
            f"SIP/2.0 {status}",
            *(f"{name}: {text}" for name, text in request.headers if name in COPIED),
        ]
        lines += [f"to: {to}", f"contact: <sip:{self.address_of('meetingserver')}>"]
        if body:
            lines.append("content-type: application/sdp")
        lines += [f"content-length: {len(body)}", "", body]
        if self._transport:
            self._transport.sendto("\r\n".join(lines).encode(), address)


def parsed(data: bytes) -> Request | None:
    """None: it is no request."""
    head, _, body = data.decode(errors="replace").partition("\r\n\r\n")
    start, *lines = head.split("\r\n")
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            return None
        small = name.strip().lower()
        headers.append((COMPACT.get(small, small), value.strip()))
    return Request(start, headers, body) if start.endswith(" SIP/2.0") else None


def offered(sdp: str) -> Offer:
    """The first sound of an offer (RFC 4566) that we can. Raises MediaFailed."""
    sdp = sdp.replace("\r\n", "\n")
    audio, host = AUDIO.search(sdp), CONNECTION.search(sdp)
    if not audio or not host:
        raise MediaFailed("it has no audio")
    known = STATIC | {number: (name.upper(), int(rate)) for number, name, rate in MAPPED.findall(sdp)}
    for number in audio[2].split():
        if codec := CODECS.get(known.get(number, ("", 0))):
            return Offer((host[1], int(audio[1])), codec, int(number))
    raise MediaFailed("it has none of our codecs")


def answered(offer: Offer, host: str, port: int) -> str:
    """SDP that takes the offer, with our sound there."""
    number, codec = offer.payload_type, offer.codec
    version = "IP6" if ":" in host else "IP4"
    lines = [
        "v=0",
        f"o=meetingserver 1 1 IN {version} {host}",
        "s=-",
        f"c=IN {version} {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {number}",
        f"a=rtpmap:{number} {codec.name}/{codec.clock}",
        "a=ptime:20",
        "a=sendrecv",
    ]
    return "\r\n".join(lines) + "\r\n"
