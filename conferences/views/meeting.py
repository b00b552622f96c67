"""The one page in which a conference happens, and the seats in it."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from auth_gateway.seats import seat_sign
from conferences import services
from conferences.clock import now
from conferences.conversion.formats import office
from conferences.core.rules import Reason, Refused
from conferences.forms import SeatForm
from conferences.invitations import dials_out
from conferences.views.asking import account, caller, linked_room, refusal

SOCKET_PATH = "/ws/"
WATCH_PATH = "/watch/"
"""Followed by the id of a recording: where it is watched, while it runs and later."""


@require_safe
@never_cache
@ensure_csrf_cookie
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in which people join, wait, meet and part."""
    room, user = linked_room(slug), account(request)
    page = {
        "slug": room.slug,
        "seat_url": reverse("conferences:seat", args=[room.slug]),
        "documents_url": reverse("conferences:document_upload", args=[room.slug]),
        "files_url": reverse("conferences:chat_file_upload", args=[room.slug]),
        "file_max_bytes": settings.CHAT_FILE_MAX_BYTES,
        "watch_path": WATCH_PATH,
        "attendance_url": reverse("conferences:attendance_now", args=[room.slug]),
        "office": office() is not None,
        "upload_max_bytes": settings.UPLOAD_MAX_BYTES,
        "socket_path": SOCKET_PATH,
        "name": user.get_full_name() if user else "",
        "signed_in": user is not None,
        "owner": user is not None and user.pk == room.owner_id,
        "guests_allowed": room.guests_allowed,
        "dials_out": dials_out(room),
        "ice_servers": [],
    }
    return render(request, "conferences/conference.html", {"room": room, "page": page})


@require_POST
def seat(request: HttpRequest, slug: str) -> JsonResponse:
    """A seat for whoever asks, or why not; JSON both ways."""
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        return refusal(Reason.MALFORMED)
    if not isinstance(asked, dict):
        return refusal(Reason.MALFORMED)
    form = SeatForm(asked)
    if not form.is_valid():
        return refusal(Reason.NAME_NEEDED if "name" in form.errors else Reason.PIN_WRONG)
    try:
        taken = services.seat_take(
            room=linked_room(slug),
            name=form.cleaned_data["name"],
            pin=form.cleaned_data["pin"],
            account=account(request),
            caller=caller(request),
            now=now(),
        )
    except Refused as refused:
        return refusal(refused.reason)
    token = seat_sign(taken, settings.SECRET_KEY.encode())
    return JsonResponse({"seat": token, "participant": taken.participant, "entitled": taken.entitled})
