"""What an admin is shown of a question and its answer."""

import time

import pytest
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.contract import Adaption, Question
from auth_gateway.diagnosis import Diagnosis, diagnose
from meetingserver.expressions import Expression
from tests.auth_gateway.servers import ALICES, SignInServer
from tests.house import free_port


def shown(diagnosis: Diagnosis) -> str:
    return "\n".join(f"{heading}\n{text}" for heading, text in diagnosis.parts)


def about(gateway: Gateway, question: Question = ALICES) -> Diagnosis:
    return diagnose(gateway, question, now=time.time())


def test_all_that_goes_out_and_comes_back_is_shown_but_secrets(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", role="host", echo="correct horse")
    found = about(Gateway(url=portal.url, secrets=(b"sixteen characters or more",), nonce_required=True))
    text = shown(found)
    assert found.allowed
    assert "webhook-signature: v1," in text
    assert '"user":"alice"' in text
    assert '"user_id": "u42"' in text
    assert "Allowed, as host." in text
    assert "correct horse" not in text


def test_secrets_are_masked_under_other_names_too(portal: SignInServer) -> None:
    adaption = Adaption(body={"pwd": Expression("'a ' + password")}, allow=Expression("status == 200"))
    found = about(Gateway(url=portal.url, adaption=adaption))
    assert '{"pwd":"a ********"}' in shown(found)


def test_a_denial_is_in_the_words_the_person_would_read(portal: SignInServer) -> None:
    assert "our own words" in shown(about(Gateway(url=portal.url)))
    portal.behave = lambda request: request.answer(403, b'{"message":"Not today."}')
    found = about(Gateway(url=portal.url))
    assert "would read: Not today." in shown(found)
    assert not found.allowed


@pytest.mark.parametrize(
    ("status", "body", "advice"),
    [
        (302, b"", "the server redirects"),
        (500, b"", "only 200, 204, 401 and 403"),
        (200, b"<html>", "a page for people"),
        (200, b"[]", "must be a JSON object"),
        (200, b'{"result":"allow","role":"king"}', "a field of the answer"),
        (204, b"", "must repeat"),
        (200, b" " * 70_000, "at most 64 kB"),
    ],
)
def test_what_is_wrong_is_said_with_advice(
    portal: SignInServer, status: int, body: bytes, advice: str
) -> None:
    portal.behave = lambda request: request.answer(status, body)
    assert advice in shown(about(Gateway(url=portal.url, nonce_required=True)))


def test_nobody_there_and_nobody_to_ask_are_said() -> None:
    assert "cannot be reached" in shown(about(Gateway(url=f"http://127.0.0.1:{free_port()}/")))
    assert "signed links alone" in shown(about(Gateway()))


def test_a_request_that_cannot_be_written_is_said(settings: Settings) -> None:
    adaption = Adaption(body={"x": Expression("user + 1")})
    found = about(Gateway(url="http://127.0.0.1:1/", adaption=adaption))
    assert "an expression of the file" in shown(found)
    assert "correct horse" not in shown(found)
