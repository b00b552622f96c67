"""What the embedded Daphne does otherwise than a plain one. (In a process of its own: it installs an event
loop.)"""

import socket
from collections.abc import Iterator

import pytest

from tests.house import RunningServer, running_server

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("server")
    with running_server(folder, UPLOAD_MAX_MEGABYTES="1", EMBEDDED_WORKER="false") as running:
        yield running


def pour(caller: socket.socket) -> None:
    """Far more than any buffer between the two holds."""
    for _ in range(1000):
        caller.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def test_a_body_without_end_is_cut_off(server: RunningServer) -> None:
    with socket.create_connection(("localhost", server.port)) as caller:
        caller.sendall(b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError, match=r"reset|pipe"):
            pour(caller)
        assert server.get("/healthz")[0] == 200


def test_forms_are_parsed_by_django_and_not_in_the_event_loop(server: RunningServer) -> None:
    body = b"--x\r\nmalformed without an end"
    request = (
        b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    with socket.create_connection(("localhost", server.port)) as caller:
        caller.sendall(request + body)
        assert caller.recv(100).startswith(b"HTTP/1.1 403"), "Twisted itself answers 400"
