"""Home, and a room's settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from auth_gateway.callers import caller_of
from conferences import services
from conferences.clock import now
from conferences.core.rules import Reason, Refused
from conferences.forms import RoomForm
from conferences.removal import room_remove
from conferences.selectors import access_rooms
from conferences.views.asking import account, caller, own_room, subscriber


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    user = account(request)
    return render(request, "conferences/home.html", {"rooms": access_rooms(user) if user else []})


@require_POST
@login_required
def meet_now(request: HttpRequest) -> HttpResponseBase:
    owner = subscriber(request)
    if not owner.rooms.exists() and not _may_create(request):
        return redirect("conferences:home")
    return redirect(services.room_for_meeting_now(owner=owner))


def _may_create(request: HttpRequest) -> bool:
    """Tells the person why, if not."""
    try:
        services.room_creation_check(owner=subscriber(request), caller=caller_of(request))
    except Refused as refused:
        unavailable = _("The sign-in service is unavailable just now. Please try again in a moment.")
        not_allowed = _("You may not open rooms of your own. Ask the people who run your sign-in.")
        wrong = refused.reason is Reason.SIGN_IN_UNAVAILABLE
        messages.error(request, unavailable if wrong else not_allowed)
        return False
    return True


@require_POST
def find(request: HttpRequest) -> HttpResponseBase:
    """To the room of an access code."""
    code = request.POST.get("code", "")[:40]
    found = services.room_find(code=code, caller=caller(request), now=now())
    if found is None:
        messages.error(request, _("There is no room with this code. Please check the number."))
        return redirect("conferences:home")
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def room_new(request: HttpRequest) -> HttpResponseBase:
    form = RoomForm(request.POST or None, owner=subscriber(request))
    if request.method == "POST" and form.is_valid() and _may_create(request):
        room, pin = services.room_create(owner=subscriber(request), wishes=form.cleaned_data)
        _tell_pin(request, pin)
        return redirect("conferences:room_settings", room.slug)
    return render(request, "conferences/room_form.html", {"form": form, "room": None})


@login_required
@require_http_methods(["GET", "POST"])
def room_settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    room = own_room(request, slug)
    form = RoomForm(request.POST or None, instance=room, owner=subscriber(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next conference on."))
        return redirect("conferences:room_settings", slug)
    return render(request, "conferences/room_form.html", {"form": form, "room": room})


@login_required
@require_POST
def room_pin(request: HttpRequest, slug: str) -> HttpResponseBase:
    _tell_pin(request, services.room_pin_renew(room=own_room(request, slug)))
    return redirect("conferences:room_settings", slug)


@login_required
@require_POST
def room_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    room_remove(room=own_room(request, slug))
    messages.success(request, _("The room is deleted."))
    return redirect("conferences:home")


def _tell_pin(request: HttpRequest, pin: str) -> None:
    text = _("The host PIN is %(pin)s. Write it down: it is not shown again.")
    messages.success(request, text % {"pin": pin}, extra_tags="pin")
