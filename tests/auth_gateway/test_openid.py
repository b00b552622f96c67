"""Signing in by OpenID Connect, at a real small provider."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from auth_gateway.models import AuditEntry, User
from auth_gateway.openid import ClaimsRefused, check_token, identity_of_claims
from auth_gateway.services import identity_of
from tests.house import free_port, is_up, wait_until

BOB = {
    "sub": "bob",
    "name": "Bob Builder",
    "email": "bob@example.org",
    "tenant": "ACME",
    "locale": "de",
}
NOON = 1_795_312_800


def configure(settings: Settings, issuer: str) -> None:
    settings.OIDC_RP_CLIENT_ID = "meetingserver"
    settings.OIDC_RP_CLIENT_SECRET = "s3cret"
    settings.OIDC_ISSUER = issuer
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{issuer}/oauth2/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{issuer}/oauth2/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{issuer}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{issuer}/jwks"
    settings.OIDC_ACCOUNT_CLAIM = "tenant"
    settings.AUTHENTICATION_BACKENDS = [
        "auth_gateway.backends.OwnBackend",
        "auth_gateway.openid.OpenIdBackend",
    ]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--user-claims", json.dumps(BOB)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: is_up(port), "the provider is up")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def provider(settings: Settings, issuer: str) -> str:
    configure(settings, issuer)
    return issuer


def comes_back(client: Client, **consent: str) -> str:
    """Where the provider sends the browser, after somebody there said who they are."""
    start = client.get("/accounts/openid/?next=/rooms/new")
    assert start.status_code == 302
    answer = requests.post(start["Location"], data=consent, allow_redirects=False, timeout=5)
    place = urlsplit(answer.headers["Location"])
    return f"{place.path}?{place.query}"


@pytest.mark.django_db
def test_bob_signs_in_and_is_who_the_provider_says(client: Client, provider: str) -> None:
    answer = client.get(comes_back(client, sub="bob"))
    assert answer["Location"] == "/rooms/new"
    bob = User.objects.get(pk=client.session["_auth_user_id"])
    assert (bob.gateway_id, bob.has_usable_password()) == ("oidc:bob", False)
    identity = identity_of(bob)
    assert (identity.display_name, identity.account, identity.role) == ("Bob Builder", "ACME", "host")
    assert AuditEntry.objects.get().outcome == "allowed"


@pytest.mark.django_db
def test_what_came_back_is_good_once(client: Client, provider: str) -> None:
    place = comes_back(client, sub="bob")
    client.get(place)
    client.post("/accounts/sign-out/")
    assert client.get(place).status_code in {302, 400}
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_who_says_no_there_is_not_signed_in_here(client: Client, provider: str) -> None:
    answer = client.get(comes_back(client, action="deny"))
    assert "refused" in answer["Location"]
    assert "_auth_user_id" not in client.session
    assert "You were not signed in there" in client.get(answer["Location"]).content.decode()


@pytest.mark.django_db
def test_nobody_comes_back_who_did_not_go(client: Client, provider: str) -> None:
    answer = client.get("/accounts/openid/callback/?code=x&state=y")
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_token_of_another_provider_is_refused(client: Client, provider: str, settings: Settings) -> None:
    settings.OIDC_ISSUER = "https://another.example"
    client.get(comes_back(client, sub="bob"))
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get().outcome == "denied"


@pytest.mark.django_db
def test_a_provider_that_is_down_lets_nobody_in(client: Client, provider: str, settings: Settings) -> None:
    place = comes_back(client, sub="bob")
    settings.OIDC_OP_TOKEN_ENDPOINT = f"http://127.0.0.1:{free_port()}/token"
    answer = client.get(place)
    assert answer.status_code == 503
    assert "sign-in service is unavailable" in answer.content.decode()
    assert AuditEntry.objects.get().outcome == "unavailable"


@pytest.mark.django_db
def test_the_sign_in_page_offers_it(client: Client, provider: str) -> None:
    page = client.get("/accounts/sign-in/?next=/rooms/new").content.decode()
    assert "/accounts/openid/?next=/rooms/new" in page
    start = client.get("/accounts/openid/")
    asked = parse_qs(urlsplit(start["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert asked["nonce"]


@pytest.mark.django_db
def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.get("/accounts/openid/").status_code == 404
    assert client.get("/accounts/openid/callback/?code=x&state=y").status_code == 404
    assert "openid" not in client.get("/accounts/sign-in/").content.decode()


GOOD: dict[str, Any] = {
    "iss": "https://id.example",
    "aud": "meetingserver",
    "exp": NOON + 60,
    "sub": "bob",
}


@pytest.fixture
def elsewhere(settings: Settings) -> None:
    configure(settings, "https://id.example")


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": None},
        {"aud": ["meetingserver", "x"], "azp": "x"},
        {"exp": NOON - 31},
        {"exp": None},
        {"sub": ""},
        {"sub": 5},
    ],
    ids=repr,
)
def test_a_token_is_by_our_provider_and_for_us_and_not_over(changed: dict[str, Any]) -> None:
    check_token(GOOD, now=NOON)
    check_token({**GOOD, "aud": ["meetingserver", "x"]}, now=NOON)
    with pytest.raises(ClaimsRefused):
        check_token({**GOOD, **changed}, now=NOON)


@given(st.dictionaries(st.sampled_from(["name", "email", "locale"]), st.none() | st.text() | st.integers()))
def test_any_claims_make_an_identity_or_are_refused(claims: dict[str, Any]) -> None:
    try:
        identity = identity_of_claims({"sub": "bob", **claims}, now=NOON)
    except ClaimsRefused:
        return
    assert identity.user_id == "oidc:bob"
