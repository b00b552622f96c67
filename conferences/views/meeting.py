"""The one page in which a conference happens, and the seats in it."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from auth_gateway.callers import caller_of
from auth_gateway.seats import seat_sign
from auth_gateway.services import identity_of
from conferences import services
from conferences.clock import now
from conferences.conversion.formats import office
from conferences.core.rules import Reason, Refused
from conferences.forms import SeatForm
from conferences.invitations import dials_out
from conferences.models import Room
from conferences.views.asking import account, linked_room, refusal
from conferences.views.joining import given_identity
from meetingserver.branding.choosing import about
from meetingserver.speaking import speak

SOCKET_PATH = "/ws/"
WATCH_PATH = "/watch/"
"""Followed by the id of a recording: where it is watched, while it runs and later."""
_WRONG = {
    "name": Reason.NAME_NEEDED,
    "pin": Reason.PIN_WRONG,
    "billing_code": Reason.BILLING_CODE_WRONG,
}


@require_safe
@never_cache
@ensure_csrf_cookie
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in which people join, wait, meet and part."""
    room, user = linked_room(slug), account(request)
    about(link=_brand(request, room))
    speak(request, room=room.language)
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
        "name": _name(request, room),
        "signed_in": user is not None or given_identity(request, room) is not None,
        "owner": user is not None and user.pk == room.owner_id,
        "entitled": _is_entitled(request, room),
        "guests_allowed": room.guests_allowed,
        "dials_out": dials_out(room),
        "ice_servers": [],
    }
    return render(
        request,
        "conferences/conference.html",
        {"room": room, "page": page, "billing_code": _billing_code(request, room)},
    )


def _brand(request: HttpRequest, room: Room) -> str:
    """Of the site whose link or ticket brought them."""
    given = given_identity(request, room)
    return given.brand if given else ""


def _is_entitled(request: HttpRequest, room: Room) -> bool:
    """Whether they come in as a host without a PIN."""
    user, given = account(request), given_identity(request, room)
    identity = given or (identity_of(user) if user else None)
    owns = user is not None and user.pk == room.owner_id
    return owns or (identity is not None and identity.is_host_of(room.slug, room.code))


def _billing_code(request: HttpRequest, room: Room) -> str:
    """What the page proposes that a host says."""
    user, given = account(request), given_identity(request, room)
    if given is not None:
        return given.billing_code
    return user.billing_code if user else ""


def _name(request: HttpRequest, room: Room) -> str:
    """What the page proposes to call them."""
    user, given = account(request), given_identity(request, room)
    if given is not None and given.display_name:
        return given.display_name
    return user.get_full_name() if user else ""


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
        return refusal(next(reason for field, reason in _WRONG.items() if field in form.errors))
    try:
        room = linked_room(slug)
        taken = services.seat_take(
            room=room,
            name=form.cleaned_data["name"],
            pin=form.cleaned_data["pin"],
            account=account(request),
            caller=caller_of(request),
            now=now(),
            given=given_identity(request, room),
            billing_code=form.cleaned_data["billing_code"],
        )
    except Refused as refused:
        return refusal(refused.reason)
    token = seat_sign(taken, settings.SECRET_KEY.encode())
    return JsonResponse({"seat": token, "participant": taken.participant, "entitled": taken.entitled})
