"""Addresses of downloads that stay the same, for pages that are open longer than a token lasts."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conferences.clock import now
from conferences.views.asking import account, branded_room
from recording.models import Recording, Status
from recording.storage import bundle_folder
from streaming.selectors import access_recording
from streaming.sending import not_here, zipped
from streaming.services import media_address
from streaming.views.watching import asker_of


@require_safe
@never_cache
def download(request: HttpRequest, recording: str, path: str) -> HttpResponse:
    """To where it lies for the next minutes, for whoever may watch."""
    found = _ready(request, recording)
    if found is None:
        return not_here()
    folder = media_address(recording=found, user=account(request), now=now())
    response = redirect(folder + path)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@never_cache
def offline(request: HttpRequest, recording: str) -> HttpResponseBase:
    """All of it, to be watched without a server; it looks like the page it is asked from."""
    found = _ready(request, recording)
    if found is None:
        return not_here()
    branded_room(found.conference.room)
    return zipped(bundle_folder(found.pk, found.version))


def _ready(request: HttpRequest, recording: str) -> Recording | None:
    found = access_recording(recording, asker_of(request))
    return found if found and found.status == Status.READY else None
