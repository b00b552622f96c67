"""The pages: home, a room's settings, and the one page in which a conference happens."""

import contextlib
import json
import tempfile
from typing import IO
from urllib.parse import unquote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from auth_gateway.models import User
from auth_gateway.seats import Seat, SeatRefused, seat_read, seat_sign
from conferences import documents, services, tasks
from conferences.clock import now
from conferences.commander import conference_command, conference_end
from conferences.conversion.formats import CONTENT_TYPES, Format, office
from conferences.core.rules import Reason, Refused
from conferences.core.slides import OfferDocument
from conferences.forms import RoomForm, SeatForm
from conferences.models import Document, Room
from conferences.selectors import access_room_of_link, access_rooms, conferences_running

SOCKET_PATH = "/ws/"


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    user = _account(request)
    return render(request, "conferences/home.html", {"rooms": access_rooms(user) if user else []})


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """For pages that do not name an icon, like the administration."""
    return redirect(static("conferences/logo.svg"))


@require_POST
@login_required
def meet_now(request: HttpRequest) -> HttpResponseBase:
    return redirect(services.room_for_meeting_now(owner=_subscriber(request)))


@require_POST
def find(request: HttpRequest) -> HttpResponseBase:
    """To the room of an access code."""
    code = request.POST.get("code", "")[:40]
    found = services.room_find(code=code, caller=_caller(request), now=now())
    if found is None:
        messages.error(request, _("There is no room with this code. Please check the number."))
        return redirect("conferences:home")
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def room_new(request: HttpRequest) -> HttpResponseBase:
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        room, pin = services.room_create(owner=_subscriber(request), wishes=form.cleaned_data)
        _tell_pin(request, pin)
        return redirect("conferences:room_settings", room.slug)
    return render(request, "conferences/room_form.html", {"form": form, "room": None})


@login_required
@require_http_methods(["GET", "POST"])
def room_settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    room = _own_room(request, slug)
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next conference on."))
        return redirect("conferences:room_settings", slug)
    return render(request, "conferences/room_form.html", {"form": form, "room": room})


@login_required
@require_POST
def room_pin(request: HttpRequest, slug: str) -> HttpResponseBase:
    _tell_pin(request, services.room_pin_renew(room=_own_room(request, slug)))
    return redirect("conferences:room_settings", slug)


@login_required
@require_POST
def room_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    room = _own_room(request, slug)
    for conference in conferences_running().filter(room=room):
        with contextlib.suppress(Refused):  # it has just ended by itself
            conference_end(conference=conference.pk)
    services.room_delete(room=room)
    messages.success(request, _("The room is deleted."))
    return redirect("conferences:home")


@require_safe
@never_cache
@ensure_csrf_cookie
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in which people join, wait, meet and part."""
    room, user = _linked_room(slug), _account(request)
    page = {
        "slug": room.slug,
        "seat_url": reverse("conferences:seat", args=[room.slug]),
        "documents_url": reverse("conferences:document_upload", args=[room.slug]),
        "office": office() is not None,
        "upload_max_bytes": settings.UPLOAD_MAX_BYTES,
        "socket_path": SOCKET_PATH,
        "name": user.get_full_name() if user else "",
        "signed_in": user is not None,
        "owner": user is not None and user.pk == room.owner_id,
        "guests_allowed": room.guests_allowed,
        "ice_servers": [],
    }
    return render(request, "conferences/conference.html", {"room": room, "page": page})


@require_POST
def seat(request: HttpRequest, slug: str) -> JsonResponse:
    """A seat for whoever asks, or why not; JSON both ways."""
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        return _refusal(Reason.MALFORMED)
    if not isinstance(asked, dict):
        return _refusal(Reason.MALFORMED)
    form = SeatForm(asked)
    if not form.is_valid():
        return _refusal(Reason.NAME_NEEDED if "name" in form.errors else Reason.PIN_WRONG)
    try:
        taken = services.seat_take(
            room=_linked_room(slug),
            name=form.cleaned_data["name"],
            pin=form.cleaned_data["pin"],
            account=_account(request),
            caller=_caller(request),
            now=now(),
        )
    except Refused as refused:
        return _refusal(refused.reason)
    token = seat_sign(taken, settings.SECRET_KEY.encode())
    return JsonResponse({"seat": token, "participant": taken.participant, "entitled": taken.entitled})


# Documents


@require_POST
def document_upload(request: HttpRequest, slug: str) -> JsonResponse:
    """The body is the file. Who sends it says the seat in `X-Seat`, to which conference `X-Conference`; what
    it is called, percent-encoded, `X-Document-Name`. The conference decides whether they may."""
    try:
        seat = _seat_of(request, _linked_room(slug))
        conference = services.conference_current(
            seat.room, wanted=request.headers.get("X-Conference", "")[:22], now=now()
        )
        with tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as file:
            _read_body(request, file)
            return JsonResponse({"document": _document_offered(request, conference, seat, file)})
    except Refused as refused:
        return _refusal(refused.reason)


def _seat_of(request: HttpRequest, room: Room) -> Seat:
    try:
        seat = seat_read(request.headers.get("X-Seat", ""), settings.SECRET_KEY.encode(), now())
    except SeatRefused:
        raise Refused(Reason.SEAT_INVALID) from None
    if seat.room != room.pk:
        raise Refused(Reason.SEAT_INVALID)
    return seat


def _read_body(request: HttpRequest, file: IO[bytes]) -> None:
    """Refused when it is too large, or was cut on its way."""
    while chunk := request.read(64 * 1024):
        file.write(chunk)
        if file.tell() > settings.UPLOAD_MAX_BYTES:
            raise Refused(Reason.TOO_LARGE)
    if str(file.tell()) != request.headers.get("Content-Length", str(file.tell())):
        raise Refused(Reason.MALFORMED)


def _document_offered(request: HttpRequest, conference: str, seat: Seat, file: IO[bytes]) -> str:
    name = unquote(request.headers.get("X-Document-Name", "")[:1000])
    format, document = documents.document_format(file), documents.document_id()
    original = reverse("conferences:document_original", args=[document, documents.document_key(document)])
    offer = OfferDocument(document=document, name=name, url=original.removesuffix("original"))
    conference_command(conference=conference, command=offer, by=seat.participant)
    documents.document_keep(
        document=document, conference=conference, name=name, format=format, file=file, now=now()
    )
    transaction.on_commit(lambda: tasks.convert_document.delay(document))
    return document


@require_safe
def document_page(request: HttpRequest, document: str, key: str, page: int, size: str = "") -> HttpResponse:
    return _document_file(document, key, f"{page}{size}.webp", "image/webp")


@require_safe
def document_text(request: HttpRequest, document: str, key: str) -> HttpResponse:
    return _document_file(document, key, "text.json", "application/json")


@require_safe
def document_original(request: HttpRequest, document: str, key: str) -> HttpResponse:
    row = Document.objects.filter(pk=document, released=True).first()
    if row is None:
        raise Http404
    response = _document_file(document, key, "original", CONTENT_TYPES[Format(row.format)])
    disposition = content_disposition_header(as_attachment=True, filename=row.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _document_file(document: str, key: str, name: str, content_type: str) -> HttpResponse:
    """Whoever has the key may have it; it can do nothing in a browser but be shown."""
    if not constant_time_compare(key, documents.document_key(document)):
        raise Http404
    try:
        with default_storage.open(f"{documents.FOLDER}/{document}/{name}") as file:
            response = HttpResponse(file.read(), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def _refusal(reason: Reason) -> JsonResponse:
    return JsonResponse({"refused": reason}, status=403)


def _account(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _subscriber(request: HttpRequest) -> User:
    """Behind `login_required`."""
    user = _account(request)
    if user is None:
        raise Http404
    return user


def _own_room(request: HttpRequest, slug: str) -> Room:
    return get_object_or_404(access_rooms(_subscriber(request)), slug=slug)


def _linked_room(slug: str) -> Room:
    room = access_room_of_link(slug)
    if room is None:
        raise Http404
    return room


def _caller(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _tell_pin(request: HttpRequest, pin: str) -> None:
    text = _("The host PIN is %(pin)s. Write it down: it is not shown again.")
    messages.success(request, text % {"pin": pin}, extra_tags="pin")
