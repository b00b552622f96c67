"""Every request's brand. Outermost of all that may answer, so that errors have it too."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.core.exceptions import DisallowedHost, SynchronousOnlyOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.decorators import sync_and_async_middleware

from meetingserver.branding.choosing import Choice, chosen

Handler = Callable[[HttpRequest], Any]


@sync_and_async_middleware
def brand_of_request(get_response: Handler) -> Handler:
    async def waiting(request: HttpRequest) -> HttpResponse:
        with chosen(_choice(request)):
            answer: Awaitable[HttpResponse] = get_response(request)
            return await answer

    def direct(request: HttpRequest) -> HttpResponse:
        with chosen(_choice(request)):
            response: HttpResponse = get_response(request)
            return response

    return waiting if iscoroutinefunction(get_response) else direct


def _choice(request: HttpRequest) -> Choice:
    try:
        host = split_domain_port(request.get_host())[0]
    except DisallowedHost:
        host = ""
    return Choice(host, lambda: _account_brand(request))


def _account_brand(request: HttpRequest) -> str | None:
    """Pages of errors are also made where no database answers, or none may be asked."""
    try:
        user = getattr(request, "user", None)
        return None if user is None else str(getattr(user, "brand", ""))
    except SynchronousOnlyOperation:
        return None
    except DatabaseError:
        return ""
