"""Signing in. Tries are counted per address, per account and overall, before a password is looked at."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from auth_gateway.forms import SignInForm
from auth_gateway.models import User


class SignInView(views.LoginView):
    """After signing in, the page speaks the language the account has chosen."""

    template_name = "auth_gateway/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _keep_language(self.request, response)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": time.time()}


def _keep_language(request: HttpRequest, response: HttpResponse) -> None:
    user = request.user
    if isinstance(user, User) and translation.check_for_language(user.language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
