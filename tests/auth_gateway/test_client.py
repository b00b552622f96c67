"""The way to a sign-in server and back, whatever it does: real servers on real sockets."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auth_gateway.client import MOST_BYTES, post
from auth_gateway.configuration import Gateway
from auth_gateway.contract import Reply, Unavailable
from tests.auth_gateway.servers import Certificate, Request, SignInServer, sign_in_server
from tests.house import free_port

BODY = b'{"action":"login"}'


def asked(url: str, **fields: Any) -> Reply | Unavailable:
    return post(Gateway(url=url, **{"connect_s": 1.0, "total_s": 1.0, **fields}), BODY, {"X-Test": "1"})


def why(said: Reply | Unavailable) -> str:
    assert isinstance(said, Unavailable)
    return said.code


@pytest.fixture
def server() -> Iterator[SignInServer]:
    with sign_in_server(lambda request: request.answer(200, b'{"result":"deny"}')) as running:
        yield running


def test_the_question_goes_out_and_the_answer_comes_back(server: SignInServer) -> None:
    said = asked(server.url, bearer="t0ken")
    assert said == Reply(200, "application/json", b'{"result":"deny"}')
    (request,) = server.requests
    assert (request.body, request.headers["x-test"]) == (BODY, "1")
    assert request.headers["authorization"] == "Bearer t0ken"


def test_a_user_name_and_password_of_ours_are_sent_as_basic_has_it(server: SignInServer) -> None:
    asked(server.url, username="meet", password="s3cret")
    assert server.requests[0].headers["authorization"] == "Basic bWVldDpzM2NyZXQ="


async def test_coroutines_ask_through_a_thread(server: SignInServer) -> None:
    said = await asyncio.to_thread(asked, server.url)
    assert isinstance(said, Reply)


def test_nobody_there_is_said_so() -> None:
    assert why(asked(f"http://127.0.0.1:{free_port()}/auth")) == "unreachable"
    assert why(asked("http://nowhere.invalid/auth")) in {"unreachable", "timeout"}


def silent(request: Request) -> None:
    request.over.wait(30)


def dribble_headers(request: Request) -> None:
    request.write(b"HTTP/1.1 200 OK\r\n")
    while not request.over.wait(0.05):
        request.write(b"X")


def dribble_body(request: Request) -> None:
    request.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not request.over.wait(0.05):
        request.write(b" ")


@pytest.mark.parametrize("behave", [silent, dribble_headers, dribble_body])
def test_the_deadline_holds_however_slowly_it_drips(server: SignInServer, behave: Any) -> None:
    server.behave = behave
    assert why(asked(server.url, total_s=0.4)) == "timeout"


def test_who_never_takes_the_connection_is_given_up() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.create_connection(full.getsockname())]
        url = f"http://127.0.0.1:{full.getsockname()[1]}/auth"
        assert why(asked(url, connect_s=0.3, total_s=0.6)) == "timeout"
        for one in waiting:
            one.close()


def test_redirects_are_not_followed(server: SignInServer) -> None:
    server.behave = lambda request: request.answer(302, more=f"Location: {server.url}/elsewhere\r\n")
    said = asked(server.url)
    assert isinstance(said, Reply)
    assert (said.status, len(server.requests)) == (302, 1)


def endless(request: Request) -> None:
    request.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not request.over.is_set():
        request.write(b" " * 65536)


def test_a_gigabyte_is_not_read(server: SignInServer) -> None:
    server.behave = endless
    assert why(asked(server.url)) == "too_large"
    server.behave = lambda request: request.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n{")
    assert why(asked(server.url)) == "too_large"
    server.behave = lambda request: request.answer(200, b" " * MOST_BYTES)
    assert isinstance(asked(server.url), Reply)


@pytest.mark.parametrize(
    "nonsense", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"\x00" * 500]
)
def test_nonsense_is_no_answer(server: SignInServer, nonsense: bytes) -> None:
    server.behave = lambda request: request.write(nonsense)
    assert why(asked(server.url)) == "unreachable"
    assert len(server.requests) == 1, "it may have heard us: it is not asked again"


def test_compressed_answers_are_not_unpacked(server: SignInServer) -> None:
    server.behave = lambda request: request.answer(200, b"\x1f\x8b bomb", more="Content-Encoding: gzip\r\n")
    said = asked(server.url)
    assert isinstance(said, Reply)
    assert said.body == b"\x1f\x8b bomb"


def test_who_hangs_up_is_not_asked_again(server: SignInServer) -> None:
    def reset(request: Request) -> None:
        raise ConnectionError

    server.behave = reset
    assert why(asked(server.url)) == "unreachable"
    assert len(server.requests) == 1


# Certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def encrypted(certificate: Certificate) -> Iterator[SignInServer]:
    with sign_in_server(lambda request: request.answer(204), certificate) as running:
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted: SignInServer) -> None:
    assert why(asked(encrypted.url)) == "certificate"
    assert encrypted.requests == [], "nothing was told to a stranger"


def test_a_certificate_of_an_own_authority_is_good(encrypted: SignInServer, certificate: Certificate) -> None:
    assert isinstance(asked(encrypted.url, ca_file=str(certificate.file)), Reply)


def test_a_pinned_certificate_is_good_and_no_other(encrypted: SignInServer, certificate: Certificate) -> None:
    assert isinstance(asked(encrypted.url, fingerprint=certificate.sha256), Reply)
    other = asked(encrypted.url, fingerprint="00" * 32)
    assert why(other) == "certificate"
    assert isinstance(other, Unavailable)
    assert certificate.sha256 in other.detail
    assert len(encrypted.requests) == 1, "nothing was told to the other"


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    other = Certificate(tmp_path, "other.example")
    with sign_in_server(lambda request: request.answer(204), other) as running:
        assert why(asked(running.url, ca_file=str(other.file))) == "certificate"
        assert running.requests == []


def test_encryption_that_is_none_is_refused(server: SignInServer) -> None:
    assert why(asked(server.url.replace("http:", "https:"))) in {"certificate", "timeout", "unreachable"}
