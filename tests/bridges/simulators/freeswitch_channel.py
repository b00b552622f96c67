"""Channels of a simulated FreeSWITCH, what its events say of them, and its calls to SIP addresses."""

import asyncio
import re
import time
from collections import deque
from typing import Any
from uuid import uuid4

from tests.bridges.patience import within_patience
from tests.bridges.simulators.mixing import SILENCE, Far, Line, Rtp
from tests.bridges.tones import Samples


class Channel(Line):
    def __init__(self, uuid: str, far: Far, *, caller: str, dialled: str, outbound: bool) -> None:
        super().__init__(far)
        self.uuid, self.caller, self.dialled = uuid, caller, dialled
        self.outbound = outbound
        self.name = f"sofia/{'external' if outbound else 'internal'}/{dialled if outbound else caller}"
        self.state = "ringing"
        self.variables: dict[str, str] = {}
        self.member = ""
        self.born, self.answered = time.time(), 0.0
        self.cause, self.q850, self.sip = "NORMAL_CLEARING", 16, ""
        self.application = ""
        self.inbox: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()
        self.session: asyncio.Task[None] | None = None
        self.hushed = asyncio.Event()
        self._whisper: deque[Samples] = deque()

    @property
    def is_up(self) -> bool:
        return self.state == "answered"

    def besides(self) -> list[Samples]:
        return [self.next_sound(), self.next_whisper()]

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


class SipCall(asyncio.DatagramProtocol):
    """The far end of a channel that calls out by SIP, with PCMU or G722."""

    is_outside = True

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._call = uuid4().hex
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._rtp = Rtp(codec.lower())

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
        self._uri, self._peer, kind = uri, (host, int(port)), self._rtp.payload_type
        self._send(
            "INVITE",
            "v=0\r\no=FreeSWITCH 1 1 IN IP4 127.0.0.1\r\ns=FreeSWITCH\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self._rtp.port} RTP/AVP {kind} 101\r\na=rtpmap:{kind} {self._codec}/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n",
        )
        async with within_patience("our INVITE is answered"):
            answer = await self._answer
        if not answer.startswith("SIP/2.0 200"):
            return False
        self._send("ACK")
        found = re.search(rf"m=audio (\d+) RTP/AVP {kind}", answer)
        assert found, answer
        self._rtp.to = ("127.0.0.1", int(found[1]))
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
        return self._rtp.voice()

    def hear(self, samples: Samples) -> None:
        self._rtp.hear(samples)

    def end(self) -> None:
        if self._rtp.to:
            self._send("BYE")
        self._transport.close()
        self._rtp.end()
