"""Signing in and out. Tries are counted per address, per account and overall, before a password is looked
at."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from auth_gateway import asking
from auth_gateway.audit import audit_write
from auth_gateway.callers import caller_of
from auth_gateway.forms import SignInForm
from auth_gateway.models import User
from auth_gateway.services import user_speaks
from meetingserver.speaking import keep_language

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
        keep_language(response, form.get_user().language)
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


@csrf_exempt
@require_POST
def pick_language(request: HttpRequest) -> HttpResponseBase:
    """For this browser, and for mails to whoever is signed in. Without a token, which every page would have
    to carry for it, pages of errors too: another site could at most change the language."""
    picked = request.POST.get("language", "")
    if isinstance(request.user, User) and picked in dict(settings.LANGUAGES):
        user_speaks(user=request.user, language=picked)
    return set_language(request)
