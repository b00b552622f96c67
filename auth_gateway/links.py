"""Links that sign somebody in without anybody being called: JSON Web Tokens (RFC 7519) that a site signs,
with an end, and good once. Reads them; that they come once, `services` sees to."""

from collections.abc import Mapping
from typing import Any

import jwt
import msgspec

from auth_gateway.configuration import Links
from auth_gateway.contract import FIELDS, Unavailable, identity_said, said_by
from auth_gateway.identity import Identity

AUDIENCE = "meetingserver"
LEEWAY_S = 30
LONGEST_TOKEN = 8000
ASYMMETRIC = ["RS256", "ES256", "EdDSA"]


class LinkRefused(Exception):
    """The token is none of this site's, or no longer good; `code` is for admins."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SignedLink(msgspec.Struct, frozen=True):
    """`id` may be used once until `expires_at`, in seconds since 1970; it leads to `conference`."""

    id: str
    expires_at: int
    conference: str
    identity: Identity


def link_read(token: str, links: Links, *, now: float) -> SignedLink:
    """Raises LinkRefused."""
    claims = _claims(token, links, now)
    id, expires_at, conference = claims.get("jti"), claims["exp"], claims.get("room")
    if not isinstance(id, str) or not 8 <= len(id) <= 128 or not id.isprintable():
        raise LinkRefused("no_jti")
    if not isinstance(conference, str) or not 0 < len(conference) <= 60:
        raise LinkRefused("no_room")
    return SignedLink(id, expires_at, conference, _identity(claims, conference, now))


def _claims(token: str, links: Links, now: float) -> Mapping[str, Any]:
    if len(token) > LONGEST_TOKEN:
        raise LinkRefused("too_long")
    keys: list[tuple[str, list[str]]] = [(secret, ["HS256", "HS512"]) for secret in links.secrets]
    if links.public_key:
        keys.append((links.public_key, ASYMMETRIC))
    refusal = LinkRefused("not_configured")
    for key, algorithms in keys:
        try:
            return _checked(token, key, algorithms, links, now)
        except LinkRefused as refused:
            refusal = refused
    raise refusal


def _checked(token: str, key: str, algorithms: list[str], links: Links, now: float) -> Mapping[str, Any]:
    options: Any = {
        "require": ["exp", "jti", "sub", "aud"],
        "verify_exp": False,  # of `now`, below
        "verify_iat": False,
        "verify_nbf": False,
    }
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=algorithms, audience=AUDIENCE, options=options
        )
    except jwt.MissingRequiredClaimError as error:
        raise LinkRefused(f"no_{error.claim}") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise LinkRefused("forged") from None
    _check_times(claims, links, now)
    return claims


def _check_times(claims: Mapping[str, Any], links: Links, now: float) -> None:
    ends, begins = claims["exp"], claims.get("nbf", claims.get("iat", 0))
    if type(ends) is not int or type(begins) is not int:
        raise LinkRefused("malformed")
    if now > ends + LEEWAY_S:
        raise LinkRefused("expired")
    if begins > now + LEEWAY_S:
        raise LinkRefused("too_early")
    if ends > now + links.longest_s + LEEWAY_S:
        raise LinkRefused("too_long_lived")


def _identity(claims: Mapping[str, Any], conference: str, now: float) -> Identity:
    given = {name: claims[name] for name in FIELDS if name in claims}
    said = said_by({**given, "user_id": claims["sub"], "result": "allow"})
    if isinstance(said, Unavailable) or not said.user_id:
        raise LinkRefused("malformed")
    return identity_said(said, user_id=said.user_id, conferences=(conference,), now=now)
