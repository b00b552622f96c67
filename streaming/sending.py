"""Sends a bundle's files: by ourselves, in pieces as the reader takes them; by the web server in front, which
is many times faster; or from another machine's storage, by its own address.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from recording.storage import local_path, recordings_storage
from streaming.offline import packed
from streaming.ranges import Answer, Kept, Stretch, answer_to
from streaming.shapes import Shape

PIECE_BYTES = 256 * 1024
NGINX_LOCATION = "/recordings-of-the-server/"
FOREVER = "private, max-age=31536000, immutable"
ANEW = "private, no-cache"


def not_here() -> HttpResponse:
    """The same for what is not there and for what one may not have."""
    return HttpResponse(status=404, headers={"Cache-Control": "no-store"})


async def stored(request: HttpRequest, name: str, shape: Shape) -> HttpResponseBase:
    """A file of the storage, by its name there. Who asks has shown a token."""
    path = local_path(name)
    response = await _local(request, name, path, shape) if path else await asyncio.to_thread(_remote, name)
    response["Cache-Control"] = _caching(shape) if response.status_code in (200, 206, 304) else "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


async def _local(request: HttpRequest, name: str, path: Path, shape: Shape) -> HttpResponseBase:
    kept = await asyncio.to_thread(_kept, path)
    if kept is None:
        return not_here()
    if settings.SENDFILE:
        response: HttpResponseBase = _handed_on(name, path)
    else:
        response = await _sent(request, path, kept)
    response["Content-Type"] = shape.content_type
    if shape.kept:
        disposition = content_disposition_header(as_attachment=True, filename=path.name)
        response["Content-Disposition"] = disposition or "attachment"
    return response


def _kept(path: Path) -> Kept | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Kept(found.st_size, found.st_mtime_ns) if path.is_file() else None


def _handed_on(name: str, path: Path) -> HttpResponse:
    """Range and conditions are then the web server's business."""
    if settings.SENDFILE == "nginx":
        return HttpResponse(headers={"X-Accel-Redirect": NGINX_LOCATION + name})
    return HttpResponse(headers={"X-Sendfile": str(path)})


async def _sent(request: HttpRequest, path: Path, kept: Kept) -> HttpResponseBase:
    answer = answer_to(request.headers, kept)
    headers = _headers(answer, kept)
    if answer.status in (304, 416):
        return HttpResponse(status=answer.status, headers=headers)
    headers["Content-Length"] = str(answer.stretch.length)
    if request.method == "HEAD":
        return HttpResponse(status=answer.status, headers=headers)
    body = await asyncio.to_thread(_opened, path)
    if body is None:
        return not_here()
    return StreamingHttpResponse(_pieces(body, answer.stretch), status=answer.status, headers=headers)


def _headers(answer: Answer, kept: Kept) -> dict[str, str]:
    headers = {"ETag": kept.etag, "Last-Modified": kept.last_modified, "Accept-Ranges": "bytes"}
    first, end = answer.stretch
    if answer.status == 206:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{kept.size}"
    if answer.status == 416:
        headers["Content-Range"] = f"bytes */{kept.size}"
    return headers


class Opened:
    """A file that is closed when nobody reads it any more, also where reading never began."""

    number = -1

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)

    def read(self, length: int, at: int) -> bytes:
        return os.pread(self.number, length, at)

    def close(self) -> None:
        if self.number >= 0:
            os.close(self.number)
        self.number = -1

    def __del__(self) -> None:
        self.close()


def _opened(path: Path) -> Opened | None:
    try:
        return Opened(path)
    except OSError:
        return None


async def _pieces(file: Opened, stretch: Stretch) -> AsyncIterator[bytes]:
    """The server asks for the next when the reader has taken the last: `meetingserver.server` waits."""
    at = stretch.first
    try:
        while at < stretch.end:
            piece = await asyncio.to_thread(file.read, min(PIECE_BYTES, stretch.end - at), at)
            if not piece:  # cut short meanwhile: the reader notices by the length
                return
            at += len(piece)
            yield piece
    finally:
        file.close()


def zipped(folder: str) -> HttpResponseBase:
    """The bundle, to be watched without a server. Its page is made now, in the brand and language of now."""
    pieces = packed(folder)
    first = next(pieces, None)
    if first is None:
        return not_here()
    response = StreamingHttpResponse(_threaded(first, pieces), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="recording.zip"'
    response["Cache-Control"] = "no-store"
    return response


async def _threaded(first: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    while (piece := await asyncio.to_thread(next, rest, None)) is not None:
        if piece:
            yield piece


def _remote(name: str) -> HttpResponse:
    """The storage signs addresses of its own; whoever has one may have the file for a while."""
    return HttpResponseRedirect(recordings_storage.url(name))


def _caching(shape: Shape) -> str:
    return ANEW if shape.grows else FOREVER
