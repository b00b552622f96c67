"""The pages: home, a room's settings, and the one page in which a conference happens."""

import contextlib
import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from auth_gateway.models import User
from auth_gateway.seats import seat_sign
from conferences import services
from conferences.clock import now
from conferences.commander import conference_end
from conferences.core.rules import Reason, Refused
from conferences.forms import RoomForm, SeatForm
from conferences.models import Room
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
