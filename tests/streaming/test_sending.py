"""Sending by ourselves: as fast as the reader takes it, and no faster. (Headers: views/test_media.py.)"""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from conferences.clock import now
from streaming.tokens import Pass, key_derive, token_sign
from tests.house import RunningServer, running_server

pytestmark = pytest.mark.interop

SECRET = "only this test knows"
SIZE = 300 * 1024 * 1024
ALLOWED_GROWTH_KB = 30 * 1024


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    film = tmp_path / "recordings" / "archery-12" / "1" / "program.mp4"
    film.parent.mkdir(parents=True)
    with film.open("wb") as file:
        file.truncate(SIZE)
    with running_server(tmp_path, SECRET_KEY=SECRET, EMBEDDED_WORKER="false") as running:
        yield running


def asking(server: RunningServer) -> socket.socket:
    token = token_sign(Pass("archery-12", 1, "g"), key=key_derive(SECRET), now=now())
    address = f"/media/{token}/archery-12/1/program.mp4"
    asking = socket.create_connection(("localhost", server.port))
    asking.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    return asking


def memory_kb(server: RunningServer) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{server.pid}/status").read_text())
    assert found
    return int(found[1])


def poured(reader: socket.socket) -> int:
    total = 0
    while piece := reader.recv(1 << 20):
        total += len(piece)
    return total


def test_a_large_file_is_not_held_in_memory(server: RunningServer) -> None:
    server.get("/healthz")
    before = memory_kb(server)
    with asking(server) as slow, asking(server) as quick:
        assert slow.recv(1000).startswith(b"HTTP/1.1 200"), "and then reads no further"
        assert poured(quick) >= SIZE
        assert server.get("/healthz")[0] == 200
    assert memory_kb(server) - before < ALLOWED_GROWTH_KB


def test_a_reader_who_goes_away_is_forgotten(server: RunningServer) -> None:
    for _ in range(20):
        with asking(server) as reader:
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
    assert server.get("/healthz")[0] == 200
    assert "Traceback" not in server.log.read_text()
