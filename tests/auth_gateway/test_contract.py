"""What is asked, and what an answer means: what is not plainly a yes or a no lets nobody in."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_gateway.contract import (
    MASKED,
    Adaption,
    Allowed,
    Answer,
    Denied,
    Question,
    Reply,
    Unavailable,
    masked,
    read_answer,
    request_body,
    request_fields,
)
from auth_gateway.identity import Identity
from meetingserver.expressions import Expression
from tests.auth_gateway.servers import ALICES

NOON = 1_795_312_800.0
ID = "msg_1"
TICKET = Question(action="ticket", ticket="t-1", conference="123456789")
FULL: dict[str, Any] = {
    "result": "allow",
    "user_id": "u42",
    "display_name": "Alice",
    "email": "a@example.org",
    "role": "host",
    "account": "ACME0001",
    "billing_code": "PO-77",
    "conferences": ["123456789"],
    "max_participants": 50,
    "features": {"record": True},
    "language": "en",
    "brand": "acme",
    "expires_in": 3600,
    "nonce": ID,
    "message": "shown to the user",
}


def answer(
    status: int = 200,
    body: Any = None,
    *,
    raw: bytes | None = None,
    kind: str = "application/json",
    question: Question = ALICES,
    adaption: Adaption | None = None,
    nonce: bool = False,
) -> Answer:
    content = raw if raw is not None else json.dumps(body).encode() if body is not None else b""
    return read_answer(
        Reply(status, kind, content), question, adaption or Adaption(), id=ID, now=NOON, nonce_required=nonce
    )


def identity(said: Answer) -> Identity:
    assert isinstance(said, Allowed)
    return said.identity


def code(said: Answer) -> str:
    assert isinstance(said, Unavailable)
    return said.code


# What is asked


def test_a_question_is_asked_in_the_words_of_the_contract() -> None:
    body, kind = request_body(request_fields(ALICES, ID, int(NOON)), Adaption(), form=False)
    asked = json.loads(body)
    assert kind == "application/json"
    assert asked == {
        "v": 1,
        "id": ID,
        "ts": int(NOON),
        "action": "login",
        "user": "alice",
        "password": "correct horse",
        "ticket": None,
        "pin": None,
        "conference": None,
        "role": None,
        "channel": "web",
        "ani": None,
        "dnis": None,
        "ip": "192.0.2.7",
        "user_agent": "",
        "lang": "",
        "brand": "",
        "host": "meet.example",
    }


def test_a_form_holds_the_same() -> None:
    body, kind = request_body(request_fields(ALICES, ID, int(NOON)), Adaption(), form=True)
    assert kind == "application/x-www-form-urlencoded"
    fields = parse_qs(body.decode())
    assert (fields["user"], fields["password"], fields["v"]) == (["alice"], ["correct horse"], ["1"])
    assert "ticket" not in fields


def test_an_endpoint_that_exists_is_asked_in_its_own_words() -> None:
    adaption = Adaption(body={"login": Expression("user | upper"), "pwd": Expression("password")})
    body, _kind = request_body(request_fields(ALICES, ID, int(NOON)), adaption, form=False)
    assert json.loads(body) == {"login": "ALICE", "pwd": "correct horse"}


def test_what_is_shown_of_a_question_holds_no_secret() -> None:
    shown = masked(request_fields(ALICES, ID, int(NOON)))
    assert (shown["password"], shown["user"], shown["pin"]) == (MASKED, "alice", None)
    assert "correct horse" not in repr(ALICES)


# What is answered


def test_204_is_the_simplest_yes() -> None:
    assert identity(answer(204)).user_id == "alice"


@pytest.mark.parametrize("status", [401, 403])
def test_401_and_403_are_no(status: int) -> None:
    assert answer(status) == Denied("denied")
    assert answer(status, {"message": "Your contract\nis over."}) == Denied(
        "denied", "Your contract is over."
    )


def test_the_full_answer_is_understood() -> None:
    assert identity(answer(body=FULL)) == Identity(
        user_id="u42",
        display_name="Alice",
        email="a@example.org",
        role="host",
        account="ACME0001",
        billing_code="PO-77",
        conferences=("123456789",),
        max_participants=50,
        features={"record": True},
        language="en",
        brand="acme",
        expires_at=int(NOON) + 3600,
        message="shown to the user",
    )


def test_keys_nobody_knows_and_fields_that_are_null_are_left_alone() -> None:
    said = answer(body={"result": "allow", "email": None, "features": None, "since": {"x": 1}})
    assert identity(said) == Identity(user_id="alice")


def test_a_denial_in_the_body_is_one_and_says_why() -> None:
    assert answer(body={"result": "deny", "message": "Not today."}) == Denied("denied", "Not today.")


def test_an_answer_about_one_conference_is_good_for_that_one() -> None:
    said = answer(body={"result": "allow", "user_id": "u1", "role": "host"}, question=TICKET)
    assert identity(said).conferences == ("123456789",)
    assert identity(said).is_host_of("hall", "123456789")


def test_a_yes_to_a_ticket_names_nobody() -> None:
    assert identity(answer(204, question=TICKET)).user_id == ""


@pytest.mark.parametrize("status", [200, 201, 202, 301, 302, 307, 400, 404, 418, 429, 500, 502, 503])
def test_every_other_status_is_no_answer(status: int) -> None:
    assert isinstance(answer(status), Unavailable)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "allow",
        {"result": "ALLOW"},
        {"result": True},
        {"allow": True},
        {**FULL, "user_id": 42},
        {**FULL, "role": "admin"},
        {**FULL, "role": "waiting"},
        {**FULL, "conferences": "123456789"},
        {**FULL, "conferences": [123456789]},
        {**FULL, "max_participants": -1},
        {**FULL, "max_participants": "50"},
        {**FULL, "features": {"record": "no"}},
        {**FULL, "features": ["record"]},
        {**FULL, "expires_in": -1},
        {**FULL, "expires_in": 10**9},
        {**FULL, "account": "A" * 65},
        {**FULL, "account": "AC\u0000ME"},
        {**FULL, "user_id": "u\n42"},
        {**FULL, "email": "a" * 300},
    ],
    ids=repr,
)
def test_what_is_not_as_it_must_be_lets_nobody_in(body: Any) -> None:
    assert code(answer(body=body)) in {"fields", "not_json"}


def test_names_are_cleaned_and_cut() -> None:
    assert identity(answer(body={**FULL, "display_name": "  A\u0000l\nice " + "x" * 99})).display_name == (
        "A l ice " + "x" * 52
    )


@pytest.mark.parametrize("raw", [b"<!DOCTYPE html><title>Sign in</title>", b"  <html>"])
def test_a_page_for_people_is_no_answer(raw: bytes) -> None:
    assert code(answer(raw=raw, kind="application/json")) == "html"
    assert code(answer(raw=b"{}", kind="text/html; charset=utf-8")) == "html"


def test_a_redirect_is_no_answer() -> None:
    assert code(answer(302)) == "redirect"


def test_an_allowance_that_is_played_again_is_none() -> None:
    assert code(answer(body={**FULL, "nonce": "msg_0"})) == "nonce"
    assert code(answer(body={**FULL, "nonce": None}, nonce=True)) == "nonce"
    assert code(answer(204, nonce=True)) == "nonce"
    assert identity(answer(body=FULL, nonce=True)).user_id == "u42"


def test_a_denial_needs_no_nonce() -> None:
    assert answer(401, nonce=True) == Denied("denied")
    assert answer(body={"result": "deny"}, nonce=True) == Denied("denied")


# Endpoints that exist already


ADAPTED = Adaption(
    allow=Expression("status == 200 and body.ok"),
    fields={
        "user_id": Expression("body.user.id | text"),
        "display_name": Expression("body.user.fullName"),
        "role": Expression("'host' if body.user.staff else 'guest'"),
    },
)


def test_an_endpoint_that_exists_is_understood() -> None:
    body = {"ok": True, "user": {"id": 42, "fullName": "Alice", "staff": True}}
    said = identity(answer(body=body, adaption=ADAPTED, nonce=True))
    assert (said.user_id, said.display_name, said.role) == ("42", "Alice", "host")


@pytest.mark.parametrize("body", [{"ok": False}, {}, None])
def test_an_endpoint_that_does_not_say_yes_says_no(body: Any) -> None:
    assert answer(body=body, adaption=ADAPTED) == Denied("denied")


def test_an_endpoint_that_breaks_says_nothing() -> None:
    assert code(answer(500, {"ok": True}, adaption=ADAPTED)) == "status"
    assert code(answer(302, {"ok": True}, adaption=ADAPTED)) == "redirect"
    assert code(answer(raw=b"<html>", adaption=Adaption(allow=Expression("status == 200")))) == "html"
    adaption = Adaption(allow=Expression("body.a + body.b"))
    assert code(answer(body={"a": 1, "b": "x"}, adaption=adaption)) == "mapping"


# Hostile answers


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
fields_of_answers = st.dictionaries(st.sampled_from(sorted(FULL)), json_values, max_size=8)


@given(
    st.integers(100, 599), st.binary(max_size=200) | fields_of_answers.map(lambda f: json.dumps(f).encode())
)
def test_whatever_comes_is_one_of_three(status: int, raw: bytes) -> None:
    for adaption in (Adaption(), ADAPTED):
        said = answer(status, raw=raw, adaption=adaption)
        assert isinstance(said, Allowed | Denied | Unavailable)


@given(fields_of_answers)
def test_nobody_comes_in_without_the_word_allow(fields: dict[str, Any]) -> None:
    said = answer(body=fields)
    assert isinstance(said, Allowed) <= (fields.get("result") == "allow")


@given(fields_of_answers)
def test_an_identity_can_always_be_kept(fields: dict[str, Any]) -> None:
    said = answer(body={**fields, "result": "allow", "nonce": ID})
    if isinstance(said, Allowed):
        found = said.identity
        for text in (found.user_id, found.email, found.account, found.billing_code, found.display_name):
            assert text.isprintable()
            text.encode()
