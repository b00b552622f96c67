"""What every request and answer passes: an id for the log, a count for the metrics, and the policy that
tells the browser what our pages may do. Both run in async and sync chains alike."""

import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from meetingserver import metrics, speaking, texts

Handler = Callable[[HttpRequest], Any]
Before = Callable[[HttpRequest], None]
After = Callable[[HttpRequest, HttpResponse], None]

PERMISSIONS = "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=()"


@sync_and_async_middleware
def fresh_texts(get_response: Handler) -> Handler:
    """In development: whoever edits a catalogue sees it on the next page."""
    return _around(get_response, before=_refresh_texts, after=lambda _request, _response: None)


@sync_and_async_middleware
def language(get_response: Handler) -> Handler:
    return _around(get_response, before=speaking.speak, after=speaking.say_language)


@sync_and_async_middleware
def request_log(get_response: Handler) -> Handler:
    return _around(get_response, before=_name_request, after=_count_request)


@sync_and_async_middleware
def response_policy(get_response: Handler) -> Handler:
    return _around(get_response, before=_offer_nonce, after=_write_policy)


def _around(get_response: Handler, *, before: Before, after: After) -> Handler:
    async def waiting(request: HttpRequest) -> HttpResponse:
        before(request)
        answer: Awaitable[HttpResponse] = get_response(request)
        response = await answer
        after(request, response)
        return response

    def direct(request: HttpRequest) -> HttpResponse:
        before(request)
        response: HttpResponse = get_response(request)
        after(request, response)
        return response

    return waiting if iscoroutinefunction(get_response) else direct


def _refresh_texts(_request: HttpRequest) -> None:
    texts.refresh_texts(settings.CATALOGUES, settings.COMPILED_CATALOGUES)


def _name_request(request: HttpRequest) -> None:
    request.META["meetingserver.started"] = time.perf_counter()
    request.META["meetingserver.request_id"] = secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request.META["meetingserver.request_id"])


def _count_request(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Request-ID"] = request.META["meetingserver.request_id"]
    seconds = time.perf_counter() - request.META["meetingserver.started"]
    metrics.request_answered(str(request.method), response.status_code, seconds)


class Nonce:
    """Made when a template first writes `{{ request.csp_nonce }}`; most pages need none."""

    value = ""

    def __str__(self) -> str:
        self.value = self.value or secrets.token_urlsafe(16)
        return self.value


def _offer_nonce(request: HttpRequest) -> None:
    request.csp_nonce = Nonce()  # type: ignore[attr-defined]


def _write_policy(request: HttpRequest, response: HttpResponse) -> None:
    response.headers.setdefault("Content-Security-Policy", content_security_policy(request))
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    if not settings.EMBED_ORIGINS:
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)


def content_security_policy(request: HttpRequest) -> str:
    """In today's browsers `'self'` of connect-src covers websockets of the same host as well (CSP 3,
    6.7.2.8)."""
    nonce: Nonce = request.csp_nonce  # type: ignore[attr-defined]
    scripts = f"'self' 'nonce-{nonce}'" if nonce.value else "'self'"
    elsewhere = "".join(f" {origin}" for origin in settings.RECORDINGS_ORIGINS)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self'",
            f"img-src 'self' data: blob:{elsewhere}",
            f"media-src 'self' blob:{elsewhere}",
            f"connect-src 'self'{elsewhere}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors " + (" ".join(settings.EMBED_ORIGINS) or "'none'"),
        ]
    )
