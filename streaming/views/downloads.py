"""Addresses of downloads that stay the same, for pages that are open longer than a token lasts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conferences.clock import now
from conferences.views.asking import account
from recording.models import Status
from streaming.selectors import access_recording
from streaming.sending import not_here
from streaming.services import media_address
from streaming.views.watching import asker_of


@require_safe
@never_cache
def download(request: HttpRequest, recording: str, path: str) -> HttpResponse:
    """To where it lies for the next minutes, for whoever may watch."""
    found = access_recording(recording, asker_of(request))
    if found is None or found.status != Status.READY:
        return not_here()
    folder = media_address(recording=found, user=account(request), now=now())
    response = redirect(folder + path)
    response["Referrer-Policy"] = "no-referrer"
    return response
