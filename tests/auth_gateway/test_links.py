"""Links that sign somebody in: signed by the site, with an end, for one room."""

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from auth_gateway.configuration import Links
from auth_gateway.links import LinkRefused, SignedLink, link_read

NOON = 1_795_312_800
SECRET = "a secret of thirty-two characters"
OURS = Links(secrets=("another one, of last year, as long", SECRET))
CLAIMS: dict[str, Any] = {
    "aud": "meetingserver",
    "sub": "u42",
    "jti": "0123456789abcdef",
    "exp": NOON + 300,
    "room": "123456789",
    "display_name": "Alice",
    "role": "host",
    "account": "ACME",
}


def token(secret: str = SECRET, algorithm: str = "HS256", **changed: Any) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    return jwt.encode(claims, secret, algorithm=algorithm)


def read(text: str, links: Links = OURS, now: float = NOON) -> SignedLink:
    return link_read(text, links, now=now)


def refusal(text: str, links: Links = OURS) -> str:
    with pytest.raises(LinkRefused) as refused:
        read(text, links)
    return refused.value.code


def test_a_link_says_who_and_where() -> None:
    link = read(token())
    assert (link.id, link.expires_at, link.conference) == ("0123456789abcdef", NOON + 300, "123456789")
    assert (link.identity.user_id, link.identity.role, link.identity.account) == ("u42", "host", "ACME")
    assert link.identity.conferences == ("123456789",)


def test_whoever_has_our_public_key_needs_no_secret_of_ours() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    links = Links(public_key=public.decode())
    signed = jwt.encode(CLAIMS, key, algorithm="EdDSA")
    assert read(signed, links).identity.user_id == "u42"
    assert refusal(signed[:-4] + "AAAA", links) == "forged"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"exp": None}, "no_exp"),
        ({"jti": None}, "no_jti"),
        ({"sub": None}, "no_sub"),
        ({"aud": None}, "no_aud"),
        ({"room": None}, "no_room"),
        ({"room": 5}, "no_room"),
        ({"jti": "short"}, "no_jti"),
        ({"aud": "somebody else"}, "forged"),
        ({"exp": NOON - 31}, "expired"),
        ({"exp": NOON + 3600 + 31}, "too_long_lived"),
        ({"exp": True}, "malformed"),
        ({"nbf": NOON + 31}, "too_early"),
        ({"iat": NOON + 31}, "too_early"),
        ({"role": "admin"}, "malformed"),
        ({"display_name": 5}, "malformed"),
        ({"sub": ""}, "malformed"),
        ({"sub": "u\n1"}, "malformed"),
    ],
)
def test_what_is_missing_or_over_or_wrong_is_refused(changed: dict[str, Any], code: str) -> None:
    assert refusal(token(**changed)) == code


def test_another_signature_is_forged() -> None:
    assert refusal(token("somebody else's secret of that length")) == "forged"


def test_a_token_without_signature_is_forged() -> None:
    assert refusal(jwt.encode(CLAIMS, "", algorithm="none")) == "forged"


def test_a_public_key_is_no_secret() -> None:
    """RFC 8725, 2.1: a token signed by HMAC with the public key."""
    links = Links(public_key="-----BEGIN PUBLIC KEY-----")
    assert refusal(token("-----BEGIN PUBLIC KEY-----xxxxxxxxxxxxxxxxx"), links) == "forged"


def test_without_keys_no_link_is_good() -> None:
    assert refusal(token(), Links()) == "not_configured"


def test_a_long_text_is_not_looked_at() -> None:
    assert refusal("x" * 10_000) == "too_long"


@given(st.text(max_size=300))
def test_nonsense_is_forged(text: str) -> None:
    assert refusal(text) == "forged"
