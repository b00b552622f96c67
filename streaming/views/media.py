"""A bundle's files, for whoever has a token. Asks no database: nothing here knows who is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from conferences.clock import now
from recording.storage import bundle_folder
from streaming.sending import not_here, stored
from streaming.shapes import shape_of
from streaming.tokens import key_derive, token_read


async def media(
    request: HttpRequest, token: str, recording: str, version: int, path: str
) -> HttpResponseBase:
    """`path` within the bundle. Whatever is wrong, the answer is the same."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    shape = shape_of(path)
    keys = [key_derive(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    granted = token_read(token, recording=recording, version=version, keys=keys, now=now())
    if granted is None or shape is None:
        return not_here()
    return await stored(request, f"{bundle_folder(recording, version)}/{path}", shape)
