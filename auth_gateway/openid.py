"""Signing in by OpenID Connect: another way to the same identity. Off unless `OIDC_CLIENT_ID` is set.

mozilla-django-oidc does the flow (code with PKCE, state, nonce, signature); for whom the token was made, by
whom, and until when, is checked here.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from auth_gateway.audit import audit_write
from auth_gateway.backends import OwnBackend
from auth_gateway.callers import caller_of
from auth_gateway.contract import Unavailable, identity_said, said_by
from auth_gateway.identity import Identity
from auth_gateway.models import User
from auth_gateway.services import user_vouched_for
from meetingserver.speaking import keep_language

logger = logging.getLogger(__name__)

LEEWAY_S = 30


class ClaimsRefused(SuspiciousOperation):
    """What the provider says of somebody is not for us, or cannot be used."""


class OpenIdBackend(OIDCAuthenticationBackend, OwnBackend):
    def verify_token(self, token: Any, **kwargs: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        check_token(payload, now=time.time())
        return payload

    def retrieve_matching_jwk(self, token: Any) -> Any:
        """A provider that has one key need not name it (OpenID Connect Core 10.1)."""
        if "kid" in jwt.get_unverified_header(token):
            return super().retrieve_matching_jwk(token)
        answer = requests.get(settings.OIDC_OP_JWKS_ENDPOINT, timeout=settings.OIDC_TIMEOUT)
        answer.raise_for_status()
        keys = answer.json()["keys"]
        if len(keys) != 1:
            raise ClaimsRefused("the token does not name its key")
        return jwt.PyJWK(keys[0])

    def get_or_create_user(self, access_token: str, id_token: str, payload: Mapping[str, Any]) -> User | None:
        claims = {**payload, **self.get_userinfo(access_token, id_token, payload)}
        if claims.get("sub") != payload["sub"]:
            raise ClaimsRefused("the details are of somebody else than the token")
        identity = identity_of_claims(claims, now=time.time())
        user = user_vouched_for(identity=identity)
        return user if user.is_active else None


def check_token(payload: Mapping[str, Any], *, now: float) -> None:
    """Made by our provider, for us, and not over (OpenID Connect Core 3.1.3.7). Raises ClaimsRefused."""
    audience = payload.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    ends = payload.get("exp")
    if payload.get("iss") != settings.OIDC_ISSUER:
        raise ClaimsRefused("the token is of another provider")
    if settings.OIDC_RP_CLIENT_ID not in audiences or payload.get("azp", settings.OIDC_RP_CLIENT_ID) != (
        settings.OIDC_RP_CLIENT_ID
    ):
        raise ClaimsRefused("the token is for somebody else")
    if not isinstance(ends, int) or now > ends + LEEWAY_S:
        raise ClaimsRefused("the token is over")
    if not isinstance(payload.get("sub"), str) or not payload["sub"]:
        raise ClaimsRefused("the token names nobody")


def identity_of_claims(claims: Mapping[str, Any], *, now: float) -> Identity:
    """Raises ClaimsRefused."""
    given = {
        "result": "allow",
        "user_id": f"oidc:{claims['sub']}",
        "display_name": claims.get("name") or claims.get("preferred_username"),
        "email": claims.get("email") if claims.get("email_verified", True) else None,
        "language": claims.get("locale"),
        "account": claims.get(settings.OIDC_ACCOUNT_CLAIM) if settings.OIDC_ACCOUNT_CLAIM else None,
        "role": settings.OIDC_ROLE,
    }
    said = said_by(given)
    if isinstance(said, Unavailable):
        raise ClaimsRefused(said.detail)
    return identity_said(said, user_id=said.user_id, conferences=None, now=now)


class Off(View):
    """A page that is not there while there is no provider."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.OIDC_RP_CLIENT_ID:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class StartView(Off, OIDCAuthenticationRequestView):
    """Sends people to the provider."""


class CallbackView(Off, OIDCAuthenticationCallbackView):
    """Where the provider sends people back to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        caller = caller_of(request)
        try:
            response: HttpResponse = super().get(request)
        except (requests.RequestException, jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            reason = type(error).__name__
            logger.error("The OpenID provider could not be asked, or its answer not be used.", exc_info=error)
            audit_write(action="openid", outcome="unavailable", caller=caller, reason=reason)
            return render(request, "auth_gateway/unavailable.html", status=503)
        except SuspiciousOperation as refused:
            audit_write(action="openid", outcome="denied", caller=caller, reason=type(refused).__name__)
            return self.login_failure()  # type: ignore[no-any-return] # untyped library
        user = getattr(self, "user", None)
        if isinstance(user, User):
            audit_write(action="openid", outcome="allowed", who=user.username, caller=caller)
            keep_language(response, user.language)
        else:
            audit_write(action="openid", outcome="denied", caller=caller, reason="refused")
        return response
