"""Static files, answered before Django is asked. A conference page consists of more than a hundred small
files: through the middleware each costs a thread and milliseconds. WhiteNoise still knows the files, their
types and how long they keep; only their way to the browser is another. All else is for Django."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from meetingserver import metrics
from meetingserver.middleware import response_policy

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Answer = tuple[HTTPStatus, Headers, bytes]

ASKED = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"range": "HTTP_RANGE",
}


class StaticFiles:
    """An ASGI application: static files are its own, all else is for `pages`. The files are listed once, and
    each is read once; with DEBUG they are looked for at every request, so that edits show."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._known = WhiteNoiseMiddleware(pages)
        self._contents: dict[str, bytes] = {}
        self._policies: dict[str, Headers] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        file = await self._find(scope["path"])
        if file is None:
            await self._pages(scope, receive, send)
            return
        status, headers, body = await self._answer(file, scope)
        headers += self._policy(scope)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})
        metrics.request_answered(scope["method"], status, time.perf_counter() - started)

    async def _find(self, path: str) -> StaticFile | None:
        if not path.startswith(self._known.static_prefix):
            return None
        if self._known.autorefresh:
            return await asyncio.to_thread(self._known.find_file, path)
        return self._known.files.get(path)

    async def _answer(self, file: StaticFile, scope: Scope) -> Answer:
        asked = {ASKED[name]: value.decode("latin-1") for name, value in scope["headers"] if name in ASKED}
        is_plain = scope["method"] == "GET" and "HTTP_RANGE" not in asked
        if self._known.autorefresh or not is_plain or file.is_not_modified(asked):
            return await asyncio.to_thread(_read, file, scope["method"], asked)
        path, headers = file.get_path_and_headers(asked)
        return HTTPStatus.OK, _encoded(headers), await self._content(path)

    async def _content(self, path: str) -> bytes:
        """All of them together are a few megabytes."""
        if path not in self._contents:
            self._contents[path] = await asyncio.to_thread(Path(path).read_bytes)
        return self._contents[path]

    def _policy(self, scope: Scope) -> Headers:
        """What the middleware writes on every answer; it is asked once."""
        scheme = scope.get("scheme", "http")
        if scheme not in self._policies:
            answer = response_policy(SecurityMiddleware(_nothing))(ASGIRequest(scope, BytesIO()))
            del answer.headers["Content-Type"]
            self._policies[scheme] = _encoded(answer.headers.items())
        return self._policies[scheme]


def _read(file: StaticFile, method: str, asked: dict[str, str]) -> Answer:
    response = file.get_response(method, asked)
    if response.file is None:
        return response.status, _encoded(response.headers), b""
    with response.file as opened:
        return response.status, _encoded(response.headers), opened.read()


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _encoded(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
