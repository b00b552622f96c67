"""A sign-in service takes somebody back."""

import json
import time

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.configuration import Gateway
from auth_gateway.identity import Identity
from auth_gateway.models import AuditEntry, User
from auth_gateway.services import user_vouched_for
from auth_gateway.signing import signed_headers

pytestmark = pytest.mark.django_db
SECRET = b"sixteen characters or more"


@pytest.fixture(autouse=True)
def _configured(settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(url="https://portal.example/auth", secrets=(SECRET,))


@pytest.fixture
def bob() -> User:
    return user_vouched_for(identity=Identity(user_id="u42", account="ACME"))


def revokes(
    client: Client, body: object, *, id: str = "msg_1", secret: bytes = SECRET, at: float | None = None
) -> tuple[int, object]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = signed_headers([secret], id, int(time.time() if at is None else at), content)
    answer = client.post("/api/v1/revoke", content, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_bob_is_signed_out(client: Client, bob: User) -> None:
    client.force_login(bob)
    assert revokes(Client(), {"user_id": "u42", "why": "left"}) == (200, {"revoked": 1, "conferences": 0})
    assert b'"meet"' not in client.get("/").content


def test_all_people_of_a_customer_are(client: Client, bob: User) -> None:
    assert revokes(client, {"account": "ACME"})[1] == {"revoked": 1, "conferences": 0}
    bob.refresh_from_db()
    assert bob.signed_out_at


def test_our_own_users_are_no_business_of_theirs(client: Client, alice: User) -> None:
    assert revokes(client, {"user_id": "alice"})[1] == {"revoked": 0, "conferences": 0}


def test_what_was_sent_once_is_not_sent_again(client: Client, bob: User) -> None:
    revokes(client, {"user_id": "u42"})
    assert revokes(client, {"user_id": "u42"})[0] == 401
    assert AuditEntry.objects.first().reason == "replayed"  # type: ignore[union-attr]


@pytest.mark.parametrize("wrong", [{"secret": b"another one"}, {"at": 1.0}, {"at": time.time() + 999}])
def test_who_does_not_sign_is_refused(client: Client, bob: User, wrong: dict[str, object]) -> None:
    assert revokes(client, {"user_id": "u42"}, **wrong) == (401, {"error": "unauthorized"})  # type: ignore[arg-type]
    bob.refresh_from_db()
    assert bob.signed_out_at == 0


@pytest.mark.parametrize(
    "body", [{}, {"user_id": "a", "account": "b"}, {"user_id": 5}, [], b"{", {"user_id": "x" * 200}], ids=repr
)
def test_who_does_not_say_whom_is_told_so(client: Client, body: object) -> None:
    assert revokes(client, body)[0] == 400


def test_without_a_secret_nobody_may(client: Client, settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(url="https://portal.example/auth")
    assert revokes(client, {"user_id": "u42"})[0] == 401


def test_a_long_message_is_not_read(client: Client) -> None:
    assert revokes(client, {"user_id": "u42", "more": "x" * 9000})[0] == 401


def test_a_browser_gets_nothing(client: Client) -> None:
    assert client.get("/api/v1/revoke").status_code == 405
