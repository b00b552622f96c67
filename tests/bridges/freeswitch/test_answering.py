"""A FreeSWITCH that calls us by SIP gets its sound, and nobody else does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bridges.codecs import G722, L16, PCMA, PCMU
from bridges.errors import MediaFailed
from bridges.freeswitch.answering import Answerer, offered, parsed
from tests.bridges.patience import within_patience

NAME = "fs_media_0123"


def sdp(formats: str = "0 101", more: str = "", host: str = "127.0.0.1") -> str:
    lines = ["v=0", f"o=FreeSWITCH 1 1 IN IP4 {host}", "s=FreeSWITCH", f"c=IN IP4 {host}", "t=0 0"]
    lines += [f"m=audio 20300 RTP/AVP {formats}", "a=rtpmap:101 telephone-event/8000"]
    return "\r\n".join([*lines, *more.split()]).replace("rtpmap=", "a=rtpmap:").replace("~", " ") + "\r\n"


def request(method: str, name: str = NAME, body: str = "", call: str = "call-1") -> bytes:
    return (
        f"{method} sip:{name}@127.0.0.1:5090 SIP/2.0\r\n"
        "Via: SIP/2.0/UDP 192.0.2.1:5080;branch=z9hG4bKa\r\nv: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n"
        f'From: "MeetingServer" <sip:0@192.0.2.1>;tag=x\r\nTo: <sip:{name}@127.0.0.1>\r\n'
        f"Call-ID: {call}\r\nCSeq: 1 {method}\r\nContact: <sip:mod_sofia@192.0.2.1>\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Caller(asyncio.DatagramProtocol):
    """FreeSWITCH's end."""

    def __init__(self) -> None:
        self._answers: asyncio.Queue[str] = asyncio.Queue()

    def datagram_received(self, data: bytes, address: object) -> None:
        self._answers.put_nowait(data.decode())

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    async def ask(self, data: bytes) -> str:
        self.transport.sendto(data)
        async with within_patience("SIP is answered"):
            return await self._answers.get()


@asynccontextmanager
async def calling(*, accepts: bool = True) -> AsyncIterator[tuple[Answerer, Caller]]:
    answerer = Answerer(
        "127.0.0.1", "127.0.0.1", 0, accepts=lambda address: accepts and address == "127.0.0.1"
    )
    await answerer.open()
    loop = asyncio.get_running_loop()
    _, caller = await loop.create_datagram_endpoint(Caller, remote_addr=("127.0.0.1", answerer.port))
    try:
        yield answerer, caller
    finally:
        caller.transport.close()
        answerer.close()


async def test_who_is_expected_gets_a_leg_and_misses_nothing_when_an_answer_is_lost() -> None:
    async with calling() as (answerer, caller):
        expected = answerer.expect(NAME)
        answer = await caller.ask(request("INVITE", body=sdp()))
        assert answer.startswith("SIP/2.0 200 OK\r\n")
        assert "via: SIP/2.0/UDP 192.0.2.1:5080;branch=z9hG4bKa\r\nvia: SIP/2.0/UDP 192.0.2.2" in answer
        assert "cseq: 1 INVITE" in answer
        leg = await expected
        assert f"m=audio {leg.address[1]} RTP/AVP 0\r\n" in answer
        assert leg.remote == ("127.0.0.1", 20300)
        assert await caller.ask(request("INVITE", body=sdp())) == answer
        leg.close()


async def test_a_name_is_good_for_one_call_only() -> None:
    async with calling() as (answerer, caller):
        expected = answerer.expect(NAME)
        await caller.ask(request("INVITE", body=sdp()))
        (await expected).close()
        assert "404" in await caller.ask(request("INVITE", body=sdp(), call="call-2"))
        assert "200" in await caller.ask(request("BYE"))
        assert "404" in await caller.ask(request("INVITE", body=sdp()))


async def test_who_is_not_expected_or_not_any_more_is_not_found() -> None:
    async with calling() as (answerer, caller):
        assert "404" in await caller.ask(request("INVITE", "fs_media_guessed", sdp()))
        assert "404" in await caller.ask(request("INVITE", "UPPER case", sdp()))
        answerer.expect(NAME).cancel()
        await asyncio.sleep(0)
        assert "404" in await caller.ask(request("INVITE", body=sdp()))


@pytest.mark.parametrize(
    "body", [sdp("18 101"), "", sdp(host="198.51.100.7")], ids=["g729", "empty", "elsewhere"]
)
async def test_sound_that_does_not_fit_is_not_acceptable(body: str) -> None:
    async with calling() as (answerer, caller):
        expected = answerer.expect(NAME)
        assert "488" in await caller.ask(request("INVITE", body=body))
        with pytest.raises(MediaFailed):
            await expected


async def test_all_else_is_answered_at_once_and_garbage_is_not() -> None:
    async with calling() as (_, caller):
        for odd in (b"", b"\r\n\r\n", b"\xff\xfe", b"INVITE sip:x\r\nno header\r\n\r\n", request("ACK")):
            caller.transport.sendto(odd)
        for method in ("OPTIONS", "BYE", "CANCEL", "UPDATE"):
            assert f"cseq: 1 {method}" in await caller.ask(request(method))
        assert "405" in await caller.ask(request("REFER"))


async def test_strangers_hear_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async with calling(accepts=False) as (answerer, caller):
        answerer.datagram_received(request("OPTIONS"), ("198.51.100.7", 5060))
        caller.transport.sendto(request("OPTIONS"))
        assert "198.51.100.7" in caplog.text


def test_the_first_codec_that_we_can_is_taken() -> None:
    assert offered(sdp()).codec == PCMU
    assert offered(sdp("8 0")).codec == PCMA
    assert offered(sdp("9 8 0", "rtpmap=9~G722/8000")).codec == offered(sdp("9 0")).codec == G722
    wide = offered(sdp("118 0", "rtpmap=118~L16/16000"))
    assert (wide.codec, wide.payload_type) == (L16, 118)
    with pytest.raises(MediaFailed):
        offered("v=0")


def test_compact_names_are_known() -> None:
    read = parsed(b"BYE sip:x SIP/2.0\r\ni: 7\r\nt: <sip:x>\r\n\r\n")
    assert read
    assert (read["call-id"], read["to"], read["via"]) == ("7", "<sip:x>", "")
