"""Signing in and out. Tries are counted per address, per account and overall, before a password is looked
at."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from auth_gateway import asking
from auth_gateway.audit import audit_write
from auth_gateway.callers import caller_of
from auth_gateway.forms import SignInForm
from auth_gateway.models import User

REFUSED_AFTER_S = 1.0
"""Own users are looked up in no time, others are asked about elsewhere: a refusal of either takes so long."""


class SignInView(views.LoginView):
    """After signing in, the page speaks the language the account has chosen."""

    template_name = "auth_gateway/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    sleep = staticmethod(time.sleep)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.began = time.monotonic()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        keep_language(self.request, response)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if asking.asks("login"):
            self.sleep(max(0.0, self.began + REFUSED_AFTER_S - time.monotonic()))
        response = super().form_invalid(form)
        if form.is_unavailable:
            response.status_code = 503
            response["Retry-After"] = "10"
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": time.time()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "openid": bool(settings.OIDC_RP_CLIENT_ID),
            "refused": "refused" in self.request.GET,
        }


class SignOutView(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            audit_write(action="sign-out", who=request.user.username, caller=caller_of(request))
        return super().post(request, *args, **kwargs)


def keep_language(request: HttpRequest, response: HttpResponse, said: str = "") -> None:
    """Of the account; or `said` of somebody who has none."""
    user = request.user
    language = user.language if isinstance(user, User) else said
    if translation.check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
