import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from auth_gateway.models import AuditEntry, User
from auth_gateway.views import REFUSED_AFTER_S, SignInView
from tests.auth_gateway.servers import SignInServer
from tests.conftest import PASSWORD

SIGN_IN = reverse("auth_gateway:sign_in")


def sign_in(client: Client, password: str = PASSWORD, **fields: str) -> int:
    return client.post(SIGN_IN, {"username": "alice", "password": password, **fields}).status_code


@pytest.mark.usefixtures("alice")
def test_alice_signs_in_and_out(client: Client) -> None:
    assert sign_in(client) == 302
    assert "_auth_user_id" in client.session
    client.post(reverse("auth_gateway:sign_out"))
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("alice")
def test_a_link_cannot_sign_anybody_out(client: Client) -> None:
    sign_in(client)
    assert client.get(reverse("auth_gateway:sign_out")).status_code == 405


@pytest.mark.usefixtures("alice")
def test_the_session_gets_a_new_key_at_sign_in(client: Client) -> None:
    client.session["before"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.usefixtures("alice")
def test_nobody_is_sent_to_another_site(client: Client) -> None:
    answer = client.post(SIGN_IN, {"username": "alice", "password": PASSWORD, "next": "https://evil.example"})
    assert answer.headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_the_page_speaks_the_language_of_the_account(client: Client, alice: User) -> None:
    alice.language = "de"
    alice.save()
    sign_in(client)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"


@pytest.mark.usefixtures("alice")
def test_the_session_cookie_is_out_of_reach_for_scripts(client: Client) -> None:
    sign_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["httponly"]


@pytest.mark.usefixtures("alice")
def test_a_wrong_password_shows_the_form_again(client: Client) -> None:
    assert sign_in(client, "guess") == 200


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long answers were held back."""
    waited: list[float] = []
    monkeypatch.setattr(SignInView, "sleep", staticmethod(waited.append))
    return waited


@pytest.mark.django_db
def test_bob_signs_in_elsewhere_and_gets_a_new_session(client: Client, portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", language="de")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    assert client.post(SIGN_IN, {"username": "bob", "password": "pw"}).status_code == 302
    assert client.session.session_key != session.session_key
    assert User.objects.get(pk=client.session["_auth_user_id"]).gateway_id == "u42"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"


@pytest.mark.usefixtures("alice")
def test_the_time_of_a_refusal_does_not_tell_who_is_ours(
    client: Client, portal: SignInServer, waits: list[float]
) -> None:
    for username in ("alice", "bob"):
        client.post(SIGN_IN, {"username": username, "password": "guess"})
    assert len(portal.requests) == 1
    assert len(waits) == 2
    assert all(0 < waited <= REFUSED_AFTER_S for waited in waits)


@pytest.mark.django_db
def test_a_service_that_is_down_is_no_refusal(
    client: Client, portal: SignInServer, waits: list[float]
) -> None:
    portal.behave = lambda request: request.answer(500)
    answer = client.post(SIGN_IN, {"username": "bob", "password": "pw"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The sign-in service is unavailable" in answer.content.decode()


def test_signing_out_leaves_a_line(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("auth_gateway:sign_out"))
    assert AuditEntry.objects.get().action == "sign-out"
