"""The embedded bridge at a trunk: it registers, by whatever transport, and is told no. sipp is the trunk."""

import asyncio
import contextlib
import ssl
from pathlib import Path
from typing import Any

import pytest

from bridges.sip.adapter import Adapter
from bridges.sip.settings import Config
from tests.bridges.sip_phones import Message
from tests.interop.certificates import certificate
from tests.interop.phones import LOCALHOST, sip_port, sipp

pytestmark = pytest.mark.interop

USER, PASSWORD = "4930123", "correct-horse"


def bridge_at(port: int, *, password: str = PASSWORD, **more: object) -> Adapter:
    config: dict[str, object] = {
        "listen_address": LOCALHOST,
        "port": sip_port(),
        "trunk_domain": f"{LOCALHOST}:{port}",
        "trunk_user": USER,
        "trunk_secret": password,
    }
    return Adapter("sip", Config(**config | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("transport", "of_sipp"), [("udp", "u1"), ("tcp", "t1")])
async def test_it_registers_with_digest(tmp_path: Path, transport: str, of_sipp: str) -> None:
    keys = {"user": USER, "password": PASSWORD}
    with sipp("registrar", tmp_path, transport=of_sipp, **keys) as trunk:
        health = await bridge_at(trunk.port, trunk_transport=transport).check()
        assert health.works, health.answer
        assert await trunk.ended() == 0


async def test_a_wrong_password_is_said_plainly_and_not_told(tmp_path: Path) -> None:
    keys = {"user": USER, "password": PASSWORD}
    with sipp("registrar", tmp_path, **keys) as trunk:
        health = await bridge_at(trunk.port, password="wrong-horse").check()
    assert not health.works
    assert "403" in health.answer
    assert "wrong-horse" not in health.answer


async def test_a_trunk_with_a_certificate_of_nobody_is_not_trusted(tmp_path: Path) -> None:
    own, other = certificate(tmp_path / "own"), certificate(tmp_path / "other")
    more: dict[str, Any] = {"transports": ("udp", "tls"), "certificate": str(own), "trunk_transport": "tls"}
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(other)
    async with await asyncio.start_server(_take_whoever_registers, LOCALHOST, 0, ssl=context) as trunk:
        port = trunk.sockets[0].getsockname()[1]
        health = await bridge_at(port, **more).check()
        assert not health.works
        trusting = await bridge_at(port, **more, authorities=str(other)).check()
        assert trusting.works, trusting.answer


async def _take_whoever_registers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, OSError):
        while True:
            asked = Message(await reader.readuntil(b"\r\n\r\n"))
            same = "".join(
                f"{name}: {value}\r\n"
                for name, value in asked.headers
                if name in ("via", "from", "call-id", "cseq")
            )
            to, contact = asked["to"], asked["contact"]
            mine = f"To: {to};tag=1\r\nContact: {contact};expires=300\r\nContent-Length: 0\r\n\r\n"
            writer.write(f"SIP/2.0 200 OK\r\n{same}{mine}".encode())
    writer.close()
