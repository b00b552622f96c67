"""The sample servers of the handbook, run as an integrator would."""

import base64
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from auth_gateway.asking import exchange
from auth_gateway.configuration import Gateway
from auth_gateway.contract import Allowed, Answer, Denied, Question, Unavailable
from meetingserver import env
from tests.auth_gateway.servers import ALICES
from tests.house import ROOT, free_port, is_up, wait_until

KEY = b"thirty-two bytes that are shared"
SAMPLES = ROOT / "docs" / "samples"
COMMANDS = {
    "python": [sys.executable, str(SAMPLES / "sign_in.py"), "{port}"],
    "php": ["php", "-S", "127.0.0.1:{port}", str(SAMPLES / "sign_in.php")],
}


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def gateway(request: pytest.FixtureRequest) -> Iterator[Gateway]:
    port = free_port()
    process = subprocess.Popen(
        [part.format(port=port) for part in COMMANDS[request.param]],
        env={**env.surroundings(), "SECRET": f"whsec_{base64.b64encode(KEY).decode()}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: is_up(port), "the sample server is up")
        yield Gateway(url=f"http://127.0.0.1:{port}/", secrets=(KEY,), nonce_required=True)
    finally:
        process.terminate()
        process.wait()


def answer(gateway: Gateway, question: Question) -> Answer:
    return exchange(gateway, question, now=time.time()).answer


def who(said: Answer) -> tuple[str, str, str]:
    assert isinstance(said, Allowed), said
    return said.identity.user_id, said.identity.role, said.identity.account


def test_alice_signs_in(gateway: Gateway) -> None:
    said = answer(gateway, replace(ALICES, password="wonderland"))
    assert who(said) == ("alice", "host", "ACME0001")


def test_a_wrong_password_is_refused_with_words(gateway: Gateway) -> None:
    assert answer(gateway, ALICES) == Denied("denied", "We do not know you.")
    assert answer(gateway, replace(ALICES, user="mallory")) == Denied("denied", "We do not know you.")


def test_a_ticket_names_bob(gateway: Gateway) -> None:
    question = Question(action="ticket", ticket="ticket-of-bob", conference="123456789")
    assert who(answer(gateway, question)) == ("bob", "guest", "")
    assert isinstance(answer(gateway, replace(question, ticket="another")), Denied)


def test_a_caller_has_a_pin(gateway: Gateway) -> None:
    question = Question(action="dialin", conference="123456789", pin="4711", channel="phone")
    assert who(answer(gateway, question)) == ("alice", "host", "ACME0001")
    assert isinstance(answer(gateway, replace(question, pin="4712")), Denied)


def test_asked_again_it_knows_its_people(gateway: Gateway) -> None:
    assert who(answer(gateway, Question(action="join", user="bob", conference="1"))) == ("bob", "guest", "")
    assert isinstance(answer(gateway, Question(action="join", user="eve", conference="1")), Denied)


def test_who_does_not_sign_gets_no_answer(gateway: Gateway) -> None:
    stranger = Gateway(url=gateway.url, secrets=(b"another secret of some length",))
    assert isinstance(answer(stranger, replace(ALICES, password="wonderland")), Unavailable)
