"""Pages and websockets over HTTPS, as `bin/run --lan` serves them."""

import datetime as dt
import json
import ssl
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from meetingserver import lan
from tests.house import RunningServer

pytestmark = pytest.mark.interop

TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


class EncryptedServer(RunningServer):
    def connection(self) -> HTTPConnection:
        return HTTPSConnection("localhost", self.port, timeout=5, context=TRUSTING)


async def test_a_websocket_speaks_through_the_encryption(tmp_path: Path) -> None:
    certificate, key = lan.certificate(tmp_path / "tls", ["127.0.0.1"], dt.datetime.now(dt.UTC))
    server = EncryptedServer(tmp_path, {"EMBEDDED_WORKER": "false"})
    server.manage("prepare")
    server.start("--tls-cert", str(certificate), "--tls-key", str(key))
    try:
        origin = Origin(f"https://localhost:{server.port}")
        async with connect(f"wss://localhost:{server.port}/ws/", origin=origin, ssl=TRUSTING) as websocket:
            await websocket.send(json.dumps({"seat": "none of ours"}))
            assert json.loads(await websocket.recv()) == {"refused": "seat_invalid"}
            await websocket.wait_closed()
            assert websocket.close_code == 4401
    finally:
        server.end()
