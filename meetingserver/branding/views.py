"""The files of brands. Who may not see a brand's pages may see its logo."""

import json
import mimetypes
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from meetingserver.branding.choosing import Choice, chosen, current
from meetingserver.branding.installed import library
from meetingserver.branding.library import LOOKS, Installed
from meetingserver.branding.page import described
from meetingserver.branding.stylesheet import colours_of

YEAR_S = 365 * 24 * 3600
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture that is opened by itself is no page: what stands in an SVG is not run."""
TYPES = {".woff2": "font/woff2", ".woff": "font/woff", ".svg": "image/svg+xml", ".css": "text/css"}


@require_safe
def brand_file(request: HttpRequest, key: str, version: str, file: str) -> HttpResponseBase:
    """Pages of before an edit get the files of after it, and do not keep them."""
    one = library().get(key)
    if one is None:
        raise Http404
    response = _made(one, file) or _stored(one.file(file))
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    if version == one.version:
        patch_cache_control(response, public=True, immutable=True, max_age=YEAR_S)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def _made(one: Installed, file: str) -> HttpResponse | None:
    if file == LOOKS:
        return HttpResponse(one.look, content_type="text/css; charset=utf-8")
    if file == "manifest.webmanifest":
        return _manifest(one)
    return None


def _stored(file: Path | None) -> HttpResponse:
    if file is None:
        raise Http404
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if kind == "text/html" or (kind.endswith("xml") and kind != TYPES[".svg"]):
        raise Http404
    return HttpResponse(file.read_bytes(), content_type=kind)


def _manifest(one: Installed) -> HttpResponse:
    """W3C Web Application Manifest: what a phone shows when the page is put on its home screen."""
    with chosen(Choice()):
        brand = described(one)
    colours = colours_of(one.brand, library().base)
    manifest = {
        "name": brand["name"],
        "short_name": brand["short_name"],
        "description": brand["tagline"],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": colours["ground"].light,
        "background_color": colours["ground"].light,
        "icons": [{"src": brand["icon"], "sizes": "any", "purpose": "any"}],
    }
    return HttpResponse(json.dumps(manifest), content_type="application/manifest+json")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponseBase:
    """For pages that do not name an icon."""
    return redirect(described(current())["favicon"])
