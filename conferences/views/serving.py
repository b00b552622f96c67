"""Files that somebody brought, handed out: they can do nothing in a browser but be shown or kept."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

OPAQUE = "application/octet-stream"


def stored_file(path: str, content_type: str) -> HttpResponse:
    """One that is shown. Whoever asks has shown its key before."""
    try:
        with default_storage.open(path) as file:
            response = HttpResponse(file.read(), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def stored_download(path: str, name: str, content_type: str = OPAQUE) -> HttpResponse:
    """One that is only ever kept, under its own name."""
    response = stored_file(path, content_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
